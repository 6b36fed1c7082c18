package tenants

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"rollcall/conformance/internal/independent"
)

// betweenFaults are about what a call leaves behind for the next one, and about searches by what
// a user has elsewhere.
func betweenFaults() []independent.Fault {
	const search = "L4 Get specific user by id and/or reference number and/or email address"
	return []independent.Fault{
		broken("searches-shared", "What a token was shown is shown to tokens without rights, too.",
			"L18 | 403 | Permission denied", "TEN-GEN-03"),
		broken("searches-shared-with-strangers", "What a token was shown is shown to callers without one, too.",
			"L17 | 401 | Unauthorised", "TEN-GEN-01"),
		broken("misses-kept", "A search that found nobody finds nobody for good.", search, "TEN-SRCH-02", "TEN-SRCH-03"),
		broken("email-followed-once", "A user is found by the first and the second email, by no third.", search, "TEN-UPD-11"),
		broken("refnum-or-id", "An id is taken for a reference number.", search, "TEN-SRCH-05"),
		broken("email-of-manager", "The email of a user's manager finds the user.", search, "TEN-SRCH-05"),
		broken("ids-used-again", "A new user has the id of one who was deactivated.", "L66 Creates a new user.", "TEN-CRT-02"),
	}
}

func between() map[string]independent.Between {
	return map[string]independent.Between{
		"searches-shared":                independent.SharedWith(http.StatusForbidden),
		"searches-shared-with-strangers": independent.SharedWith(http.StatusUnauthorized),
		"misses-kept": independent.MissesKept(func(a *httptest.ResponseRecorder) bool {
			return a.Code == http.StatusNotFound
		}),
		"email-followed-once": followedOnce,
		"refnum-or-id": insteadOfMiss("refNum", func(c *independent.Passing, value string) string {
			return value
		}),
		"email-of-manager": insteadOfMiss("email", func(c *independent.Passing, value string) string {
			id, _ := c.Kept["managerEmail "+value].(string)
			return id
		}),
		"ids-used-again": usedAgain,
	}
}

func isSearch(c *independent.Passing) bool { return c.Method == http.MethodGet && c.Last() == "search" }

// isWrite says whether a call makes or changes a user.
func isWrite(c *independent.Passing) bool {
	return c.Method == http.MethodPut || c.Method == http.MethodPost && c.Last() == "users"
}

// insteadOfMiss answers a search by one criterion that finds nobody with the user of the id that
// the value stands for, "" for none.
func insteadOfMiss(criterion string, id func(c *independent.Passing, value string) string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if user := independent.Shown(answer); isWrite(c) && independent.Fine(answer) {
			c.Kept[fmt.Sprint("managerEmail ", user["managerEmail"])] = fmt.Sprint(user["id"])
		}
		value := c.Query.Get(criterion)
		if !isSearch(c) || answer.Code != http.StatusNotFound || len(c.Query) > 1 || value == "" || id(c, value) == "" {
			return answer
		}
		if found := c.Ask(c.Method, c.Path, url.Values{"userId": {id(c, value)}}, nil); independent.Fine(found) {
			return found
		}
		return answer
	}
}

func followedOnce(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	user := independent.Shown(answer)
	id := fmt.Sprint(user["id"])
	emails, _ := c.Kept[id].([]string)
	email, _ := user["email"].(string)
	switch {
	case !independent.Fine(answer):
	case isWrite(c) && !strings.Contains(strings.Join(emails, " "), email):
		c.Kept[id] = append(emails, email)
	case isSearch(c) && c.Query.Get("email") != "" && !c.Query.Has("userId") && len(emails) > 2 && emails[2] == email:
		return independent.Plain(http.StatusNotFound)
	}
	return answer
}

func usedAgain(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	switch {
	case !independent.Fine(answer):
	case c.Method == http.MethodDelete:
		c.Kept["free"] = c.Last()
	case c.Method == http.MethodPost && c.Kept["free"] != nil:
		user := independent.Shown(answer)
		user["id"] = json.Number(c.Kept["free"].(string))
		delete(c.Kept, "free")
		return independent.With(answer, user)
	}
	return answer
}
