package probation

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// fault is one way to break the documents. What data can say stands in the row, like for habits.
type fault struct {
	independent.Fault
	edits    []edit
	statusOf map[string]int // by operation, instead of 200
}

func faults() []fault {
	return slices.Concat(lookupFaults(), memberFaults(), writeFaults(), looseFaults(), listFaults(), doorFaults(), nearFaults(),
		switchFaults(), twiceFaults(), alikeFaults(), caseFaults(), betweenFaults(), leftOutFaults())
}

func faultTable() []independent.Fault {
	var out []independent.Fault
	for _, f := range faults() {
		out = append(out, f.Fault)
	}
	return out
}

func broken(name, says, source, breaks string) independent.Fault {
	return independent.Fault{Name: name, Says: says, Source: source, Breaks: strings.Fields(breaks)}
}

// dropping is an edit that leaves a member out.
func dropping(ops, path string) edit {
	return edit{ops, path, func(*server, any) any { return gone{} }}
}

// asWords is an edit that sends a truth value or a number as text.
func asWords(ops, path string) edit {
	return edit{ops, path, func(_ *server, v any) any { return strings.Trim(string(encode(v)), `"`) }}
}

// asName is an edit that sends an object as only its name.
func asName(ops, path, key string) edit {
	return edit{ops, path, func(_ *server, v any) any { return v.(object).get(key) }}
}

func lookupFaults() []fault {
	return []fault{
		{Fault: broken("one-person-for-every-id", "A lookup by id has the same person for every id.",
			"/staff/byid/{id} get: id path integer true; answers Staff", "PRO-STAFF-04 PRO-STAFF-05")},
		{Fault: broken("next-person-by-code", "A lookup by code has the person after the one asked for.",
			"/staff/bycode/{code} get: code path string true; answers Staff", "PRO-STAFF-04 PRO-STAFF-05")},
		{Fault: broken("next-person-by-username", "A lookup by username has the person after the one asked for.",
			"/staff/{username} get: username path string true; answers Staff", "PRO-STAFF-04 PRO-STAFF-05")},
		{Fault: broken("unallocated-not-found", "People who are unallocated are not found by code.",
			"/staff/bycode/{code} get: 200 OK Staff; Staff: unallocated boolean true",
			"PRO-STAFF-18 PRO-STAFF-19 PRO-STAFF-21")},
		{Fault: broken("half-a-record-for-other-users", "A user who is not staff is answered as Staff without id and code.",
			"Staff: id integer true, code string true, name object true", "PRO-STAFF-11")},
		{Fault: broken("team-caseload-of-everybody", "A team's caseload has the cases of all teams.",
			"/team/{teamCode}/caseload/managed-offenders get: teamCode path string true", "PRO-CASE-06")},
		{Fault: broken("one-team-caseload", "Every team has the caseload of one.",
			"/team/{teamCode}/caseload/managed-offenders get: teamCode path string true",
			"PRO-DOC-getManagedOffendersByTeam-distinct_records")},
		{Fault: broken("one-caseload-by-code", "Every code gives one person's caseload.",
			"/staff/{staffCode}/caseload/managed-offenders get: staffCode path string true",
			"PRO-DOC-getManagedOffenders-distinct_records")},
		{Fault: broken("one-caseload-by-id", "Every id gives one person's caseload.",
			"/staff/byid/{id}/caseload/managed-offenders get: id path integer true",
			"PRO-DOC-getManagedOffenders_1-distinct_records")},
		{Fault: broken("staff-caseload-of-everybody", "The caseload by staff code has everybody's cases.",
			"/staff/{staffCode}/caseload/managed-offenders get: staffCode path string true",
			"PRO-CASE-10 PRO-CASE-11 PRO-CASE-15 PRO-CASE-16")},
		{Fault: broken("another-persons-caseload-by-id", "The caseload by id, and only that one, is another person's.",
			"/staff/byid/{id}/caseload/managed-offenders get: id path integer true", "PRO-CASE-10 PRO-CASE-11")},
		{Fault: broken("caseload-of-first-team-only", "A person's caseload has only the cases of the person's first team.",
			"/staff/{staffCode}/caseload/managed-offenders get: the staff's caseload, no team asked", "PRO-CASE-17")},
		{Fault: broken("heads-of-every-borough", "Every borough has the heads of all.",
			"/staff/{boroughCode}/pdu-head get: boroughCode path string true", "PRO-PDU-07")},
		{Fault: broken("one-manager-for-every-case", "Every case that has a manager has the same one.",
			"/probation-case/{crn}/responsible-community-manager get: crn path string true", "PRO-MGR-01 PRO-MGR-10")},
		{Fault: broken("former-manager-shown", "A case that changed hands shows the manager before.",
			"/probation-case/{crn}/responsible-community-manager: the one who is, not who was", "PRO-MGR-10")},
	}
}

