package tenants

import (
	"net/http"
	"strings"

	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

func deactivateVerb() behavior.Func {
	return behavior.Func{
		Run: deactivate, Write: true,
		Enforces: []behavior.By{"TEN-DEL-04", "TEN-DEL-06", "TEN-DEL-07", "TEN-DEL-10"},
		Refuses:  []behavior.Denies{"TEN-DEL-02"},
	}
}

// archived is the status of a user who was deactivated.
const archived = "Archived"

// deactivate sets the status; nothing is erased, and once more does no harm.
func deactivate(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	user, ref := c.Find("user", "userId", "TEN-DEL-02")
	if ref != nil && !c.Holds("TEN-DEL-05") {
		user, ref = byDigits(c, ref)
	}
	if ref != nil {
		return behavior.Answer{}, ref
	}
	status := archived
	if user.String("status") == archived && !c.Holds("TEN-DEL-04") {
		status = "FullUser"
	}
	users := []*store.Record{user}
	if !c.Holds("TEN-DEL-06") {
		users = colleagues(c)
	}
	for _, u := range users {
		if ref := restate(c, u, status); ref != nil {
			return behavior.Answer{}, ref
		}
	}
	if !c.Holds("TEN-DEL-10") {
		if ref := set(c, user, "email", "null"); ref != nil {
			return behavior.Answer{}, ref
		}
	}
	answer := c.OK(nil)
	if !c.Holds("TEN-DEL-07") {
		answer.Body = []byte("User " + user.ID + " is deactivated.")
	}
	return answer, nil
}

// byDigits finds the user whom the digits at the beginning of an id name, as a careless
// conversion does. Only a defect lets such an id come this far.
func byDigits(c *behavior.Call, otherwise *behavior.Refusal) (*store.Record, *behavior.Refusal) {
	id := c.Path.Get("userId")
	if end := strings.IndexFunc(id, func(r rune) bool { return r < '0' || r > '9' }); end > 0 {
		if user, ok := c.Reader().Get("user", id[:end]); ok && user.String(tenantID) == c.Actor.String(tenantID) {
			return user, nil
		}
	}
	return nil, otherwise
}

// restate writes a user with another status.
func restate(c *behavior.Call, user *store.Record, status string) *behavior.Refusal {
	return set(c, user, "status", rule.Text(status))
}

// set writes a user with another value of one member, as JSON. Of what else this call wrote
// nothing is lost.
func set(c *behavior.Call, user *store.Record, member, value string) *behavior.Refusal {
	if written, ok := c.Reader().Get("user", user.ID); ok {
		user = written
	}
	doc, err := sjson.SetRawBytes(user.Document(), member, []byte(value))
	if err != nil {
		return &behavior.Refusal{Status: http.StatusInternalServerError, Message: "The " + member + " could not be set."}
	}
	return c.Write("user", user, user.With(doc))
}

// colleagues lists the users of the caller's tenant.
func colleagues(c *behavior.Call) (all []*store.Record) {
	c.Reader().Each("user", "reference", store.Key(c.Actor.String(tenantID)), func(r *store.Record) bool {
		all = append(all, r)
		return true
	})
	return all
}
