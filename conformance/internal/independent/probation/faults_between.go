package probation

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"rollcall/conformance/internal/independent"
)

// betweenFaults are about what a call leaves behind for the next one, and about two lists of
// which one shows something else.
func betweenFaults() []fault {
	const rights, roles = "Sheet 1.1: one authority per operation", "/users/{username}/roles put, delete: 200"
	const manager = "/probation-case/{crn}/responsible-community-manager get: crn path string true; answers Manager"
	return []fault{
		{Fault: broken("lookups-shared", "What a token was shown is shown to tokens without the authority, too.", rights,
			"PRO-GEN-07")},
		{Fault: broken("lookups-shared-with-strangers", "What a token was shown is shown to callers without one, too.", rights,
			"PRO-GEN-01")},
		{Fault: broken("role-counted", "The role has to be taken as often as it was given.", roles, "PRO-ROLE-13")},
		{Fault: broken("role-owed", "The role has to be given as often as it was taken.", roles, "PRO-ROLE-11")},
		{Fault: broken("allocated-later-by-team", "The caseload of a team shows allocations a day later.",
			"ManagedOffender: allocationDate string false", "PRO-CASE-02 PRO-CASE-10")},
		{Fault: broken("manager-team-of-the-one-before", "A manager is shown in the team of the one that was shown before.",
			manager, "PRO-DOC-findCommunityManager-distinct_records")},
		{Fault: broken("teams-of-the-one-before", "A person by code is shown in the teams of who was shown before.",
			"/staff/bycode/{code} get: code path string true; answers Staff", "PRO-DOC-findStaffByCode-distinct_records")},
	}
}

func between() map[string]independent.Between {
	out := map[string]independent.Between{
		"lookups-shared":                independent.SharedWith(http.StatusForbidden),
		"lookups-shared-with-strangers": independent.SharedWith(http.StatusUnauthorized),
		"role-counted":                  counted(http.MethodPut, http.MethodDelete),
		"role-owed":                     counted(http.MethodDelete, http.MethodPut),
		"allocated-later-by-team":       allocatedLater,
		"manager-team-of-the-one-before": independent.OfTheOneBefore(func(c *independent.Passing) bool {
			return c.Steps[0] == "probation-case"
		}, "team"),
		"first-manager-has-an-email": firstHasEmail,
		"teams-of-the-one-before": independent.OfTheOneBefore(func(c *independent.Passing) bool {
			return strings.HasPrefix(c.Path, "/staff/bycode/")
		}, "teams"),
	}
	for _, f := range leftOutRows() {
		out[f.name] = f.do
	}
	for _, f := range nearRows() {
		out[f.name] = f.do
	}
	return out
}

// counted counts the calls that turn the role one way, so that one the other way is not enough.
func counted(up, down string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if len(c.Steps) != 3 || c.Steps[2] != "roles" || !independent.Fine(answer) {
			return answer
		}
		name := strings.ToLower(c.Steps[1])
		count, _ := c.Kept[name].(int)
		switch c.Method {
		case up:
			c.Kept[name] = count + 1
		case down:
			if count > 1 {
				c.Ask(up, c.Path, nil, nil)
			}
			c.Kept[name] = max(count-1, 0)
		}
		return answer
	}
}

func allocatedLater(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if c.Steps[0] != "team" || !independent.Fine(answer) {
		return answer
	}
	held := independent.Listed(answer)
	for _, one := range held {
		text, _ := one["allocationDate"].(string)
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			one["allocationDate"] = day.AddDate(0, 0, 1).Format(time.DateOnly)
		}
	}
	if held == nil {
		return answer
	}
	return independent.With(answer, held)
}
