package probation

import "strings"

// looseFaults find, or refuse, what is only like the thing asked for.
func looseFaults() []fault {
	const byID = "/staff/byid/{id} get: id path integer int64 true; answers Staff"
	return []fault{
		{Fault: broken("ids-of-32-bits", "An id beyond 32 bits is that of its last 32 bits.", byID, "PRO-STAFF-12 PRO-CASE-13")},
		{Fault: broken("long-ids-400", "An id beyond 32 bits is answered 400.", byID, "PRO-STAFF-13")},
		{Fault: broken("ids-without-sign", "A negative id is that without the sign.", byID, "PRO-STAFF-12 PRO-CASE-13")},
		{Fault: broken("negative-ids-400", "A negative id is answered 400.", byID, "PRO-STAFF-13")},
		{Fault: broken("zero-is-somebody", "The id 0 finds the first person.", byID, "PRO-STAFF-12 PRO-CASE-13")},
		{Fault: broken("cases-by-their-beginning", "The beginning of a case number finds the case.",
			"/probation-case/{crn}/responsible-community-manager get: crn path string true", "PRO-MGR-05 PRO-MGR-21")},
		{Fault: broken("blanks-in-case-numbers", "Blanks in a case number are passed over.",
			"/probation-case/{crn}/responsible-community-manager get: crn path string true", "PRO-MGR-05 PRO-MGR-11 PRO-MGR-21")},
		{Fault: broken("caseload-by-any-name", "The caseload by staff code takes a username and an id.",
			"/staff/{staffCode}/caseload/managed-offenders get: staffCode path string true", "PRO-CASE-12")},
		{Fault: broken("caseload-by-beginning", "The caseload by staff code takes the beginning of one.",
			"/staff/{staffCode}/caseload/managed-offenders get: staffCode path string true", "PRO-CASE-12")},
		{Fault: broken("team-caseload-by-beginning", "The caseload of a team takes the beginning of its code.",
			"/team/{teamCode}/caseload/managed-offenders get: teamCode path string true", "PRO-CASE-05")},
		{Fault: broken("usernames-by-their-beginning", "The role switch takes the beginning of a username.",
			"/users/{username}/roles put: username path string true; Sheet 3.1: 404 for an unknown user", "PRO-ROLE-06")},
		{Fault: broken("role-by-row-alone", "The role is given to a user whom the directory does not have.",
			"Sheet 3.1: Unknown LDAP user 404", "PRO-ROLE-06")},
		{Fault: broken("role-needs-a-row", "The role switch does not know a user without a row of the database.",
			"Sheet 3.1: Needs only the LDAP user; no staff row, no DB row", "PRO-ROLE-17")},
	}
}

// listFaults are about lists that mix up or leave out.
func listFaults() []fault {
	const posted, emails = "/staff post: 200 array StaffName", "/probation-case/responsible-community-manager post: 200 array"
	const team = "/team/{teamCode}/caseload/managed-offenders get: 200 array ManagedOffender"
	exchange := func(ops, key string) []edit { return []edit{exchanged(ops, key)} }
	return []fault{
		{Fault: broken("listed-codes-exchanged", "The first two of the listed staff have each other's code.", posted,
			"PRO-STAFF-35"),
			edits: exchange(staffNames, "code")},
		{Fault: broken("listed-staff-need-an-entry", "Listed staff without an entry of the directory are left out.",
			posted+"; Sheet 3.3: No LDAP call", "PRO-STAFF-35")},
		{Fault: broken("staff-listed-by-code", "A staff code in the list of usernames finds the person.",
			"/staff post: usernames body array string", "PRO-STAFF-26")},
		{Fault: broken("staff-listed-by-beginning", "The beginning of a username in the list finds the person.",
			"/staff post: usernames body array string", "PRO-STAFF-26")},
		{Fault: broken("empty-username-is-somebody", "An empty username in the list finds those without one.",
			"/staff post: usernames body array string", "PRO-STAFF-26")},
		{Fault: broken("ten-case-numbers", "Of listed case numbers, the first ten are read.", emails, "PRO-MGR-21")},
		{Fault: broken("hundred-case-numbers", "Of listed case numbers, the first hundred are read.", emails, "PRO-MGR-17")},
		{Fault: broken("listed-cases-ignore-case", "Letter case of listed case numbers is ignored.", emails, "PRO-MGR-21")},
		{Fault: broken("two-cases-at-most", "A team's caseload has two cases at most.", team, "PRO-CASE-10")},
		{Fault: broken("case-numbers-exchanged", "The first two cases of a team have each other's number.", team, "PRO-CASE-02"),
			edits: exchange("getManagedOffendersByTeam", "crn")},
		{Fault: broken("case-staff-exchanged", "The first two cases of a team have each other's staff.", team, "PRO-CASE-02"),
			edits: exchange("getManagedOffendersByTeam", "staff")},
		{Fault: broken("case-names-exchanged", "The first two cases of a caseload have each other's name.", team,
			"PRO-CASE-02 PRO-CASE-10"),
			edits: exchange(caseOps, "name")},
		{Fault: broken("case-numbers-in-small-letters", "Caseloads show case numbers in small letters.", team,
			"PRO-CASE-02"), edits: []edit{{caseOps, "crn", func(_ *server, v any) any { return strings.ToLower(v.(string)) }}}},
		{Fault: broken("unallocated-by-any-u", "Everybody with a U in the code is unallocated.",
			"Staff: unallocated boolean true", "PRO-STAFF-20")},
		{Fault: broken("unallocated-without-user", "Everybody without a user is unallocated.", "Staff: unallocated boolean true",
			"PRO-STAFF-20")},
	}
}

// exchanged is an edit that gives the first two of a list each other's member.
func exchanged(ops, key string) edit {
	return edit{ops, listItself, func(_ *server, v any) any {
		items, _ := v.(list)
		if len(items) < 2 {
			return v
		}
		a, b := items[0].(object), items[1].(object)
		for i := range a {
			for j := range b {
				if a[i].key == key && b[j].key == key {
					a[i].value, b[j].value = b[j].value, a[i].value
				}
			}
		}
		return v
	}}
}

// doorFaults let in whom no valid token lets in.
func doorFaults() []fault {
	const asks = "security: bearerAuth; Sheet 1.1: a signed token"
	return []fault{
		{Fault: broken("tokens-unsigned", "A token whose alg is none is believed.", asks, "PRO-GEN-04")},
		{Fault: broken("tokens-signed-by-six", "Of a signature, the first six characters are compared.", asks, "PRO-GEN-04")},
		{Fault: broken("bearer-with-nothing", "The scheme Bearer without a token is let in.", asks, "PRO-GEN-01")},
		{Fault: broken("basic-for-anybody", "The scheme Basic is let in, whoever it names.", asks, "PRO-GEN-01")},
	}
}
