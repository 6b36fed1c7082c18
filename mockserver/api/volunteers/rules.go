package volunteers

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

func rules() []behavior.Rule {
	return slices.Concat(userRules(), roleRules(), reachRules(), otherRules())
}

func userRules() []behavior.Rule {
	only := []string{"createUser"}
	return []behavior.Rule{
		{Requirement: "VOL-CRT-24", On: "user", When: rule.Create, Kind: rule.Func{Reads: []string{"dob"}, Allow: born}},
		{Requirement: "VOL-UPD-16", On: "user", When: rule.Update, Kind: rule.Func{Reads: []string{"dob"}, Allow: born}},
		{Requirement: "VOL-CRT-22", On: "role", When: rule.Create, Operations: only,
			Kind: rule.Reference{Field: "profile", Table: "profile"}},
		{Requirement: "VOL-CRT-23", On: "role", When: rule.Create, Operations: only,
			Kind: rule.Reference{Field: "team", Table: "team"}},
		{Requirement: "VOL-CRT-23", On: "role", When: rule.Create, Operations: only,
			Kind: rule.Reference{Field: "manager", Table: "user"}},
		{Requirement: "VOL-CRT-18", On: "role", When: rule.Create, Operations: only,
			Kind: rule.First{Group: group("user_id"), Field: "primary"}},
		{Requirement: "VOL-CRT-26", On: "email", When: rule.Create, Operations: only,
			Kind: rule.Func{Reads: []string{"email"}, Allow: unheard}},
	}
}

func roleRules() []behavior.Rule {
	mine := group("user_id")
	change := []string{"createUserRole", "updateUserRole"}
	return []behavior.Rule{
		{Requirement: "VOL-ROLE-11", On: "role", When: rule.Create, Operations: change,
			Kind: rule.Reference{Field: "profile", Table: "profile"}},
		{Requirement: "VOL-ROLE-11", On: "role", When: rule.Write, Operations: change,
			Kind: rule.Reference{Field: "team", Table: "team"}},
		{Requirement: "VOL-ROLE-11", On: "role", When: rule.Write, Operations: change,
			Kind: rule.Reference{Field: "manager", Table: "user"}},
		{On: "role", When: rule.Update, Status: 422, Kind: rule.Reference{Field: "leaving_reason", Table: "leaving"}},
		{On: "role", When: rule.Update, Status: 422, Kind: rule.Reference{Field: "vetting", Table: "vetting"}},
		{Requirement: "VOL-ROLE-13", On: "role", When: rule.Write, Kind: rule.Ordered{From: "start", Until: "end"}},
		{Requirement: "VOL-ROLE-32", On: "role", When: rule.Delete, Kind: rule.KeepOne{Group: mine, What: "role"}},
		{Requirement: "VOL-ROLE-14", On: "role", When: rule.Create, Kind: rule.Exclusive{Group: mine, Field: "primary"}},
		{Requirement: "VOL-ROLE-14", On: "role", When: rule.Update, Kind: rule.Exclusive{Group: mine, Field: "primary"}},
		{Requirement: "VOL-ROLE-14", On: "role", When: rule.Update, Kind: rule.First{Group: mine, Field: "primary"}},
		{Requirement: "VOL-ROLE-34", On: "role", When: rule.Delete, Kind: rule.Successor{Group: mine, Field: "primary"}},
		{Requirement: "VOL-ROLE-36", On: "role", When: rule.Create | rule.Update, Kind: rule.Lowers{From: "start", Key: "user_id",
			Table: "user", Field: "start_date"}},
	}
}

func reachRules() []behavior.Rule {
	mine := group("user_id")
	return []behavior.Rule{
		{Requirement: "VOL-EMAIL-15", On: "email", When: rule.Delete,
			Kind: rule.Undeletable{Field: "primary", What: "email address"}},
		{Requirement: "VOL-EMAIL-16", On: "email", When: rule.Write, Kind: rule.Exclusive{Group: mine, Field: "primary"}},
		{Requirement: "VOL-EMAIL-18", On: "email", When: rule.Update, Status: 422,
			Kind: rule.Held{Group: mine, Field: "primary"}},
		{Requirement: "VOL-EMAIL-19", On: "email", When: rule.Write, Status: 422,
			Kind: rule.Unique{Field: "email", Within: "user_id"}},

		{Requirement: "VOL-ADDR-23", On: "address", When: rule.Delete,
			Kind: rule.Undeletable{Field: "primary", What: "postal address"}},
		{Requirement: "VOL-ADDR-27", On: "address", When: rule.Write, Kind: rule.Exclusive{Group: mine, Field: "primary"}},

		{Requirement: "VOL-EMRG-14", On: "contact", When: rule.Delete,
			Kind: rule.KeepOne{Group: mine, What: "emergency contact"}},
		{Requirement: "VOL-EMRG-16", On: "contact", When: rule.Write, Kind: rule.Exclusive{Group: mine, Field: "primary"}},

		{Requirement: "VOL-PHONE-09", On: "phone", When: rule.Write,
			Kind: rule.Func{Reads: []string{"phone_number"}, Allow: dialable}},
		{Requirement: "VOL-PHONE-15", On: "phone", When: rule.Write, Kind: rule.Exclusive{Group: mine, Field: "primary"}},
		{Requirement: "VOL-PHONE-16", On: "phone", When: rule.Write, Kind: rule.Exclusive{Group: mine, Field: "default_sms"}},
	}
}

