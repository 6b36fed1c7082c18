package probation

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

func teamBreaks() []defect.Defect {
	at := "findStaffByCode"
	var all []defect.Defect
	for _, team := range []struct {
		path       string
		operations []string
	}{
		{"teams.*.", lookups()}, {"team.", []string{"findCommunityManager"}}, {"*.team.", caseloads()},
		{"*.staff.teams.*.", caseloads()},
	} {
		all = slices.Concat(all,
			set("PRO-TEAM-01", team.path+"borough.code", `"N99B9"`, team.operations...),
			set("PRO-TEAM-01", team.path+"district.borough.description", `"Elsewhere"`, team.operations...),
			drop("PRO-TEAM-02", team.path+"addresses", team.operations...),
			set("PRO-TEAM-02", team.path+"addresses", "null", team.operations...))
	}
	return slices.Concat(all,
		set("PRO-TEAM-14", "teams.*.description", `"Elsewhere"`, at),
		set("PRO-TEAM-14", "team.telephone", `"01632960000"`, "findCommunityManager"),
		drop("PRO-TEAM-14", "team.addresses.*.postcode", "findCommunityManager"),
		set("PRO-TEAM-14", "*.team.endDate", `"2199-03-31"`, caseloads()...),
		drop("PRO-TEAM-06", "teams.*.addresses.*.to", at),
		behavior.Each(defect.Defect{Requirement: "PRO-TEAM-06", Op: defect.Frozen}, at),
		drop("PRO-TEAM-12", "teams.*.endDate", at),
		set("PRO-TEAM-13", "teams.*.endDate", `"2024-03-31"`, at))
}

func caseBreaks() []defect.Defect {
	own := []string{"getManagedOffenders", "getManagedOffenders_1"}
	return slices.Concat(
		found("PRO-CASE-01", "getManagedOffendersByTeam"), set("PRO-CASE-01", "", "[]", "getManagedOffendersByTeam"),
		set("PRO-CASE-02", "*.team.code", `"N99X99"`, "getManagedOffendersByTeam"),
		[]defect.Defect{{Requirement: "PRO-CASE-03", Op: defect.Reorder, Operations: []string{"getManagedOffendersByTeam"}}},
		found("PRO-CASE-08", "getManagedOffenders"), set("PRO-CASE-08", "", "[]", "getManagedOffenders"),
		found("PRO-CASE-09", "getManagedOffenders_1"), set("PRO-CASE-09", "", "[]", "getManagedOffenders_1"),
		set("PRO-CASE-10", "*.staff.code", `"N99X99X"`, "getManagedOffenders"),
		set("PRO-CASE-10", "*.staff.id", "987654", "getManagedOffenders_1"),
		behavior.Each(defect.Defect{Requirement: "PRO-CASE-11", Op: defect.Shorten}, own...),
		set("PRO-CASE-11", "*.crn", `"T000000"`, own...),
		set("PRO-CASE-21", "*.staff.email", `"somebody@probation.example"`, caseloads()...),
		set("PRO-CASE-22", "*.staff.telephoneNumber", `"01632960000"`, caseloads()...),
		drop("PRO-CASE-23", "*.staff.username", caseloads()...),
		set("PRO-CASE-24", "*.staff.name.surname", `"Somebody"`, caseloads()...),
		set("PRO-CASE-24", "*.staff.teams", "[]", caseloads()...),
		set("PRO-CASE-24", "*.staff.provider.code", `"N99"`, caseloads()...),
		drop("PRO-CASE-25", "*.team", caseloads()...),
		set("PRO-CASE-26", "*.staff.unallocated", "true", caseloads()...),
		[]defect.Defect{{Requirement: "PRO-CASE-26", Name: "never", Op: defect.Set, Path: "*.staff.unallocated", Value: "false",
			Operations: []string{"getManagedOffendersByTeam"}}},
	)
}

func managerBreaks() []defect.Defect {
	at, many := "findCommunityManager", "findCommunityManagerEmails"
	return slices.Concat(
		found("PRO-MGR-01", at), drop("PRO-MGR-02", "username", at), drop("PRO-MGR-02", "email", at),
		set("PRO-MGR-03", "telephoneNumber", `"01632960000"`, at),
		set("PRO-MGR-04", "id", "987654", at), set("PRO-MGR-04", "name.surname", `"Somebody"`, at),
		set("PRO-MGR-04", "username", `"somebody"`, at),
		set("PRO-MGR-04", "email", `"somebody@probation.example"`, at),
		on(404, set("PRO-MGR-06", "message", `"CommunityManager not found"`, at)),
		set("PRO-MGR-14", "username", `"nobody"`, at), set("PRO-MGR-14", "email", `"nobody@probation.example"`, at),
		drop("PRO-MGR-15", "username", at),
		found("PRO-MGR-17", many), set("PRO-MGR-17", "", "[]", many),
		set("PRO-MGR-18", "*.code", `"N99X99X"`, many), drop("PRO-MGR-18", "*.email", many),
		set("PRO-MGR-25", "*.crn", `"T000000"`, many), set("PRO-MGR-25", "*.id", "1", many),
		set("PRO-MGR-25", "*.username", `"somebody"`, many),
		set("PRO-MGR-26", "*.email", `"nobody@probation.example"`, many),
	)
}
