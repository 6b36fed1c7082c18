// Package probation declares how the mock serves the probation contract: views
// of staff, teams, caseloads and managers, and the switch of one role of a user
// in the directory that the identity contract reads, too.
//
// It is no API: it serves the packages beside it, and may change with any version.
package probation

import (
	"net/http"
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
		Contract:     "probation",
		State:        "directory",
		Data:         fixtures.Directory,
		Stages:       []behavior.Stage{behavior.Authenticate, behavior.Route, behavior.Validate, behavior.Authorize},
		Resources:    resources(),
		Operations:   operations(),
		Attributions: attributions(),
		Breaks:       breaks(),
		Excuses:      excuses(),
		Uses:         []any{bearer(), rights(), errorShapes()},
		Enforces:     []behavior.By{"PRO-GEN-10", "PRO-GEN-12", "PRO-GEN-18", "PRO-GEN-19", "PRO-GEN-20"},
		Media:        "PRO-GEN-27",
		Forbids:      map[string]string{"extra-members": "PRO-MGR-25", "error-text": "PRO-GEN-30"},
		Authenticate: authenticate,
		Guest:        func(*behavior.Call) *store.Record { return directory.Holding(caseDetail, roleWrite) },
		Authorize:    authorize,
		Invalid:      func(contract.Violation) int { return http.StatusBadRequest },
		Render:       render,
	}
}

// resources declares the tables. What the directory itself holds is shared with
// the identity contract, and so is the key that signs tokens.
func resources() []behavior.Resource {
	return []behavior.Resource{
		{Name: directory.SignerTable, Shared: true},
		{Name: "entry", Shared: true},
		{Name: "provider"},
		{Name: "borough"},
		{Name: "office"},
		{Name: "team"},
		{Name: "staff", Indexes: []store.Index{
			by("username", func(r *store.Record) string { return strings.ToLower(r.String("username")) }),
			by("code", func(r *store.Record) string { return r.String("code") }),
		}},
		{Name: "manager", Indexes: []store.Index{by("crn", func(r *store.Record) string { return r.String("crn") })}},
		{Name: "caseload", Indexes: []store.Index{
			by("staff", func(r *store.Record) string { return r.String("staff") }),
			{Name: "team", Key: func(r *store.Record) string {
				return store.Key(r.String("team"), latestFirst(r.String("allocationDate")))
			}},
		}},
	}
}

// by indexes records by one value; those without it are not in the index.
func by(name string, value func(*store.Record) string) store.Index {
	return store.Index{Name: name, Key: func(r *store.Record) string {
		if v := value(r); v != "" {
			return store.Key(v)
		}
		return ""
	}}
}

// latestFirst turns a date into a text that sorts from the latest to the
// earliest; what has no date comes before all.
func latestFirst(date string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9' - r + '0'
		}
		return r
	}, date)
}

func operations() []behavior.Operation {
	read := func(id string, run func(*behavior.Call) (behavior.Answer, *behavior.Refusal), enforces []behavior.By,
		refuses ...behavior.Denies) behavior.Operation {
		return behavior.Operation{ID: id, Resource: "staff", Scope: caseDetail,
			Verb: behavior.Func{Run: run, Enforces: enforces, Refuses: refuses}}
	}
	return []behavior.Operation{
		{ID: "addRole", Scope: roleWrite, Verb: behavior.Func{Run: addRole, Write: true, Enforces: addRoleAsks(),
			Refuses: []behavior.Denies{"PRO-ROLE-06"}}},
		{ID: "removeRole", Scope: roleWrite, Verb: behavior.Func{Run: removeRole, Write: true, Enforces: removeRoleAsks()}},
		read("findStaffForUsernames", findStaffForUsernames, usernamesAsk()),
		read("findCommunityManagerEmails", findCommunityManagerEmails, emailsAsk()),
		read("getManagedOffendersByTeam", getManagedOffendersByTeam, teamCaseloadAsks()),
		read("findStaff", findStaff, staffAsks(), "PRO-STAFF-09", "PRO-STAFF-11"),
		read("getManagedOffenders", getManagedOffenders, staffCaseloadAsks()),
		read("findPDUHead", findPDUHead, headsAsk()),
		read("findStaff_1", findStaffByID, viewAsks(), "PRO-STAFF-12"),
		read("getManagedOffenders_1", getManagedOffendersByID, append(listAsks(), "PRO-CASE-13", "PRO-CASE-19")),
		read("findStaffByCode", findStaffByCode, append(viewAsks(), "PRO-STAFF-17", "PRO-STAFF-18"), "PRO-STAFF-15"),
		read("findCommunityManager", findCommunityManager, managerAsks(), "PRO-MGR-05", "PRO-MGR-07", "PRO-MGR-09"),
		{ID: "asyncApi", Verb: behavior.Func{Run: asyncAPI, Enforces: []behavior.By{"PRO-ASYNC-05"}}},
	}
}

// attributions says which requirement is behind each refusal of input.
func attributions() []behavior.Attribution {
	body := func(requirement, operation, pointer string, keywords ...string) behavior.Attribution {
		return behavior.Attribution{Requirement: requirement, Operations: []string{operation},
			Pointer: pointer, Keywords: keywords}
	}
	id := func(requirement, operation string) behavior.Attribution {
		return behavior.Attribution{Requirement: requirement, Operations: []string{operation}, In: "path", Pointer: "/id"}
	}
	return []behavior.Attribution{
		body("PRO-STAFF-36", "findStaffForUsernames", "", "required"),
		body("PRO-STAFF-37", "findStaffForUsernames", "", "json"),
		body("PRO-STAFF-38", "findStaffForUsernames", "", "type"),
		body("PRO-STAFF-39", "findStaffForUsernames", "/*"),
		body("PRO-MGR-27", "findCommunityManagerEmails", "", "required"),
		body("PRO-MGR-28", "findCommunityManagerEmails", "", "json"),
		body("PRO-MGR-29", "findCommunityManagerEmails", "", "type"),
		body("PRO-MGR-30", "findCommunityManagerEmails", "/*"),
		id("PRO-STAFF-14", "findStaff_1"),
		id("PRO-CASE-14", "getManagedOffenders_1"),
	}
}

func excuses() map[string]string {
	const whole = "the people whom the target names for this lookup lack no member"
	return map[string]string{
		"PRO-GEN-31/omit@findStaff": whole, "PRO-GEN-31/omit@getManagedOffendersByTeam": whole,
		"PRO-ROLE-06/dirty": "a user who is not there can't be given anything that a later call could show",
		"PRO-DOC-removeRole-use_after_free": "the switch is idempotent: a role that is taken twice is answered " +
			"200 twice (PRO-ROLE-05)",
		"PRO-DOC-removeRole-use_after_free/lose": "the requirement does not apply; PRO-ROLE-13/lose is the same " +
			"defect and is noticed",
	}
}
