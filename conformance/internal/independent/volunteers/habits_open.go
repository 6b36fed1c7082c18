package volunteers

import (
	"slices"

	"rollcall/conformance/internal/independent"
)

// openHabits are about what a member may hold, of which the page says less than one expects.
func openHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "flags-listed", Says: "Flags without members are an empty list.", Accepting: true,
			Open: "L105: object; N32 of the sheet: the publisher's language writes an empty map so."},
		{Name: "wraps-users", Says: "A user is wrapped as every other record is, and no target file says so.", Accepting: true,
			Open: "N5 of the sheet: bare or wrapped, the same way in all three operations."},
		{Name: "refuses-nulls", Says: "Null is refused for members that are not marked nullable.",
			Open: "L62-71, L252-272: what null does there is not said."},
		{Name: "free-phone-types", Says: "The type of a phone number of a new user is any text.",
			Open: "L123-128: printed without the values that the other operation lists."},
		{Name: "false-is-no-primary-filter", Says: "primary=false filters nothing.",
			Open:   "L1047: filter by primary phone number; the others are not spoken of.",
			Misses: []string{"VOL-ADDR-29"}},
	}
}

// takesNull says whether null is taken for a member: where it is marked nullable, or by a
// server that is not particular.
func (s *server) takesNull(f field) bool {
	marked := []string{"about_me", "facebook", "twitter", "website", "on_call_end", "on_hold_start", "from_date", "end"}
	return slices.Contains(marked, f.name) || !s.has("refuses-nulls")
}
