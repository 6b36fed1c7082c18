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
		{Name: "empty-list-is-empty", Says: "An empty list in place of a body is taken for an empty object.",
			Open: "What it does is open; the publisher's language writes an empty map so."},
		{Name: "refuses-nulls", Says: "Null is refused for members that are not marked nullable.",
			Open: "L62-71, L252-272: what null does there is not said."},
		{Name: "free-phone-types", Says: "The type of a phone number of a new user is any text.",
			Open: "L123-128: printed without the values that the other operation lists."},
		{Name: "false-is-no-primary-filter", Says: "primary=false filters nothing.",
			Open:   "L1047: filter by primary phone number; the others are not spoken of.",
			Misses: []string{"VOL-ADDR-29"}},
	}
}

// likenessHabits are about what a server takes for the same, and what it makes of what it is sent.
func likenessHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "one-of-a-name", Says: "A second person of one name and date of birth is refused.",
			Open: "L62-71: nothing is said of people who are there already."},
		{Name: "display-with-title", Says: "The display name begins with the title.", Open: "L73 does not say how it is made."},
		{Name: "sorted-by-start", Says: "Users are sorted by the start of the primary role; who is alike keeps one order.",
			Open: "L29: sort, by what is not said."},
		{Name: "counters-unread", Says: "The counters of an email address are the server's, whatever is sent.",
			Open: "N16 of the sheet: bounce counters may be ignored."},
	}
}

// fairHabits are those that an outsider's server had.
func fairHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "photos-signed-anew", Says: "The address of a portrait is signed anew in each answer.",
			Open: "L75: signed url."},
		{Name: "archived-hidden", Says: "Touchpoints that are archived are listed only when archived is sent.",
			Open: "L1657: filter by archived touchpoints; no default is printed."},
		{Name: "ids-huge", Says: "New ids are beyond what a double can hold.", Open: "L72: integer, of no size."},
		{Name: "ids-per-user", Says: "The records of each user are numbered from 1.",
			Open: "L72, L700: the ids of users and of email addresses alone are called unique."},
		{Name: "spaced-phones", Says: "British numbers are kept with a blank after the prefix and one more.", Accepting: true,
			Open: "Nothing is said of their form; PHONE-02 of the sheet: the same digits."},
		{Name: "sql-times", Says: "Times are written as a database writes them.", Accepting: true,
			Open: "N35 of the sheet: RFC 3339 or YYYY-MM-DD HH:MM:SS."},
		{Name: "role-bits", Says: "The truths of a role are 0 and 1.", Accepting: true,
			Open: "N11, N12 of the sheet: an integer in the update, a boolean in answers."},
		{Name: "primary-supervisor-stays", Says: "A primary supervisor stays so until another becomes it.",
			Open: "Whether a flag can be unset without a successor is not said."},
		{Name: "three-contacts", Says: "A user has three emergency contacts at most.",
			Open: "L954: emergency contacts of a user; not how many there may be."},
		{Name: "roles-once", Says: "The same role in the same team is given once, until it has an end.",
			Open: "L372: many roles; not that one may be had twice."},
		{Name: "touchpoints-typed", Says: "A new touchpoint has a type.",
			Open: "L1741-1756: which members are required is not said."},
		{Name: "titles-listed", Says: "A title is one of eight.", Open: "L252: string."},
		{Name: "sms-to-mobiles", Says: "Only a mobile number is the one for text messages.",
			Open: "L1079: the default SMS mobile number."},
		{Name: "filters-by-primary-role", Says: "team, manager and roles look at the primary role.",
			Open: "L6, L9, L18: filter by ids; role_name and team_name are those of the primary role."},
		{Name: "one-pinned-note", Says: "To pin a note unpins the others.", Open: "L1376 does not say what pinned does."},
		{Name: "list-for-staff-only", Says: "A caller with few rights may not list users.",
			Open: "L4: limited by your permissions."},
		{Name: "archived-locked", Says: "A touchpoint that is archived can only be brought back.",
			Open: "Nothing is said of what archived forbids."},
		{Name: "several-primary-addresses", Says: "Several addresses of a user can be primary.",
			Open: "No sentence says that there is one alone.", Misses: []string{"VOL-ADDR-27"}},
	}
}

// takesNull says whether null is taken for a member: where it is marked nullable, or by a
// server that is not particular.
func (s *server) takesNull(f field) bool {
	marked := []string{"about_me", "facebook", "twitter", "website", "on_call_end", "on_hold_start", "from_date", "end"}
	return slices.Contains(marked, f.name) || !s.has("refuses-nulls")
}
