package volunteers

import "rollcall/conformance/internal/independent"

// spellingHabits are about two ways to write the same thing, of which the page prints one
// here and the other there, or only one by example.
func spellingHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "omits-all-nulls", Says: "Members without a value are left out, all of them.",
			Open: "No sentence says that a member without a value has to be there."},
		{Name: "bare-catalogues", Says: "Teams, permission groups and types have no description and no icon: null.",
			Open: "N34: what can be null is not told of all."},
		{Name: "address-times-unset", Says: "Postal addresses have null for created_at and updated_at.",
			Open: "L828: texts that a request may name; no sentence says that the service sets them."},
		{Name: "ids-are-numbers", Says: "Ids of teams and statuses, and user_id of a postal address, are numbers.",
			Open: "The samples print them as texts, all other ids, and those of teams in bodies, as numbers."},
		{Name: "user-ids-are-texts", Says: "user_id is a text everywhere.",
			Open: "The samples print it as a text in postal addresses and as a number elsewhere."},
		{Name: "offset-without-colon", Says: "Times of records end in +0000.",
			Open: "date-time, of which the page names no standard; many libraries write it so."},
	}
}