func otherRules() []behavior.Rule {
	mine := group("user_id")
	return []behavior.Rule{
		{Requirement: "VOL-SUP-07", On: "supervisor", When: rule.Create,
			Kind: rule.Reference{Field: "supervisor", Table: "user"}},
		{Requirement: "VOL-SUP-08", On: "supervisor", When: rule.Create,
			Kind: rule.Func{Reads: []string{"supervisor"}, Allow: another}},
		{Requirement: "VOL-SUP-09", On: "supervisor", When: rule.Create, Status: 422,
			Kind: rule.Unique{Field: "supervisor", Within: "user_id"}},
		{Requirement: "VOL-SUP-13", On: "supervisor", When: rule.Write, Kind: rule.Exclusive{Group: mine, Field: "primary"}},

		{Requirement: "VOL-NOTE-23", On: "note", When: rule.Create,
			Kind: rule.Func{Reads: []string{"subject", "body"}, Allow: saying}},
		{On: "note", When: rule.Write, Status: 422, Kind: rule.Reference{Field: "category", Table: "category"}},
		{On: "note", When: rule.Write, Status: 422, Kind: rule.Reference{Field: "team", Table: "team"}},

		{Requirement: "VOL-TP-33", On: "touchpoint", When: rule.Write, Kind: rule.Reference{Field: "type", Table: "kind"}},
		{On: "touchpoint", When: rule.Write, Status: 422, Kind: rule.Reference{Field: "team", Table: "team"}},
		{Requirement: "VOL-TP-39", On: "touchpoint", When: rule.Write, Kind: rule.Ordered{From: "start", Until: "end"}},
	}
}

func born(c *rule.Change) (rule.Why, bool) {
	if dob := c.After.String("dob"); dob == "" || dob <= c.Now.UTC().Format("2006-01-02") {
		return rule.Why{}, true
	}
	return rule.Why{Pointer: "/dob", Message: "must not be in the future", Hint: "send a day that has been"}, false
}

// unheard refuses the address of another user, whatever the letter case. The
// user's own addresses are new, so that another's would come first.
func unheard(c *rule.Change) (rule.Why, bool) {
	mine, free := c.After.String("user_id"), true
	c.Tx.Each("email", "address", store.Key(strings.ToLower(c.After.String("email"))), func(r *store.Record) bool {
		free = r.String("user_id") == mine
		return false
	})
	return rule.Why{Pointer: "/emailAddresses", Message: "another user has this address", Hint: "send another address"}, free
}

func dialable(c *rule.Change) (rule.Why, bool) {
	number := c.After.Get("phone_number")
	ok := number.Type == gjson.Null || strings.ContainsAny(number.String(), "0123456789")
	return rule.Why{Pointer: "/phone_number", Message: "has no digit", Hint: "send a number"}, ok
}

func another(c *rule.Change) (rule.Why, bool) {
	ok := c.After.String("supervisor") != c.After.String("user_id")
	return rule.Why{Pointer: "/user", Message: "a user can't supervise themselves", Hint: "name another user"}, ok
}

func saying(c *rule.Change) (rule.Why, bool) {
	ok := c.After.String("subject") != "" || c.After.String("body") != ""
	return rule.Why{Pointer: "/body", Message: "a note must say something", Hint: "send subject or body"}, ok
}

// secret tells whether a note is hidden from the caller.
func secret(c *behavior.Call, r *store.Record) bool { return low(c) && r.Get("private").Bool() }

// newestFirst tells the direction of a list of touchpoints.
func newestFirst(c *behavior.Call) bool {
	o := c.Query().Get("o")
	if o == "" {
		return c.Holds("VOL-TP-14")
	}
	return (o == "d") == c.Holds("VOL-TP-16")
}
