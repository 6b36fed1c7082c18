package probation

import "net/http"

func orderHabits() []habit {
	order := "The seed promises no order of a list."
	return []habit{
		{name: "staff-in-the-order-asked", says: "Listed staff come in the order of the usernames.", open: order,
			misses: "PRO-STAFF-33"},
		{name: "repeats-answer-repeats", says: "What is listed twice is answered twice.",
			open: "The seed is silent on repeats in a list."},
		{name: "managers-once", says: "A manager of several listed cases comes once.",
			open: "The seed is silent on the items of this list.", misses: "PRO-MGR-19"},
		{name: "manager-emails-backwards", says: "Listed managers come in reverse.", open: order},
		{name: "team-caseload-by-number", says: "A team's cases come by case number.",
			open: order + " Sheet 3.5 has the newest first.", misses: "PRO-CASE-04"},
		{name: "undated-cases-last", says: "A team's cases without a date come last.",
			open: order + " Sheet 3.5 has them first.", misses: "PRO-CASE-04"},
		{name: "staff-caseload-by-surname", says: "A person's cases come by surname, letter case ignored.", open: order},
		{name: "cases-jointly-held", says: "A case that two of a team hold is in the team's caseload with each of them.",
			open: "The seed says neither that a case has one holder nor that a caseload has it once."},
		{name: "heads-backwards", says: "Heads of a borough come in reverse.", open: order},
		{name: "teams-by-description", says: "A person's teams come by description.", open: order},
		{name: "offices-by-name", says: "A team's offices come by name, letter case ignored.", open: order},
	}
}

func ruleHabits() []habit {
	office := "The seed does not say which offices of a team are its addresses."
	return []habit{
		{name: "ended-teams-hidden", says: "A person's teams that have ended are not shown.",
			open: "The seed does not say which teams a person has.", misses: "PRO-TEAM-12"},
		{name: "future-offices-hidden", says: "Offices that are yet to open are not shown.", open: office,
			misses: "PRO-TEAM-10"},
		{name: "offices-ending-today-shown", says: "An office is shown on its last day.", open: office,
			misses: "PRO-TEAM-05"},
		{name: "ended-offices-shown", says: "Offices that have ended are shown, with to.", open: office,
			misses: "PRO-TEAM-04 PRO-TEAM-05 PRO-TEAM-11"},
		{name: "blank-offices-shown", says: "Offices without any line of an address are shown.", open: office,
			misses: "PRO-TEAM-07 PRO-TEAM-08 PRO-TEAM-11"},
		{name: "phone-makes-an-address", says: "A telephone number alone makes an office shown.", open: office,
			misses: "PRO-TEAM-08"},
		{name: "order-supervisors-count", says: "Cases held as order supervisor are in a caseload.",
			open:   "The seed does not say who manages an offender of a caseload.",
			misses: "PRO-CASE-18 PRO-CASE-19 PRO-CASE-20"},
		{name: "unknown-lists-404", says: "The caseload or heads of somebody unknown are 404 instead of [].",
			open: silent + "unknown codes.", misses: "PRO-CASE-16"},
		{name: "closed-providers-answer", says: "Heads are shown for boroughs of closed providers too.",
			open: "The seed knows no closed providers.", misses: "PRO-PDU-08 PRO-PDU-09"},
		{name: "providers-close-at-the-end-of-the-day", says: "A provider is open on its last day.",
			open: "The seed knows no closed providers.", misses: "PRO-PDU-09"},
		{name: "responsible-officer-shown", says: "The manager is who is responsible for the case, wherever that differs.",
			open:   "The path says responsible-community-manager; only sheet 2 says that the community manager is meant.",
			misses: "PRO-MGR-16"},
		{name: "manager-with-own-provider", says: "A manager's provider is the person's own.",
			open: "The seed does not say whose provider Manager.provider is.", misses: "PRO-MGR-13"},
	}
}

func roleHabits() []habit {
	who := silent + "users who cannot be given the role."
	extra := "The seed lists operations and does not forbid others."
	return []habit{
		{name: "giving-to-nobody-200", says: "Giving the role to an unknown user is 200 and does nothing.", open: who},
		{name: "taking-from-nobody-404", says: "Taking the role from an unknown user is 404.",
			open: who + " Sheet Q3 has both."},
		{name: "giving-twice-409", says: "Giving the role to a user who has it is 409.", open: silent + "a second time."},
		{name: "taking-twice-404", says: "Taking the role from a user without it is 404.", open: silent + "a second time."},
		{name: "disabled-users-conflict", says: "The role of a disabled user cannot be changed: 409.", open: who,
			misses: "PRO-ROLE-18"},
		{name: "only-staff-have-roles", says: "A user who is not staff is unknown to the role switch.", open: who,
			misses: "PRO-ROLE-17"},
		{name: "role-switch-tells-roles", says: "The role switch answers with the user's roles.",
			open: "The seed has no schema for its 200 and does not say that it is empty.", misses: "PRO-ROLE-03"},
		{name: "roles-by-post", says: "POST gives the role as PUT does.", open: extra,
			routes: []route{{op: "addRoleByPost", method: http.MethodPost, pattern: "/users/{username}/roles",
				authority: roleWrite, handle: (*server).addRole}}},
		{name: "roles-readable", says: "GET shows the roles of a user.", open: extra,
			routes: []route{{op: "showRoles", method: http.MethodGet, pattern: "/users/{username}/roles",
				authority: roleWrite, handle: (*server).showRoles}}},
	}
}
