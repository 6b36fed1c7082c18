// Package tenants declares how the mock serves the tenants contract: the users
// of the tenant that a token was issued for.
//
// It is no API: it serves the packages beside it, and may change with any version.
package tenants

import (
	"net/http"
	"slices"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// API gives the table of the contract.
func API() behavior.API {
	return behavior.API{
		Contract:     "tenants",
		Data:         fixtures.Tenants,
		Stages:       []behavior.Stage{behavior.Route, behavior.Authenticate, behavior.Authorize, behavior.Validate},
		Resources:    resources(),
		Operations:   operations(),
		Rules:        rules(),
		Attributions: attributions(),
		Breaks:       breaks(),
		Excuses:      excuses(),
		Refuses:      []behavior.Denies{"TEN-GEN-01", "TEN-GEN-02", "TEN-GEN-11", "TEN-GEN-12"},
		Media:        "TEN-GEN-14",
		Authenticate: authenticate,
		Guest:        guest,
		Authorize:    authorize,
		Invalid:      func(contract.Violation) int { return http.StatusBadRequest },
		Render:       render,
	}
}

// tenantID is the private member that says whose a record is.
const tenantID = "tenantId"

// firstUser is one below the id of the first user of the data: the users that
// are created later go on from the last one.
const firstUser = 5000

func resources() []behavior.Resource {
	return []behavior.Resource{
		{
			Name: "user", Schema: "User", Number: firstUser, Private: []string{tenantID},
			Owner:    behavior.Owner{Field: tenantID, Own: "TEN-GEN-18", Items: "TEN-GEN-12"},
			Stamps:   []behavior.Stamp{{Field: "id", Make: func(_ *behavior.Call, r *store.Record) string { return r.ID }}},
			Defaults: unset(),
			Prepare:  prepare,
			Enforces: []behavior.By{"TEN-CRT-13"},
			Indexes:  []store.Index{byReference()},
		},
		{Name: "tenant", Indexes: []store.Index{{Name: "name", Key: func(r *store.Record) string { return store.Key(r.ID) }}}},
		{Name: "token",
			Indexes: []store.Index{{Name: "tenant",
				Key: func(r *store.Record) string { return store.Key(r.String(tenantID), r.ID) }}}},
		{Name: "group"}, {Name: "programme"}, {Name: "employer"}, {Name: "employerAddress"},
		{Name: "manager"}, {Name: "caseOwner"}, {Name: "mentor"},
	}
}

// byReference finds the users of a tenant by their reference number.
func byReference() store.Index {
	return store.Index{Name: "reference", Key: func(r *store.Record) string {
		if number := r.String("referenceNumber"); number != "" {
			return store.Key(r.String(tenantID), number)
		}
		return ""
	}}
}

// byEmail is the rule that no two users of a tenant share an address; its index
// finds them by it.
func byEmail() rule.Unique {
	return rule.Unique{Field: "email", Within: tenantID, Fold: "TEN-SRCH-12", Self: "TEN-UPD-07"}
}

// unset gives null to what nobody has set: a member is never left out.
func unset() (all []behavior.Default) {
	for _, member := range writable() {
		all = append(all, behavior.Default{Field: member, Value: "null"})
	}
	return all
}

// prepare completes what was sent. A new user without a username gets the email
// address for one; an update replaces, so that what it leaves out is null, but for
// what no user is without.
func prepare(c *behavior.Call, before *store.Record, sent map[string]string) map[string]string {
	given := map[string]string{}
	if before == nil {
		if _, ok := sent["username"]; !ok {
			given["username"] = username(c, sent["email"])
		}
		return given
	}
	for _, member := range c.Operation.Body.Schema.Flat() {
		value, ok := sent[member.Name]
		switch needed := slices.Contains([]string{"firstName", "lastName", "email"}, member.Name); {
		case needed && (!ok || value == "null"):
			given[member.Name] = before.Get(member.Name).Raw
		case !ok:
			given[member.Name] = "null"
		}
	}
	return given
}

func username(c *behavior.Call, email string) string {
	switch {
	case !c.Holds("TEN-CRT-13"):
		return `"newcomer"`
	case email == "":
		return "null"
	}
	return email
}

func operations() []behavior.Operation {
	const read, write = "users:read", "users:write"
	return []behavior.Operation{
		{ID: "searchUser", Resource: "user", Verb: searchVerb(), Scope: read, Asks: "TEN-GEN-03"},
		{ID: "createUser", Resource: "user", Verb: behavior.Create{Ignores: "TEN-CRT-14"}, Scope: write, Asks: "TEN-GEN-03"},
		{ID: "updateUser", Resource: "user", Verb: behavior.Update{Param: "userId", Ignores: "TEN-UPD-10"},
			Scope: write, Asks: "TEN-GEN-03", Refuses: "TEN-UPD-04"},
		{ID: "deactivateUser", Resource: "user", Verb: deactivateVerb(), Scope: write, Asks: "TEN-GEN-03"},
	}
}
