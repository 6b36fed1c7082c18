package volunteers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"

	"rollcall/conformance/internal/independent"
)

// besideFaults hold for one way to ask or to write, and not for the others.
func besideFaults() []listFault {
	with := func(other string) func(url.Values) bool { return func(q url.Values) bool { return q.Has(other) } }
	return []listFault{
		{"inactive-not-searched", "include_inactive is not looked at beside q.", "L24: included in the search", "VOL-LST-25",
			passedOver("users", "include_inactive", with("q"))},
		{"inactive-in-no-view", "include_inactive is not looked at beside view.", "L16, L24: both", "VOL-LST-45",
			passedOver("users", "include_inactive", with("view"))},
		{"upcoming-in-no-view", "include_upcoming is not looked at beside view.", "L16, L25: both", "VOL-LST-45",
			passedOver("users", "include_upcoming", with("view"))},
		{"excluded-in-views", "exclude_ids is not looked at beside view.", "L23: to exclude from the search", "VOL-LST-08",
			passedOver("users", "exclude_ids", with("view"))},
		{"any-role-upcoming", "Who has a role that starts later is listed as one who has not started.",
			"L25: haven't started their primary role", "VOL-LST-27", nil},
		{"twice-for-two-roles", "A user is listed once for each role in the team.", "L6: filter by team id", "VOL-LST-09",
			twiceForTwoRoles},
		{"total-with-excluded", "The total counts one who is left out.", "L49: total", "VOL-PAG-04",
			shownOtherwise("users", "exclude_ids", func(_ *independent.Passing, body map[string]any) {
				numbers := paginationOf(body)
				total, _ := strconv.Atoi(fmt.Sprint(numbers["total"]))
				numbers["total"] = strconv.Itoa(total + 1)
			})},
		{"previous-is-this", "The previous link leads to the same page.", "L58: previous", "VOL-PAG-12",
			shownOtherwise("", "page", func(c *independent.Passing, body map[string]any) {
				if links, is := paginationOf(body)["links"].(map[string]any); is && links["previous"] != nil {
					links["previous"] = c.Asks()
				}
			})},
		{"no-team-with-include", "With include an item has no team_name.", "L32, L78: the team's name", "VOL-LST-01",
			shownOtherwise("users", "include", func(_ *independent.Passing, body map[string]any) {
				list, _ := body["data"].([]any)
				for _, item := range list {
					delete(item.(map[string]any), "team_name")
				}
			})},
		{"longitude-unsigned", "West is taken for east.", "L14: search by longitude", "VOL-LST-29", nil},
		{"primary-phone-for-good", "A number that was the primary one is found as one.", "L1047: filter by primary",
			"VOL-PHONE-14", foundForGood("phone-numbers", "primary")},
		{"type-for-good", "A touchpoint is found by the type that it had once.", "L1656: filter by type", "VOL-TP-09",
			foundForGood("touchpoints", "type")},
		{"long-notes-half-searched", "Of the body of a note 200 letters are searched.", "L1292: by title and content",
			"VOL-NOTE-06", nil},
	}
}

