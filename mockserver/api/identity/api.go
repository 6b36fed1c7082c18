// Package identity declares how the mock serves the identity contract: users of
// a directory, their passwords and the check of them. The directory is the one
// behind the probation contract.
//
// It is no API: it serves the packages beside it, and may change with any version.
package identity

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/fixtures"
	"rollcall/mockserver/api/internal/directory"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// API gives the table of the contract.
func API() behavior.API {
	return behavior.API{
		Contract:     "identity",
		State:        "directory",
		Data:         fixtures.Directory,
		Stages:       []behavior.Stage{behavior.Authenticate, behavior.Route, behavior.Validate, behavior.Authorize},
		Resources:    resources(),
		Operations:   operations(),
		Attributions: attributions(),
		Breaks:       breaks(),
		Excuses:      excuses(),
		Uses:         []any{bearer(), rights(), errorShapes()},
		Enforces:     slices.Concat(orderAsks(), []behavior.By{"IDN-PWD-17", "IDN-AUTH-16", "IDN-AUTH-23", "IDN-AUTH-24"}),
		Media:        "IDN-GEN-32",
		Forbids:      map[string]string{"extra-members": "IDN-AUTH-05", "error-text": "IDN-PWD-10"},
		Authenticate: authenticateCaller,
		Guest: func(*behavior.Call) *store.Record {
			return directory.Holding(userDetails, passwordWrite, authenticates)
		},
		Authorize: authorize,
		Invalid:   func(contract.Violation) int { return http.StatusBadRequest },
		Render:    render,
	}
}

// resources declares the tables. The directory's entries and the key that signs
// tokens are shared with the probation contract; the rows of the database are
// this one's own.
func resources() []behavior.Resource {
	return []behavior.Resource{
		{Name: directory.SignerTable, Shared: true},
		{Name: "entry", Shared: true, Indexes: []store.Index{folded("mail", "email")}},
		{Name: "account", Indexes: []store.Index{folded("username", "username")}},
	}
}

// folded indexes records by a member in which letter case makes no difference.
func folded(name, member string) store.Index {
	return store.Index{Name: name, Key: func(r *store.Record) string {
		if v := r.String(member); v != "" {
			return store.Key(strings.ToLower(v))
		}
		return ""
	}}
}

func operations() []behavior.Operation {
	return []behavior.Operation{
		{ID: "changePassword", Scope: passwordWrite, Verb: behavior.Func{Run: changePassword,
			Write: true, Enforces: passwordAsks(),
			Refuses: []behavior.Denies{"IDN-PWD-05", "IDN-PWD-07", "IDN-PWD-29"}}},
		{ID: "authenticate", Resource: "entry", Scope: authenticates, Asks: "IDN-AUTH-32",
			Verb: behavior.Func{Run: authenticate, Enforces: checkAsks(),
				Refuses: []behavior.Denies{"IDN-AUTH-03", "IDN-AUTH-04", "IDN-AUTH-10", "IDN-AUTH-29"}}},
		{ID: "getUsersByEmail", Resource: "entry", Scope: userDetails,
			Verb: behavior.Func{Run: getUsersByEmail, Enforces: emailAsks(),
				Refuses: []behavior.Denies{"IDN-USER-12"}}},
		{ID: "getUserDetails", Resource: "entry", Scope: userDetails,
			Verb: behavior.Func{Run: getUserDetails, Enforces: detailsAsk(),
				Refuses: []behavior.Denies{"IDN-USER-15", "IDN-USER-17", "IDN-USER-19"}}},
		{ID: "getUserDetailsById", Resource: "entry", Scope: userDetails, Verb: behavior.Func{Run: getUserDetailsByID,
			Refuses: []behavior.Denies{"IDN-USER-25", "IDN-USER-27"}}},
	}
}

// nobodyMeant is why a check of half a credential can't be told from one that is refused.
const nobodyMeant = "without a username or a password the check fails, so that the call is refused all the same"

func excuses() map[string]string {
	const gone = "there is no user whom a later call could show to be changed"
	return map[string]string{
		"IDN-DOC-authenticate-negative_data_rejection-inferred/accept:body::json":     nobodyMeant,
		"IDN-DOC-authenticate-negative_data_rejection-inferred/accept:body::type":     nobodyMeant,
		"IDN-DOC-authenticate-negative_data_rejection/accept:body:/password:required": nobodyMeant,
		"IDN-DOC-authenticate-negative_data_rejection/accept:body:/username:required": nobodyMeant,
		"IDN-PWD-05/dirty": gone, "IDN-PWD-07/dirty": gone, "IDN-PWD-29/dirty": gone,
	}
}
