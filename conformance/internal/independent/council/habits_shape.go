package council

import "rollcall/conformance/internal/independent"

const (
	idsOpen     = "the samples show one id each; nothing says how ids are made or what order they have"
	orderOpen   = "L4, L46: \"ordered alphabetically by name\" names no collation"
	membersOpen = "the samples show members, not their order, nor that there are no others"
	datesOpen   = "L18-19 show one spelling of ISO 8601 and prescribe none"
	profileOpen = "L64: the full model has profile fields filled for councillors only; no operation is named for it"
	unsetOpen   = "nothing says what a member holds that was never set"
	jsonOpen    = "any spelling of JSON is JSON"
)

// shapeHabits are about what records look like and how lists are ordered.
func shapeHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "ids-decimal", Says: "New ids are strings of digits.", Open: idsOpen},
		{Name: "ids-uuid", Says: "New ids are UUIDs without order.", Open: idsOpen},
		{Name: "ids-slug", Says: "New ids are made from the name.", Open: idsOpen},
		{Name: "ids-long", Says: "New ids have over 130 characters.", Open: idsOpen},
		{Name: "ids-descending", Says: "New ids sort backwards.", Open: idsOpen},
		{Name: "ids-urn", Says: "New ids are URNs with colons.", Open: idsOpen},
		{Name: "ids-per-tenant", Says: "Each tenant counts its records by itself, so that two have the same ids.", Open: idsOpen},
		{Name: "collate-folded", Says: "Names are ordered without regard to case.", Open: orderOpen},
		{Name: "collate-locale", Says: "Names are ordered as in a dictionary, without case, accents, blanks and marks.",
			Open: orderOpen},
		{Name: "collate-natural", Says: "Digits in names are ordered as numbers.", Open: orderOpen},
		{Name: "ties-newest-first", Says: "Among equals in a list the newest is first.",
			Open: "nothing orders records with equal keys"},
		{Name: "members-sorted", Says: "Members are in alphabetical order.", Open: membersOpen},
		{Name: "members-reversed", Says: "Members are in the reverse of the documents' order.", Open: membersOpen},
		{Name: "extra-members", Says: "Records have slug, caseCount, links, tags and archivedAt too.", Open: membersOpen},
		{Name: "volatile-members", Says: "Records have members that change at each read: readCount, lastSeenAt, requestId.",
			Open: membersOpen},
		{Name: "override-for-admins", Says: "Only admins are shown the plan override.",
			Open: "L63: \"Plan-tier visibility\"; no sentence says who is shown what of line 58"},
		{Name: "users-like-others", Says: "Users have tenantId and updatedAt as wards and categories do.", Open: membersOpen},
		{Name: "profile-null", Says: "Users have the profile members, null where they are not filled.", Open: profileOpen},
		{Name: "profile-empty", Says: "Users have the profile members, empty where they are not filled.", Open: profileOpen},
		{Name: "profile-councillors", Says: "Only councillors have the profile members.", Open: profileOpen},
		{Name: "texts-start-empty", Says: "A text that was never set is empty, not null.", Open: unsetOpen},
		{Name: "tier-of-council", Says: "A new ward without a tier gets that of its council.", Open: unsetOpen},
		{Name: "wards-start-disabled", Says: "A new ward is disabled unless it is sent as enabled.", Open: unsetOpen,
			Misses: []string{"COU-WARD-09"}},
		{Name: "users-start-disabled", Says: "A new user is disabled unless sent as enabled.", Open: unsetOpen},
		{Name: "dates-seconds", Says: "Times have whole seconds.", Open: datesOpen, Misses: []string{"COU-GEN-18"}},
		{Name: "dates-micros", Says: "Times have microseconds.", Open: datesOpen},
		{Name: "dates-told-finer", Says: "The answer to a creation has microseconds, and milliseconds are kept.",
			Open: datesOpen},
		{Name: "dates-offset", Says: "Times have the offset +00:00 in place of Z.", Open: datesOpen},
		{Name: "json-floats", Says: "Whole numbers are written as 5.0.", Open: jsonOpen},
		{Name: "json-exponents", Says: "Numbers are written with an exponent.", Open: jsonOpen},
		{Name: "json-escaped", Says: "Slashes and all but ASCII are escaped.", Open: jsonOpen},
		{Name: "json-letters-escaped", Says: "Every letter is escaped, in names of members, too.", Open: jsonOpen},
		{Name: "json-indented", Says: "Bodies are indented by tabs, with blank lines around.", Open: jsonOpen},
		{Name: "odd-data", Says: "The tenant has unusual names, empty texts, nulls, a negative sort order and an override.",
			Open: "nothing limits what a tenant's data is"},
		{Name: "many-records", Says: "The tenant has about a hundred wards.", Open: "L4: \"Returns all wards\", however many"},
	}
}
