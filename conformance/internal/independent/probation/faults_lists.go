package probation

import (
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// listedFault is a fault of a list of some people or some cases, which are not those that a target
// names first.
type listedFault struct {
	name, says, source, breaks string
	do                         independent.Between
}

func leftOutFaults() (out []fault) {
	for _, f := range leftOutRows() {
		out = append(out, fault{Fault: broken(f.name, f.says, f.source, f.breaks)})
	}
	return out
}

const (
	teamPath = "/team/{teamCode}/caseload/managed-offenders get: 200 array ManagedOffender"
	byIDPath = "/staff/byid/{id}/caseload/managed-offenders get: 200 array ManagedOffender"
	posted   = "/staff post: usernames body array string"
)

func leftOutRows() []listedFault {
	ofTeam := func(c *independent.Passing) bool { return c.Steps[0] == "team" }
	ofID := func(c *independent.Passing) bool { return len(c.Steps) == 5 && c.Steps[1] == "byid" }
	ofNames := func(c *independent.Passing) bool { return c.Method == "POST" && c.Path == "/staff" }
	unallocated := func(one map[string]any) bool { return strings.HasSuffix(textAt(one, "staff", "code"), "U") }
	return []listedFault{
		{"unallocated-cases-not-the-teams", "Cases of unallocated staff are in no team's caseload.", teamPath, "PRO-CASE-10",
			leavingOut(ofTeam, unallocated)},
		{"unallocated-cases-not-by-id", "The caseload by id has no cases of unallocated staff.", byIDPath, "PRO-CASE-11",
			leavingOut(ofID, unallocated)},
		{"cases-of-other-providers-not-the-teams", "Cases of staff of another provider are in no team's caseload.", teamPath,
			"PRO-CASE-10", leavingOut(ofTeam, func(one map[string]any) bool {
				return textAt(one, "staff", "provider", "code") != textAt(one, "team", "code")[:3]
			})},
		{"oldest-case-not-the-teams", "The last of three cases or more is not in a team's caseload.", teamPath, "PRO-CASE-10",
			edited(ofTeam, func(all []map[string]any) []map[string]any {
				if len(all) > 2 {
					return all[:len(all)-1]
				}
				return all
			})},
		{"one-forename-not-listed", "Who has one forename is not among listed staff.", posted, "PRO-STAFF-35",
			leavingOut(ofNames, func(one map[string]any) bool { return textAt(one, "name", "middleName") == "" })},
		{"listed-with-those-before", "Usernames that were listed before are listed again.", posted, "PRO-GEN-35",
			withThoseBefore(ofNames)},
		{"cases-with-those-before", "Case numbers that were listed before are listed again.",
			"/probation-case/responsible-community-manager post: 200 array", "PRO-GEN-35",
			withThoseBefore(func(c *independent.Passing) bool {
				return c.Method == "POST" && c.Last() == "responsible-community-manager"
			})},
		{"letter-case-of-the-first-alone", "Letter case of the first of several usernames alone is passed over.",
			posted + "; Sheet 6.21: usernames ignore case", "PRO-STAFF-31", sending(ofNames, func(names, _ []string) []string {
				for i := range names {
					if i > 0 && names[i] != strings.ToLower(names[i]) {
						names[i] = "nobody at all"
					}
				}
				return names
			})},
	}
}

// textAt is a member inside of a record, empty where it is not a text.
func textAt(record map[string]any, path ...string) string {
	for _, name := range path[:len(path)-1] {
		record, _ = record[name].(map[string]any)
	}
	text, _ := record[path[len(path)-1]].(string)
	return text
}

// edited shows another list in the place of some answers.
func edited(which func(*independent.Passing) bool, how func([]map[string]any) []map[string]any) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if !which(c) || !independent.Fine(answer) {
			return answer
		}
		return independent.With(answer, how(independent.Listed(answer)))
	}
}

func leavingOut(which func(*independent.Passing) bool, whom func(map[string]any) bool) independent.Between {
	return edited(which, func(all []map[string]any) []map[string]any { return slices.DeleteFunc(all, whom) })
}

// sending changes the list that is sent, knowing the one that was sent before.
func sending(which func(*independent.Passing) bool, how func(names, before []string) []string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		var names []string
		if which(c) && json.Unmarshal(c.Sent, &names) == nil {
			before, _ := c.Kept["before"].([]string)
			c.Kept["before"] = slices.Clone(names)
			c.Send(how(names, before))
		}
		return c.Through()
	}
}

func withThoseBefore(which func(*independent.Passing) bool) independent.Between {
	return sending(which, func(names, before []string) []string {
		if len(names) > 1 {
			return append(names, before...)
		}
		return names
	})
}
