package identity

import (
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

func passwordAsks() []behavior.By {
	return []behavior.By{"IDN-PWD-18", "IDN-PWD-19", "IDN-PWD-20", "IDN-PWD-21", "IDN-PWD-22", "IDN-PWD-23", "IDN-PWD-24",
		"IDN-PWD-26", "IDN-PWD-27", "IDN-PWD-28", "IDN-PWD-30"}
}

// longest is what a password store that hashes might take, and a defect minds.
const longest = 72

// changePassword overwrites a password. Not to be blank is all that is asked of
// it, and an entry in the directory all that is asked of the user.
func changePassword(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	name := c.Path.Get("username")
	e := entry(c, name)
	if e != nil && e.String("username") != name && !c.Holds("IDN-PWD-26") {
		e = nil
	}
	if e == nil {
		if ref := behavior.NotFound(nobody(c, name), "User", "username", name); c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		return c.OK(nil), nil
	}
	if why := demanding(c, e); why != "" {
		return behavior.Answer{}, behavior.Unacceptable(why)
	}
	if over(c, e) && !c.Holds("IDN-PWD-27") || accountOf(c, name) == nil && !c.Holds("IDN-PWD-28") {
		return behavior.Answer{}, behavior.NotFound("", "User", "username", name)
	}
	return keep(c, e)
}

// nobody gives the requirement behind a user who can't be found.
func nobody(c *behavior.Call, name string) behavior.Denies {
	switch {
	case accountOf(c, name) != nil:
		return "IDN-PWD-29"
	case strings.Contains(name, " "):
		return "IDN-PWD-07"
	}
	return "IDN-PWD-05"
}

// demanding says what a defect has against a password; nothing otherwise.
func demanding(c *behavior.Call, e *store.Record) string {
	sent := c.Sent("password")
	password := text(sent)
	plain := strings.IndexFunc(password, func(r rune) bool { return !unicode.IsLower(r) && r != ' ' }) < 0
	former := e.Get("former").Array()
	switch {
	case sent.Type != gjson.String && sent.Exists() && !c.Holds("IDN-PWD-18"):
		return "the password is no text"
	case len(password) < 2 && !c.Holds("IDN-PWD-19"):
		return "the password is too short"
	case len(password) > longest && !c.Holds("IDN-PWD-20"):
		return "the password is too long"
	case plain && !c.Holds("IDN-PWD-21"):
		return "the password needs a digit, a capital or a sign"
	case password == e.String("password") && !c.Holds("IDN-PWD-22"):
		return "the password is the present one"
	case !c.Holds("IDN-PWD-23") && slices.ContainsFunc(former, func(f gjson.Result) bool { return f.String() == password }):
		return "the password was used before"
	case !c.Holds("IDN-PWD-24") && unknownMember(c, "password"):
		return "the body has a member that is not documented"
	}
	return ""
}

// unknownMember tells whether the body has members beside the named ones.
func unknownMember(c *behavior.Call, known ...string) (found bool) {
	gjson.ParseBytes(c.Body).ForEach(func(k, _ gjson.Result) bool {
		found = found || !slices.Contains(known, k.String())
		return true
	})
	return found
}

// keep stores the new password, and the old one among the former.
func keep(c *behavior.Call, e *store.Record) (behavior.Answer, *behavior.Refusal) {
	sent := c.Sent("password")
	private, err := sjson.SetBytes(e.Private(), "former.-1", e.String("password"))
	if err == nil {
		private, err = sjson.SetBytes(private, "password", text(sent))
	}
	if err == nil && !c.Holds("IDN-PWD-30") {
		private, err = sjson.SetRawBytes(private, "roles", []byte("[]"))
	}
	if err != nil {
		return behavior.Answer{}, &behavior.Refusal{Status: http.StatusInternalServerError, Message: err.Error()}
	}
	after := e.With(e.Document())
	after.SetPrivate(private)
	if ref := c.Write("entry", e, after); ref != nil {
		return behavior.Answer{}, ref
	}
	return c.OK(nil), nil
}