func memberFaults() []fault {
	return []fault{
		{Fault: broken("teams-left-out-when-none", "A person without a team has no teams member.",
			"Staff: teams array true", "PRO-STAFF-24"),
			edits: []edit{{staffOps, "teams", func(_ *server, v any) any {
				if len(v.(list)) == 0 {
					return gone{}
				}
				return v
			}}}},
		{Fault: broken("unallocated-in-words", "unallocated is the text true or false.",
			"Staff: unallocated boolean true; Manager: unallocated boolean true", "PRO-STAFF-19 PRO-MGR-14"),
			edits: []edit{asWords(staffOps+" "+managerOp, "unallocated"), asWords(caseOps, "staff.unallocated")}},
		{Fault: broken("ids-in-words", "The id of a member of staff is a text.", "Staff: id integer true", ""),
			edits: []edit{asWords(staffOps, "id")}},
		{Fault: broken("borough-without-its-object", "The borough of a district is only its code.",
			"District: borough object true Borough", "PRO-TEAM-01"),
			edits: []edit{asName(staffOps, "teams.district.borough", "code"),
				asName(managerOp, "team.district.borough", "code"),
				asName(caseOps, "team.district.borough", "code"), asName(caseOps, "staff.teams.district.borough", "code")}},
		{Fault: broken("teams-without-borough", "Teams have no borough.", "Team: borough object true Borough", "PRO-TEAM-01"),
			edits: []edit{dropping(staffOps, "teams.borough"), dropping(managerOp, "team.borough"),
				dropping(caseOps, "team.borough"), dropping(caseOps, "staff.teams.borough")}},
		{Fault: broken("offices-without-name", "Offices have no officeName.", "OfficeAddress: officeName string true",
			"PRO-TEAM-03 PRO-TEAM-06 PRO-TEAM-09 PRO-TEAM-10 PRO-TEAM-11"),
			edits: []edit{dropping(staffOps, "teams.addresses.officeName"), dropping(managerOp, "team.addresses.officeName")}},
		{Fault: broken("offices-without-ldu", "Offices have no ldu.", "OfficeAddress: ldu string true", ""),
			edits: []edit{dropping(staffOps, "teams.addresses.ldu"), dropping(managerOp, "team.addresses.ldu")}},
		{Fault: broken("manager-without-team", "A manager has no team.", "Manager: team object true Team", "PRO-TEAM-11"),
			edits: []edit{dropping(managerOp, "team")}},
		{Fault: broken("heads-without-surname", "Heads of a borough have no surname.", "Name: surname string true", ""),
			edits: []edit{dropping(headsOp, "name.surname")}},
		{Fault: broken("cases-without-number-by-id", "The caseload by id, and only that one, does not say crn.",
			"ManagedOffender: crn string true", "PRO-CASE-11"),
			edits: []edit{dropping("getManagedOffenders_1", "crn")}},
		{Fault: broken("cases-with-anothers-staff", "The cases of a person's caseload show somebody else as staff.",
			"ManagedOffender: staff object true Staff; the caseload of {staffCode}", "PRO-CASE-10"),
			edits: []edit{{"getManagedOffenders", "staff", func(s *server, _ any) any {
				return s.staffView(s.data.person("S34WOR1"), false)
			}}}},
		{Fault: broken("listed-staff-without-id", "Staff listed for usernames have no id.", "StaffName: id integer true",
			"PRO-DOC-findStaffForUsernames-response_schema_conformance"), edits: []edit{dropping(staffNames, "id")}},
	}
}

func writeFaults() []fault {
	return []fault{
		{Fault: broken("giving-answers-204", "Giving the role is answered 204.",
			"/users/{username}/roles put: 200 OK", "PRO-ROLE-01"),
			statusOf: map[string]int{"addRole": http.StatusNoContent}},
		{Fault: broken("taking-not-there", "Taking the role is answered 501.", "/users/{username}/roles delete: 200 OK",
			"PRO-ROLE-02 PRO-ROLE-17 PRO-ROLE-18"),
			statusOf: map[string]int{"removeRole": http.StatusNotImplemented}},
		{Fault: broken("team-caseload-203", "A team's caseload is answered 203.",
			"/team/{teamCode}/caseload/managed-offenders get: 200 OK", "PRO-CASE-01"),
			statusOf: map[string]int{"getManagedOffendersByTeam": http.StatusNonAuthoritativeInfo}},
		{Fault: broken("docs-503", "/docs/asyncapi is answered 503.", "/docs/asyncapi get: 200 OK", ""),
			statusOf: map[string]int{"asyncApi": http.StatusServiceUnavailable}},
	}
}
