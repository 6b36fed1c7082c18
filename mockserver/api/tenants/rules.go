package tenants

import (
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
)

func rules() []behavior.Rule {
	all := []behavior.Rule{
		{Requirement: "TEN-CRT-11", On: "user", When: rule.Create, Kind: byEmail()},
		{Requirement: "TEN-UPD-09", On: "user", When: rule.Update, Kind: byEmail()},
		{Requirement: "TEN-CRT-12", On: "user", When: rule.Write, Kind: rule.Unique{Field: "username", Within: tenantID}},
		{Requirement: "TEN-CRT-22", On: "user", When: rule.Write,
			Kind: rule.Copied{Field: "caseOwnerId", From: "caseOwner", Within: tenantID,
				Members: []rule.Pair{{To: "caseOwnerFirstName", From: "firstName"},
					{To: "caseOwnerLastName", From: "lastName"}}}},
	}
	for _, r := range references() {
		all = append(all, behavior.Rule{Requirement: "TEN-CRT-17", On: "user", When: rule.Write,
			Kind: rule.Reference{Field: r.member, Table: r.table, Within: tenantID, Int32: true}})
	}
	return all
}

// reference is a member that names a record of another table.
type reference struct{ member, table string }

func references() []reference {
	return []reference{
		{"groupId", "group"}, {"programmeId", "programme"}, {"employerId", "employer"}, {"employerAddressId", "employerAddress"},
		{"managerId", "manager"}, {"caseOwnerId", "caseOwner"}, {"mentorId", "mentor"},
	}
}

// attributions gives violations of the document to the requirements that name them.
// The first that fits has it, so the general ones come last.
func attributions() []behavior.Attribution {
	create, update := []string{"createUser"}, []string{"updateUser"}
	all := []behavior.Attribution{
		{Requirement: "TEN-GEN-13", Operations: []string{"createUser", "updateUser"}, Pointer: "", Keywords: []string{"json"}},
		{Requirement: "TEN-SRCH-06", Operations: []string{"searchUser"}, In: "query",
			Pointer: "/userId", Keywords: []string{"type"}},
		{Requirement: "TEN-SRCH-10", Operations: []string{"searchUser"}, In: "query", Pointer: "/userId",
			Keywords: []string{"format"}},
		{Requirement: "TEN-UPD-08", Operations: update, In: "path", Pointer: "/userId", Keywords: []string{"type"}},
		{Requirement: "TEN-DEL-05", Operations: []string{"deactivateUser"}, In: "path",
			Pointer: "/userId", Keywords: []string{"type"}},

		{Requirement: "TEN-CRT-07", Operations: create, Pointer: "/jobActiveSync", Keywords: []string{"type"}},
		{Requirement: "TEN-CRT-08", Operations: create, Pointer: "", Keywords: []string{"required"}},
		{Requirement: "TEN-CRT-09", Operations: create, Pointer: "*", Keywords: []string{"required"}},
		{Requirement: "TEN-CRT-10", Operations: create, Pointer: "/email", Keywords: []string{"format"}},
		{Requirement: "TEN-CRT-15", Operations: create, Pointer: "/dateOfBirth", Keywords: []string{"format"}},
	}
	for _, member := range numbers() {
		all = append(all, behavior.Attribution{Requirement: "TEN-CRT-06", Operations: create, Pointer: "/" + member,
			Keywords: []string{"format"}})
	}
	return append(all,
		behavior.Attribution{Requirement: "TEN-CRT-05", Operations: create, Pointer: "*", Keywords: []string{"type"}},
		behavior.Attribution{Requirement: "TEN-UPD-05", Operations: update, Pointer: "*", Keywords: []string{"type"}},
	)
}
