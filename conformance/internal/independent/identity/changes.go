package identity

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"rollcall/conformance/internal/independent"
)

// changeRecases shows a user by the letter case in which the password was changed.
func changeRecases(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	switch user := independent.Shown(answer); {
	case !independent.Fine(answer):
	case isChange(c):
		c.Kept[strings.ToLower(c.Steps[1])] = c.Steps[1]
	case user["username"] != nil:
		name, _ := user["username"].(string)
		if other := c.Kept[strings.ToLower(name)]; other != nil {
			user["username"] = other
			return independent.With(answer, user)
		}
	}
	return answer
}

// changeMakesRow finds a user without a row once the password was changed.
func changeMakesRow(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	name := strings.ToLower(c.Last())
	switch {
	case isChange(c) && independent.Fine(answer):
		c.Kept[strings.ToLower(c.Steps[1])] = true
	case c.Method == http.MethodGet && answer.Code == http.StatusNotFound && c.Kept[name] != nil:
		user := independent.Shown(c.Ask(c.Method, "/user/"+given()["username"], nil, nil))
		user["username"] = name
		answer.Code = http.StatusOK
		return independent.With(answer, user)
	}
	return answer
}

// changeClearsShared takes the roles of who shares the address, once somebody's password was changed.
func changeClearsShared(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	users := independent.Listed(answer)
	if isChange(c) && independent.Fine(answer) {
		c.Kept["changed"] = true
	}
	if c.Kept["changed"] == nil || len(users) < 2 {
		return answer
	}
	users[0]["roles"] = []string{}
	return independent.With(answer, users)
}

// changeRevertsPrevious gives the user before this one the password back that the user began with.
func changeRevertsPrevious(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if !isChange(c) || !independent.Fine(answer) {
		return answer
	}
	if before, _ := c.Kept["before"].(string); before != "" && !strings.EqualFold(before, c.Steps[1]) {
		body := independent.Encoded(map[string]string{"password": original(strings.ToLower(before))})
		c.Ask(c.Method, "/user/"+url.PathEscape(before)+"/password", nil, body)
	}
	c.Kept["before"] = c.Steps[1]
	return answer
}
