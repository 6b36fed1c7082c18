package probation

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// habit is one way to differ. Where a few words of data can say it, they stand in the row;
// the rest asks server.has at the place that it is about.
type habit struct {
	name, says, open string
	misses           string // ids of recommendations, parted by blanks

	edits    []edit
	routes   []route // operations beyond the documents
	personas map[string]independent.Persona
	order    string // of the checks
	statuses map[int]int
	media    string
	mediaOp  string // the only operation that the media type is for, "" for all
	header   map[string]string
	reorder  func(object) object
	respell  func([]byte) []byte
	failure  func(*server, answer) (string, []byte)
	stamp    func(*server, *http.Request, *rendered)
}

func habits() []habit {
	return slices.Concat(failureHabits(), checkHabits(), inputHabits(), spellingHabits(), memberHabits(),
		orderHabits(), ruleHabits(), roleHabits(), wireHabits(), dataHabits(), nearHabits(), doorHabits())
}

// rivals are habits of which a server can have one at a time.
func rivals() [][]string {
	return [][]string{
		{"failures-as-problem", "failures-as-plain-text", "failures-as-html", "failures-nested", "failures-in-a-list",
			"failures-empty"},
		{"failures-empty", "refusals-with-body"},
		{"failures-empty", "plain-wording"},
		{"authority-before-input", "place-before-token", "input-before-token"},
		{"media-with-charset", "media-upper-case", "vendor-media-type"},
		{"id-not-a-number-404", "decimal-404"},
		{"refusals-without-challenge", "challenge-at-length"},
		{"failures-empty", "challenge-at-length"},
		{"asks-no-token", "challenge-at-length"},
		{"every-tenth-case-known", "case-number-form-checked", "codes-ignore-case"},
		{"heads-alike", "three-heads"},
		{"docs-in-yaml", "docs-in-a-string", "docs-of-a-later-version", "docs-media-type"},
		{"docs-in-a-string", "docs-of-a-later-version"},
		{"names-by-alphabet", "names-backwards"},
		{"nulls-sent", "empty-texts-sent"},
		{"days-with-zulu-time", "days-with-offset-time"},
		{"pages-when-asked", "unknown-query-refused"},
		{"team-caseload-by-number", "undated-cases-last"},
		{"repeats-answer-repeats", "managers-once"},
		{"closed-providers-answer", "providers-close-at-the-end-of-the-day"},
		{"ended-offices-shown", "offices-ending-today-shown"},
		{"not-cached", "cached-for-a-minute"},
		{"asks-no-token", "bad-token-403"},
		{"asks-no-token", "token-in-a-cookie"},
		{"codes-in-small-letters", "codes-ignore-case"},
		{"codes-in-small-letters", "case-number-form-checked"},
		{"beginnings-are-cases", "case-number-form-checked"},
		{"links-as-asked", "unknown-query-refused"},
		{"asks-no-token", "hidden-not-refused"},
		{"asks-no-token", "docs-ask-for-a-token"},
		{"asks-no-token", "refusals-with-body"},
		{"asks-no-token", "refusals-without-challenge"},
		{"asks-no-token", "absence-before-authority"},
		{"asks-no-token", "authority-before-input", "place-before-token", "input-before-token"},
		{"blank-offices-shown", "phone-makes-an-address"},
		{"case-number-form-checked", "codes-ignore-case"},
		{"case-number-form-checked", "trims-path-values"},
	}
}

func excludes(name string) []string {
	var out []string
	for _, group := range rivals() {
		if !slices.Contains(group, name) {
			continue
		}
		for _, other := range group {
			if other != name && !slices.Contains(out, other) {
				out = append(out, other)
			}
		}
	}
	return out
}

func habitTable() []independent.Habit {
	var out []independent.Habit
	for _, h := range habits() {
		out = append(out, independent.Habit{Name: h.name, Says: h.says, Open: h.open,
			Misses: strings.Fields(h.misses), Excludes: excludes(h.name), Personas: h.personas})
	}
	return out
}

const (
	silent     = "The seed lists 200 only and is silent on "
	staffOps   = "findStaff findStaff_1 findStaffByCode"
	caseOps    = "getManagedOffendersByTeam getManagedOffenders getManagedOffenders_1"
	managerOp  = "findCommunityManager"
	headsOp    = "findPDUHead"
	emailsOp   = "findCommunityManagerEmails"
	staffNames = "findStaffForUsernames"
)
