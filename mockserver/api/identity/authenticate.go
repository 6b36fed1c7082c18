package identity

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

func checkAsks() []behavior.By {
	return []behavior.By{"IDN-PWD-04", "IDN-AUTH-06", "IDN-AUTH-09", "IDN-AUTH-25", "IDN-AUTH-26", "IDN-AUTH-27", "IDN-AUTH-28",
		"IDN-AUTH-30"}
}

// failure is the one text of every failed check, so that nobody can find out
// who is a user. The caller is not told of a check by its own requirement, either;
// the journal has it.
const failure = "Authentication failure"

// authenticate says whether a password is right, and nothing else: end date,
// roles and row of the user do not matter, and nothing is counted.
func authenticate(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	name, password := text(c.Sent("username")), c.Sent("password")
	if password.Type == gjson.Number && !c.Holds("IDN-AUTH-25") || !c.Holds("IDN-AUTH-26") &&
		unknownMember(c, "username", "password") {
		return behavior.Answer{}, behavior.Unacceptable("the body has something that is not documented")
	}
	e := entry(c, name)
	if e != nil && e.String("username") != name && !c.Holds("IDN-AUTH-09") {
		e = nil
	}
	why, message := verdict(c, e, name, text(password)), failure
	if why == "" {
		return c.OK(nil), nil
	}
	if e == nil && !c.Holds("IDN-AUTH-06") {
		message = "User " + name + " not found"
	}
	ref := &behavior.Refusal{Requirement: string(why), Told: "IDN-AUTH-06", Status: http.StatusUnauthorized,
		Own: true, In: "body", Message: message,
		Hint: "send the username and password of a user of the directory"}
	if c.Refuse(ref) {
		return behavior.Answer{}, ref
	}
	return c.OK(nil), nil
}

// verdict gives the requirement behind a failed check, "" for a right password.
func verdict(c *behavior.Call, e *store.Record, name, password string) behavior.Denies {
	if !c.Holds("IDN-AUTH-30") && c.Spend("password of "+strings.ToLower(name), 10, c.Now) > 0 {
		return "IDN-AUTH-03"
	}
	switch {
	case e == nil && accountOf(c, name) != nil:
		return "IDN-AUTH-29"
	case e == nil:
		return "IDN-AUTH-04"
	case former(e, password) && !c.Holds("IDN-PWD-04"):
		return ""
	case !c.Holds("IDN-AUTH-27") && over(c, e), !c.Holds("IDN-AUTH-28") && accountOf(c, name) == nil:
		return "IDN-AUTH-03"
	case password == e.String("password"):
		return ""
	case strings.EqualFold(password, e.String("password")):
		return "IDN-AUTH-10"
	}
	return "IDN-AUTH-03"
}

func former(e *store.Record, password string) bool {
	return slices.ContainsFunc(e.Get("former").Array(), func(f gjson.Result) bool { return f.String() == password })
}