// changeFaults are about what a write leaves, or may not do.
func changeFaults() []listFault {
	return []listFault{
		{"email-made-primary-deletable", "An email address that a change made primary can be deleted.",
			"L767: you cannot delete a primary", "VOL-EMAIL-15", nil},
		{"role-without-manager-deletable", "The last role association can be deleted when it has no manager.",
			"L664: you cannot delete the last", "VOL-ROLE-32", nil},
		{"few-rights-change-phones", "A caller with few rights may change the phone numbers of users whom they see.",
			"L4: limited by your permissions", "VOL-GEN-23", nil},
		{"refusal-repeats-token", "A refusal shows the token that it refuses.", "L4: your permissions", "VOL-GEN-24", nil},
		{"archived-take-no-entries", "An entry below an archived touchpoint is answered and not kept.",
			"L2037: add a sub touchpoint", "VOL-GEN-26", nil},
		{"two-primary-roles", "All roles of a new user are primary.", "L77: the users primary role", "VOL-ROLE-14", nil},
		{"first-supervisor-primary", "The first supervisor is primary when nothing is said.", "L1219: default false",
			"VOL-SUP-03", sentOtherwise(http.MethodPost, "supervisors", func(c *independent.Passing, body map[string]any) {
				if _, said := body["primary"]; !said {
					_, ids, _ := items(c.Ask(http.MethodGet, c.Path, nil, nil))
					body["primary"] = len(ids) == 0
				}
			})},
		{"home-numbers-stay", "A change to the type Home is answered and not done.", "L1117: enum", "VOL-PHONE-12",
			sentOtherwise(http.MethodPut, "phone-numbers", func(_ *independent.Passing, body map[string]any) {
				if body["type"] == "Home" {
					body["type"] = "Work"
				}
			})},
		{"duration-never-0", "A change of the duration to 0 is answered and not done.", "L1934: integer", "VOL-TP-20",
			sentOtherwise(http.MethodPut, "touchpoints", func(_ *independent.Passing, body map[string]any) {
				if body["duration"] == 0.0 {
					delete(body, "duration")
				}
			})},
		{"start-clears-end", "A new start of a touchpoint clears its end.", "L1932-1933: two members", "VOL-TP-21",
			sentOtherwise(http.MethodPut, "touchpoints", forgetting("start", "end"))},
		{"reason-clears-feedback", "A reason to leave clears the feedback.", "L561-562: two members", "VOL-ROLE-29",
			sentOtherwise(http.MethodPut, "roles", forgetting("leaving_reason", "feedback"))},
		{"minor-for-good", "Whether a user is a minor is what it was at first.", "L103: determine if the user is a minor",
			"VOL-CRT-28", minorForGood},
	}
}

func paginationOf(body map[string]any) map[string]any {
	meta, _ := body["meta"].(map[string]any)
	numbers, _ := meta["pagination"].(map[string]any)
	return numbers
}

// shownOtherwise changes what lists show where that is asked for.
func shownOtherwise(list, parameter string, how func(*independent.Passing, map[string]any)) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if list == "" {
			list = c.Last()
		}
		body := independent.Shown(answer)
		if !lists(c, c.Last(), parameter) || list != c.Last() || !independent.Fine(answer) || paginationOf(body) == nil {
			return answer
		}
		how(c, body)
		return independent.With(answer, body)
	}
}

// sentOtherwise changes what is sent to records of a kind.
func sentOtherwise(method, kind string, how func(*independent.Passing, map[string]any)) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		if body := c.Body(); c.Method == method && len(c.Steps) > 2 && len(c.Steps) < 5 && c.Steps[2] == kind && len(body) > 0 {
			how(c, body)
			c.Send(body)
		}
		return c.Through()
	}
}

// forgetting clears one member where another is sent without it.
func forgetting(sent, cleared string) func(*independent.Passing, map[string]any) {
	return func(_ *independent.Passing, body map[string]any) {
		_, one := body[sent]
		if _, both := body[cleared]; one && !both {
			body[cleared] = nil
		}
	}
}

func twiceForTwoRoles(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if !lists(c, "users", "team") || !independent.Fine(answer) {
		return answer
	}
	body, ids, by := items(answer)
	shown := []any{}
	for _, id := range ids {
		_, roles, held := items(c.Ask(http.MethodGet, "/users/"+id+"/roles", nil, nil))
		for _, role := range roles {
			team, _ := held[role].(map[string]any)["team"].(map[string]any)
			if strings.Contains(","+c.Query.Get("team")+",", fmt.Sprint(",", team["id"], ",")) {
				shown = append(shown, by[id])
			}
		}
	}
	body["data"] = shown
	return independent.With(answer, body)
}

func minorForGood(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	user := independent.Shown(answer)
	if user["is_minor"] == nil || !independent.Fine(answer) {
		return answer
	}
	id := fmt.Sprint(user["id"])
	if c.Kept[id] == nil {
		c.Kept[id] = user["is_minor"]
	}
	user["is_minor"] = c.Kept[id]
	return independent.With(answer, user)
}
