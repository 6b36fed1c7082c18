package volunteers

import (
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
)

// The statuses of users.
const (
	active    = "1"
	inactive  = "2"
	applicant = "3"
)

// facts are what lists ask of a user, read once when the user is stored.
type facts struct {
	key    string // order by display name, then id
	search string // what q looks into, in small letters, a line each
	short  int    // where the short form ends in the document
	due    string // the day on which something computed changes
	status string

	volunteer, other  bool
	onCall, upcoming  bool
	minor, hasEmail   bool
	onCallEnd, dob    string
	login, firstStart string

	teams, profiles, managers []string
	supervisors, skills       []string
	points                    []query.Point
}

func factsOf(r *store.Record) *facts {
	if f, ok := r.Facts().(*facts); ok {
		return f
	}
	return &facts{}
}

// readFacts reads a user's document and its private keys.
func readFacts(r *store.Record) any {
	f := &facts{}
	var name string
	gjson.Parse(r.Text()).ForEach(func(k, v gjson.Result) bool {
		switch k.Str {
		case "display_name":
			name = v.String()
		case "status":
			f.status = text(v.Get("id"))
			f.short = v.Index + len(v.Raw)
		case "is_volunteer":
			f.volunteer = v.Bool()
		case "is_non_volunteer":
			f.other = v.Bool()
		case "is_minor":
			f.minor = v.Bool()
		case "on_call":
			f.onCall = v.Bool()
		case "on_call_end":
			f.onCallEnd = text(v)
		case "dob":
			f.dob = text(v)
		}
		return true
	})
	lower := strings.ToLower(name)
	f.key = store.Key(lower, padded(r.ID))
	f.search = lower + "\n"
	f.private(r)
	return f
}

// padded writes an id with zeros before it, so that texts are in the order of numbers.
func padded(id string) string {
	const zeros = "000000000000"
	return zeros[min(len(id), len(zeros)):] + id
}

// private reads what is kept beside the document.
func (f *facts) private(r *store.Record) {
	gjson.Parse(store.View(r.Private())).ForEach(func(k, v gjson.Result) bool {
		switch k.Str {
		case "login":
			f.login = text(v)
		case "keys":
			v.ForEach(f.read)
		}
		return true
	})
}

func (f *facts) read(k, v gjson.Result) bool {
	switch k.Str {
	case "due":
		f.due = text(v)
	case "first":
		f.firstStart = text(v)
	case "upcoming":
		f.upcoming = v.Bool()
	case "emails", "unique":
		words := []byte(f.search)
		v.ForEach(func(_, e gjson.Result) bool {
			words = append(append(words, strings.ToLower(e.String())...), '\n')
			return true
		})
		f.search = string(words)
		f.hasEmail = f.hasEmail || k.Str == "emails" && v.Get("#").Int() > 0
	case "teams":
		f.teams = texts(v)
	case "profiles":
		f.profiles = texts(v)
	case "managers":
		f.managers = texts(v)
	case "supervisors":
		f.supervisors = texts(v)
	case "skills":
		f.skills = texts(v)
	case "points":
		v.ForEach(func(_, p gjson.Result) bool {
			f.points = append(f.points, query.Point{Lat: p.Get("0").Float(), Long: p.Get("1").Float()})
			return true
		})
	}
	return true
}

func texts(list gjson.Result) (all []string) {
	list.ForEach(func(_, v gjson.Result) bool { all = append(all, text(v)); return true })
	return all
}

// text gives a value as a text of its own: a part of the document would keep all
// of it in memory.
func text(v gjson.Result) string { return strings.Clone(v.String()) }

// ordinary tells whether a user is listed without being asked for: neither
// inactive nor upcoming, and no applicant.
func (f *facts) ordinary() bool {
	return f.status != inactive && f.status != applicant && !f.upcoming && (f.volunteer || f.other)
}

func listedKey(r *store.Record) string {
	if f := factsOf(r); f.ordinary() {
		return f.key
	}
	return ""
}

func dueOf(r *store.Record) string { return factsOf(r).due }
