package volunteers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// disagreeing are faults of filters that hold beside another one, or for some values alone.
func disagreeing() []listFault {
	asked := func(filter string, as func(q url.Values)) independent.Between { return rewritten("users", filter, as) }
	return []listFault{
		{"userlist-or-search", "userlist is not looked at beside q.", "L5, L8: filter by both", "VOL-LST-43",
			passedOver("users", "userlist", func(q url.Values) bool { return q.Has("q") })},
		{"upcoming-beside-team", "Beside team, who is yet to start is listed too.", "L25: default false", "VOL-LST-45",
			asked("team", func(q url.Values) { q.Set("include_upcoming", "true") })},
		{"distance-of-fifty", "Without distance, it is 50.", "L15: default 20", "VOL-LST-31", asked("lat", func(q url.Values) {
			if q.Get("distance") == "" {
				q.Set("distance", "50")
			}
		})},
		{"plus-is-blank", "A plus sign in a search is read as a blank.", "L5: search by email", "VOL-LST-04",
			asked("q", func(q url.Values) { q.Set("q", strings.ReplaceAll(q.Get("q"), "+", " ")) })},
		{"one-unknown-finds-none", "With one user named that there is not, nobody is found.", "L30: user ids", "VOL-LST-07",
			asked("ids", func(q url.Values) {
				if slices.ContainsFunc(strings.Split(q.Get("ids"), ","), func(id string) bool { return len(id) > 8 }) {
					q.Set("ids", "0")
				}
			})},
		{"two-emails-at-first", "Of the email addresses of a new user two are kept.", "L129-133: array of objects", "VOL-CRT-15",
			twoAtMost("emailAddresses")},
	}
}

// twoAtMost keeps two of the parts of a new user.
func twoAtMost(parts string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		body := c.Body()
		if list, is := body[parts].([]any); is && c.Method == http.MethodPost && len(list) > 2 {
			body[parts] = list[:2]
			c.Send(body)
		}
		return c.Through()
	}
}
