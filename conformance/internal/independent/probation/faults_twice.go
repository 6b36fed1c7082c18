package probation

// twiceFaults say something twice that there is once, or never what there is.
func twiceFaults() []fault {
	const offices, docs = "teams.addresses", "Staff: teams array true Team"
	return []fault{
		{Fault: broken("team-twice", "A person's first team is listed twice.", docs, "PRO-GEN-36"),
			edits: []edit{doubled(staffOps, "teams")}},
		{Fault: broken("office-twice", "A team's first office is listed twice.", "Team: addresses array false OfficeAddress",
			"PRO-GEN-36"), edits: []edit{doubled(staffOps, offices), doubled(managerOp, "team.addresses")}},
		{Fault: broken("listed-staff-twice", "The first of the listed staff comes twice.",
			"/staff post: usernames body array string", "PRO-STAFF-25"), edits: []edit{doubled(staffNames, listItself)}},
		{Fault: broken("cases-twice", "The first case of a person's caseload comes twice.",
			"/staff/{staffCode}/caseload/managed-offenders get: 200 array ManagedOffender", "PRO-GEN-36"),
			edits: []edit{doubled("getManagedOffenders getManagedOffenders_1", listItself)}},
		{Fault: broken("heads-twice", "The first head of a borough comes twice.",
			"/staff/{boroughCode}/pdu-head get: 200 array PDUHead", "PRO-PDU-02 PRO-GEN-36"),
			edits: []edit{doubled(headsOp, listItself)}},
		{Fault: broken("managers-doubled", "The first of the listed managers comes twice.",
			"/probation-case/responsible-community-manager post: 200 array", "PRO-MGR-17"),
			edits: []edit{doubled("findCommunityManagerEmails", listItself)}},
		{Fault: broken("middle-name-never", "Nobody has a middleName.", "Name: middleName string false; a person who has one",
			"PRO-STAFF-23"), edits: []edit{dropping(staffOps+" "+managerOp+" "+headsOp, "name.middleName"),
			dropping(caseOps, "staff.name.middleName"), dropping(caseOps, "name.middleName"),
			dropping(staffNames+" "+headsOp, "name.middleName")}},
		{Fault: broken("forename-twice", "The forename is sent as the middle name as well.",
			"Name: forename string true, middleName string false", "PRO-STAFF-23"),
			edits: []edit{{staffOps, "name", func(_ *server, v any) any {
				name := v.(object)
				for i := range name {
					if name[i].key == "middleName" {
						name[i].value = name.get("forename")
					}
				}
				return name
			}}}},
	}
}

// doubled is an edit that repeats the first item of a list.
func doubled(ops, path string) edit {
	return edit{ops, path, func(_ *server, v any) any {
		if items, is := v.(list); is && len(items) > 0 {
			return append(list{items[0]}, items...)
		}
		return v
	}}
}
