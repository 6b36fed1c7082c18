package identity

import (
	"slices"
	"strings"

	"rollcall/mockserver/api/internal/directory"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// The three authorities of the contract; none implies another.
const (
	userDetails   = "ROLE_PROBATION_API__HMPPS_AUTH__USER_DETAILS"
	passwordWrite = "ROLE_PROBATION_API__HMPPS_AUTH__PASSWORD__RW"
	authenticates = "ROLE_PROBATION_API__HMPPS_AUTH__AUTHENTICATE"
)

func bearer() directory.Bearer {
	return directory.Bearer{
		Missing: "IDN-GEN-01", Unreadable: "IDN-GEN-04", Expired: "IDN-GEN-06",
		Marked: "IDN-GEN-05", Anywhere: "IDN-GEN-27", Early: "IDN-GEN-21",
	}
}

func errorShapes() directory.Errors {
	return directory.Errors{Lost: "IDN-GEN-28", LostShape: "IDN-GEN-29", Method: "IDN-GEN-30", Allow: "IDN-GEN-31"}
}

func rights() directory.Rights {
	return directory.Rights{
		Prefix: "ROLE_", Lacking: "IDN-GEN-07", Misplaced: "IDN-GEN-18", Unprefixed: "IDN-GEN-19",
		Miscased: "IDN-GEN-20", Marked: "IDN-GEN-09",
		Other: map[string]behavior.Denies{userDetails: "IDN-GEN-13", passwordWrite: "IDN-GEN-15", authenticates: "IDN-GEN-17"},
	}
}

// orderAsks lists the requirements about the order of checks.
func orderAsks() []behavior.By {
	return []behavior.By{"IDN-GEN-10", "IDN-GEN-11", "IDN-GEN-12", "IDN-GEN-14", "IDN-GEN-16", "IDN-GEN-22",
		"IDN-GEN-23", "IDN-GEN-24", "IDN-GEN-25",
		"IDN-GEN-26", "IDN-PWD-25"}
}

// authenticateCaller reads the token. Input is looked at before rights and before
// the user, unless a defect turns that round.
func authenticateCaller(c *behavior.Call) (*store.Record, *behavior.Refusal) {
	actor, ref := bearer().Authenticate(c)
	if ref != nil && c.Operation != nil && !c.Holds("IDN-GEN-21") && unknown(c) {
		return nil, behavior.NotFound("", "User", "username", c.Path.Get("username"))
	}
	if actor == nil || ref != nil || c.Operation == nil {
		return actor, ref
	}
	if c.Operation.ID == "changePassword" && !c.Holds("IDN-PWD-25") && unknown(c) {
		return actor, behavior.NotFound("", "User", "username", c.Path.Get("username"))
	}
	if c.Holds("IDN-GEN-22") && c.Holds("IDN-GEN-23") && c.Holds("IDN-GEN-24") && c.Holds("IDN-GEN-25") {
		return actor, nil
	}
	if all := c.Violations(); len(all) > 0 && !c.Holds(orderOf(all[0])) {
		c.Actor = actor
		return actor, rights().Deny(c, row(c))
	}
	return actor, nil
}

// orderOf gives the requirement that such input is refused before rights are
// asked for.
func orderOf(v contract.Violation) behavior.By {
	switch {
	case v.In == "query":
		return "IDN-GEN-24"
	case v.In == "path":
		return "IDN-GEN-25"
	case blank(v):
		return "IDN-GEN-23"
	}
	return "IDN-GEN-22"
}

// row finds the row of the call's operation.
func row(c *behavior.Call) behavior.Operation {
	for _, o := range operations() {
		if o.ID == c.Operation.ID {
			return o
		}
	}
	return behavior.Operation{}
}

// authorize asks for the one authority of the operation, before anybody is
// looked up.
func authorize(c *behavior.Call, o behavior.Operation) *behavior.Refusal {
	ref := rights().Deny(c, o)
	if ref != nil {
		if !c.Holds("IDN-GEN-26") && unknown(c) {
			return nil
		}
		return ref
	}
	alone := map[string]behavior.By{
		"getUsersByEmail": "IDN-GEN-10", "getUserDetails": "IDN-GEN-11", "getUserDetailsById": "IDN-GEN-12",
		"changePassword": "IDN-GEN-14", "authenticate": "IDN-GEN-16",
	}[o.ID]
	if c.Holds(alone) {
		return nil
	}
	for _, more := range []string{userDetails, passwordWrite, authenticates} {
		if ref := rights().Deny(c, behavior.Operation{Scope: more}); ref != nil {
			return ref
		}
	}
	return nil
}

// unknown tells whether the user whom a call names is not there.
func unknown(c *behavior.Call) bool {
	if id := c.Path.Get("userId"); id != "" {
		account, ok := c.Reader().Get("account", id)
		return !ok || entry(c, account.String("username")) == nil
	}
	name := c.Path.Get("username")
	return name != "" && entry(c, name) == nil
}

// blank tells a member that is there without anything but white space.
func blank(v contract.Violation) bool { return slices.Contains(blankWords(), v.Keyword) }

func render(c *behavior.Call, r *behavior.Refusal) behavior.Answer {
	if r.Details = fields(c, r.Violations); len(r.Details) > 0 {
		r.Message = "Validation failure"
	}
	return errorShapes().Render(c, r)
}

// fields lists blank members, for the service's own error; nothing when any
// member can't be read at all, which the framework tells. The message is fixed.
func fields(c *behavior.Call, all []contract.Violation) []byte {
	if len(all) == 0 {
		return nil
	}
	var items [][]byte
	unread := 0
	for _, v := range all {
		if !blank(v) {
			unread++
		}
		items = append(items,
			[]byte(`{"type":"NotBlank","message":"must not be blank","field":`+rule.Text(strings.TrimPrefix(v.Pointer, "/"))+`}`))
	}
	switch {
	case unread == len(all) && c.Holds(shapeOf(c)), unread > 0 && unread < len(all) && c.Holds("IDN-AUTH-24"):
		return nil
	case len(items) > 1 && !c.Holds("IDN-AUTH-16"):
		items = items[:1]
	}
	return behavior.Array(items)
}

// shapeOf asks that what can't be read has the framework's error.
func shapeOf(c *behavior.Call) behavior.By {
	switch c.Operation.ID {
	case "changePassword":
		return "IDN-PWD-17"
	case "authenticate":
		return "IDN-AUTH-23"
	}
	return ""
}
