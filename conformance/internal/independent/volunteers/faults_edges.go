package volunteers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"rollcall/conformance/internal/independent"
)

// edgeFaults make something else of a value that careless code does not foresee.
func edgeFaults() []listFault {
	return []listFault{
		{"zero-is-no-latitude", "lat is not looked at where it is 0.", "L13-15: search by latitude", "VOL-LST-29",
			passedOver("users", "lat", func(q url.Values) bool { return strings.Trim(q.Get("lat"), "0.") == "" })},
		{"first-role-only", "team and manager regard the role that a user had first.", "L6, L9: filter by team id",
			"VOL-LST-09 VOL-LST-10", nil},
		{"two-roles-at-first", "Of the role profiles of a new user two are kept.", "L112-122: array of objects", "VOL-CRT-19",
			twoAtMost("roleProfiles")},
		{"names-taken-once", "A user whose name another has is refused.", "L62-66: what is required", "VOL-CRT-01",
			namesTakenOnce},
		{"supervise-each-other", "Who supervises a user is supervised by them.", "L1181: supervisors of a user", "VOL-SUP-20",
			superviseEachOther},
		{"listed-author-is-owner", "In the list, a note was written by the user whom it is about.",
			"L1290: as the note itself shows it", "VOL-NOTE-11", listedWith("notes", "created_by", "user")},
		{"listed-visit-is-of-caller", "In the list, a touchpoint is one of who made it.", "L1653: touchpoints of the user",
			"VOL-TP-23", listedWith("touchpoints", "user", "created_by")},
		{"types-in-any-letters", "A type in other letters is taken, and kept so.", "L814, L1077: enum",
			"VOL-ADDR-10 VOL-PHONE-08", nil},
		{"made-without-phones", "A new user that is refused for a telephone number is made without any.",
			"L148: 422", "VOL-GEN-16", madeWithoutPhones},
		{"ids-with-more", "Of an id the digits that it begins with count.", "L174: a specific user; 404 of each operation",
			"VOL-GEN-13", nil},
	}
}

// namesTakenOnce refuses who has the name of another.
func namesTakenOnce(c *independent.Passing) *httptest.ResponseRecorder {
	sent := c.Body()
	if c.Method != http.MethodPost || len(c.Steps) != 1 || sent["last_name"] == nil {
		return c.Through()
	}
	name := fmt.Sprint(sent["first_name"], " ", sent["last_name"])
	if c.Kept[name] != nil {
		c.Send(map[string]any{})
	}
	answer := c.Through()
	if independent.Fine(answer) {
		c.Kept[name] = true
	}
	return answer
}

func superviseEachOther(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if other, is := c.Body()["user"].(map[string]any); is && c.Method == http.MethodPost && c.Last() == "supervisors" &&
		independent.Fine(answer) {
		c.Ask(http.MethodPost, fmt.Sprint("/users/", other["id"], "/supervisors"), nil,
			independent.Encoded(map[string]any{"user": map[string]any{"id": number(c.Steps[1])}}))
	}
	return answer
}

// listedWith shows in the items of a list one person for another.
func listedWith(list, member, other string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if c.Method != http.MethodGet || c.Last() != list || !independent.Fine(answer) {
			return answer
		}
		body, _, by := items(answer)
		for _, item := range by {
			if one, is := item.(map[string]any); is {
				one[member] = one[other]
			}
		}
		return independent.With(answer, body)
	}
}

// madeWithoutPhones makes a user who is refused, without what is wrong about them.
func madeWithoutPhones(c *independent.Passing) *httptest.ResponseRecorder {
	answer, sent := c.Through(), c.Body()
	if c.Method == http.MethodPost && len(c.Steps) == 1 && !independent.Fine(answer) && sent["phoneNumbers"] != nil {
		delete(sent, "phoneNumbers")
		c.Ask(http.MethodPost, c.Path, nil, independent.Encoded(sent))
	}
	return answer
}
