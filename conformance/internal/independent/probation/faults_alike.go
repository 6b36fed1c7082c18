package probation

import "strings"

// smallLetters is an edit of a manager.
func smallLetters(path string) edit {
	return edit{managerOp, path, func(_ *server, v any) any { return strings.ToLower(v.(string)) }}
}

// alikeFaults get one thing wrong in one answer, where another shows it right.
func alikeFaults() []fault {
	const byUser, byID = "findStaff", "findStaff_1"
	const team = "Team: telephone string false, endDate string false; one team, the same wherever it is shown"
	first := func(_ *server, v any) any {
		if items, is := v.(list); is && len(items) > 1 {
			return items[:1]
		}
		return v
	}
	ending := func(o object) bool { _, open := o.get("to").(absent); return !open }
	return []fault{
		{Fault: broken("manager-team-without-telephone", "The team of a manager has no telephone.", team, "PRO-TEAM-14"),
			edits: []edit{dropping(managerOp, "team.telephone")}},
		{Fault: broken("case-offices-without-end", "The offices of a caseload do not say when they end.",
			"OfficeAddress: to string false", "PRO-TEAM-14 PRO-CASE-24"),
			edits: []edit{dropping(caseOps, "team.addresses.to"), dropping(caseOps, "staff.teams.addresses.to")}},
		{Fault: broken("case-offices-that-end-hidden", "The offices of a caseload that are to end are not shown in it.",
			"Team: addresses array false OfficeAddress", "PRO-TEAM-14"),
			edits: []edit{{caseOps, "team.addresses", func(_ *server, v any) any {
				kept := list{}
				for _, item := range v.(list) {
					if !ending(item.(object)) {
						kept = append(kept, item)
					}
				}
				return kept
			}}}},
		{Fault: broken("first-team-by-id", "The lookup by id shows a person's first team alone.", "Staff: teams array true Team",
			"PRO-STAFF-04"), edits: []edit{{byID, "teams", first}}},
		{Fault: broken("end-of-team-lost-by-id", "The lookup by id does not say when a team ended.", team, "PRO-STAFF-04"),
			edits: []edit{dropping(byID, "teams.endDate")}},
		{Fault: broken("ended-teams-hidden-by-username", "The lookup by username hides teams that have ended.",
			"Staff: teams array true Team", "PRO-STAFF-04"),
			edits: []edit{{byUser, "teams", func(s *server, v any) any {
				kept := list{}
				for _, item := range v.(list) {
					if _, open := item.(object).get("endDate").(absent); open {
						kept = append(kept, item)
					}
				}
				return kept
			}}}},
		{Fault: broken("unallocated-without-mail-by-username", "The lookup by username says of who has no email that nobody is "+
			"allocated.", "Staff: unallocated boolean true", "PRO-STAFF-04"),
			edits: []edit{{byUser, "", func(_ *server, v any) any {
				person, is := v.(object)
				if !is {
					return v
				}
				_, none := person.get("email").(absent)
				for i := range person {
					if person[i].key == "unallocated" && none {
						person[i].value = true
					}
				}
				return person
			}}}},
		{Fault: broken("manager-without-middle-name", "A manager has no middleName.", "Name: middleName string false",
			"PRO-MGR-04"), edits: []edit{dropping(managerOp, "name.middleName")}},
	}
}

// caseFaults show of a manager what is not that of the case, or not as it is shown elsewhere.
func caseFaults() []fault {
	return []fault{
		{Fault: broken("manager-provider-named-by-code", "The provider of a manager has its code for a description.",
			"Provider: code string true, description string true", "PRO-MGR-13"),
			edits: []edit{{managerOp, "provider", func(_ *server, v any) any {
				code := v.(object).get("code")
				return object{{"code", code}, {"description", code}}
			}}}},
		{Fault: broken("manager-provider-in-small-letters", "The code of a manager's provider is in small letters.",
			"Provider: code string true", "PRO-MGR-13"), edits: []edit{smallLetters("provider.code")}},
		{Fault: broken("manager-team-in-small-letters", "The code of a manager's team is in small letters.",
			"Team: code string true", "PRO-TEAM-14"), edits: []edit{smallLetters("team.code")}},
		{Fault: broken("manager-with-own-team", "The team of a manager is the person's first one, not that of the case.",
			"Manager: team object true Team; Sheet 3.12: case team", "PRO-TEAM-14")},
		{Fault: broken("undated-cases-not-held", "The caseload of a person leaves out cases without a date.",
			"ManagedOffender: allocationDate string false", "PRO-CASE-02")},
	}
}
