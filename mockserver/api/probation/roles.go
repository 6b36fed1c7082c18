package probation

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// switched is the one role that the contract gives and takes.
const switched = "LHDCBT002"

// changeAsks lists what both changes of a role ask Holds about.
func changeAsks() []behavior.By {
	return []behavior.By{"PRO-ROLE-14", "PRO-ROLE-15", "PRO-ROLE-16", "PRO-ROLE-17", "PRO-ROLE-18"}
}

func addRoleAsks() []behavior.By {
	return append(changeAsks(), "PRO-ROLE-04", "PRO-ROLE-09", "PRO-ROLE-10", "PRO-ROLE-12")
}

func removeRoleAsks() []behavior.By { return append(changeAsks(), "PRO-ROLE-05", "PRO-ROLE-08") }

// addRole gives a user the role. A body is not looked at.
func addRole(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	if len(c.Body) > 0 && !c.Holds("PRO-ROLE-09") {
		return behavior.Answer{}, behavior.Unacceptable("the operation takes no body")
	}
	name := c.Path.Get("username")
	e := user(c, name)
	if e == nil {
		if ref := behavior.NotFound("PRO-ROLE-06", "User", "username", name); c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		return c.OK(nil), nil
	}
	if ref := limited(c, e); ref != nil {
		return behavior.Answer{}, ref
	}
	roles := rolesOf(e)
	held := slices.Contains(roles, switched)
	if held && !c.Holds("PRO-ROLE-04") {
		return behavior.Answer{}, conflict("the user holds the role already")
	}
	if !c.Holds("PRO-ROLE-14") {
		roles, held = nil, false
	}
	if !held || !c.Holds("PRO-ROLE-12") {
		roles = append(roles, switched)
	}
	if !c.Holds("PRO-ROLE-10") {
		roles = append(roles, named(gjson.ParseBytes(c.Body))...)
	}
	return keep(c, e, roles)
}

// removeRole takes the role from a user. Nothing is asked of the user: one who
// is unknown does not hold it either.
func removeRole(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	name := c.Path.Get("username")
	e := user(c, name)
	if e == nil {
		if !c.Holds("PRO-ROLE-08") {
			return behavior.Answer{}, behavior.NotFound("", "User", "username", name)
		}
		return c.OK(nil), nil
	}
	if ref := limited(c, e); ref != nil {
		return behavior.Answer{}, ref
	}
	roles := rolesOf(e)
	if !slices.Contains(roles, switched) && !c.Holds("PRO-ROLE-05") {
		return behavior.Answer{}, conflict("the user does not hold the role")
	}
	left := slices.DeleteFunc(roles, func(r string) bool { return r == switched || !c.Holds("PRO-ROLE-14") })
	return keep(c, e, left)
}

// user finds a user of the directory, in which letter case makes no difference.
func user(c *behavior.Call, name string) *store.Record {
	e, ok := c.Reader().Get("entry", strings.ToLower(name))
	if !ok || e.String("username") != name && !c.Holds("PRO-ROLE-15") {
		return nil
	}
	return e
}

// limited holds nobody back: the role can be switched of users who are not staff
// and of disabled ones, but for a defect.
func limited(c *behavior.Call, e *store.Record) *behavior.Refusal {
	if !c.Holds("PRO-ROLE-17") && one(c, "staff", "username", e.ID) == nil {
		return behavior.NotFound("", "Staff", "username", e.String("username"))
	}
	if ends := c.Day(e.String("ends")); !c.Holds("PRO-ROLE-18") && ends != "" && ends <= c.Today() {
		return conflict("the user is disabled")
	}
	return nil
}

func conflict(why string) *behavior.Refusal {
	return &behavior.Refusal{Status: http.StatusConflict, Own: true, In: "path", Message: why}
}

func rolesOf(e *store.Record) (roles []string) {
	for _, r := range e.Get("roles").Array() {
		roles = append(roles, r.String())
	}
	return roles
}

// named gives every text of a value, at any depth.
func named(v gjson.Result) (all []string) {
	if v.Type == gjson.String {
		return []string{v.Str}
	}
	if v.IsArray() || v.IsObject() {
		v.ForEach(func(_, below gjson.Result) bool { all = append(all, named(below)...); return true })
	}
	return all
}

// keep stores the user's roles and nothing else.
func keep(c *behavior.Call, e *store.Record, roles []string) (behavior.Answer, *behavior.Refusal) {
	raw := make([][]byte, 0, len(roles))
	for _, r := range roles {
		raw = append(raw, []byte(rule.Text(r)))
	}
	private, err := sjson.SetRawBytes(e.Private(), "roles", behavior.Array(raw))
	if err == nil && !c.Holds("PRO-ROLE-16") {
		private, err = sjson.SetBytes(private, "ends", "2000-01-01")
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
