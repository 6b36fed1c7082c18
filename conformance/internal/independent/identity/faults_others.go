package identity

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// otherRows are faults in what a change of a password does to others, and in what undoes it.
func otherRows() []faultRow {
	return []faultRow{
		{name: "read-undoes-change", says: "A changed password is the first one again once the user was read.", source: changed,
			breaks: "IDN-PWD-03"},
		{name: "change-hits-listed", says: "Who shares an address with others gets each new password too.", source: oneUser,
			breaks: "IDN-DOC-changePassword-untouched_neighbours"},
		{name: "unknown-voids-disabled", says: "A change for nobody takes the password of a disabled user.", source: oneUser,
			breaks: "IDN-PWD-03"},
		{name: "body-names-user", says: "A username in the body of a change counts, not the one in the path.", source: oneUser,
			breaks: "IDN-PWD-03"},
		{name: "change-strips-disabled", says: "A disabled user has no roles once the password was changed.", source: oneUser,
			breaks: "IDN-PWD-30"},
	}
}

func otherFaults() map[string]independent.Between {
	return map[string]independent.Between{
		"read-undoes-change": readUndoesChange, "change-hits-listed": changeHitsListed,
		"unknown-voids-disabled": unknownVoidsDisabled, "body-names-user": bodyNamesUser,
		"change-strips-disabled": changeStripsDisabled,
	}
}

// give changes the password of a user behind the caller's back.
func give(c *independent.Passing, username, password string) {
	c.Ask(http.MethodPost, "/user/"+url.PathEscape(username)+"/password", nil,
		independent.Encoded(map[string]string{"password": password}))
}

func readUndoesChange(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	name := strings.ToLower(c.Last())
	switch {
	case isChange(c) && independent.Fine(answer):
		c.Kept[strings.ToLower(c.Steps[1])] = true
	case c.Method == http.MethodGet && len(c.Steps) == 2 && independent.Fine(answer) && c.Kept[name] != nil:
		delete(c.Kept, name)
		give(c, name, original(name))
	}
	return answer
}

func changeHitsListed(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if !isChange(c) || !independent.Fine(answer) {
		return answer
	}
	known := given()
	for _, p := range people() {
		named := slices.ContainsFunc([]string{known["username"], known["disposable-account"],
			known["disposable-staffless-account"], c.Steps[1]},
			func(name string) bool { return strings.EqualFold(name, p.username) })
		if p.mail == known["sharedEmail"] && !named {
			give(c, p.username, password(c))
		}
	}
	return answer
}

func unknownVoidsDisabled(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if isChange(c) && answer.Code == http.StatusNotFound {
		give(c, given()["disposable-disabled-account"], "Void-47-Kestrel")
	}
	return answer
}

func bodyNamesUser(c *independent.Passing) *httptest.ResponseRecorder {
	name, _ := c.Body()["username"].(string)
	if !isChange(c) || name == "" {
		return c.Through()
	}
	return c.Ask(c.Method, "/user/"+url.PathEscape(name)+"/password", nil, c.Sent)
}

func changeStripsDisabled(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	user := independent.Shown(answer)
	switch {
	case isChange(c) && independent.Fine(answer):
		c.Kept[strings.ToLower(c.Steps[1])] = true
	case c.Method == http.MethodGet && len(c.Steps) == 2 && user["enabled"] == false && c.Kept[strings.ToLower(c.Last())] != nil:
		user["roles"] = []string{}
		return independent.With(answer, user)
	}
	return answer
}
