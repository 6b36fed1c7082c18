package tenants

import (
	"slices"
	"strings"
	"time"

	"rollcall/conformance/internal/independent"
)

// seldomFaults are those that show in values, in sorts of users and in refusals that are seldom tried.
func seldomFaults() []independent.Fault {
	const beside = "-untouched_neighbours"
	const put, ended, none = "TEN-DOC-updateUser" + beside, "TEN-DOC-deactivateUser" + beside, "L19 | 404 | Not found"
	const number, email, inside = "L11 The reference number", "L12 The email address", "L17-19, L118-121: what is answered"
	return []independent.Fault{
		broken("ampersands-escaped", "An ampersand in a name is kept as a page has it.", "L74 firstName: string", "TEN-CRT-03"),
		broken("phone-without-plus", "A phone loses its plus sign.", "L78 phone: string", "TEN-CRT-03"),
		broken("null-word-lost", "The text null is kept as none.", "L92 countyState: string", "TEN-CRT-03"),
		broken("towns-ascii-only", "A town loses each character beyond ASCII.", "L91 townCity: string", "TEN-CRT-18"),
		broken("births-of-next-century", "A year of birth before 1950 is kept as one of the next century.",
			"L85 dateOfBirth: string; row A9 of the sheet", "TEN-CRT-16"),
		broken("starts-in-month-before", "The first day of a month is kept as the last of that before.",
			"L94 programmeStartDate: string; row A9 of the sheet", "TEN-CRT-16"),
		broken("text-body-breaks", "A text for a body is answered 500.", "L119, L222 | 400 | Invalid input", "TEN-CRT-05",
			"TEN-UPD-05"),
		broken("objects-for-numbers", "An object in place of a number is taken as none.", "L119, L222 | 400 | Invalid input",
			"TEN-CRT-05", "TEN-UPD-05"),
		broken("ids-in-lists", "Of a list of ids the first counts.", "L10, L16 | 400 | Invalid input", "TEN-SRCH-06"),
		broken("username-of-home", "Without a username the personal email becomes it.", "L83 username: string", "TEN-CRT-13"),
		broken("refnum-capitals-sought", "A reference number is sought in capitals, and kept as it came.", number,
			"TEN-SRCH-02"),
		broken("apostrophes-end-search", "An email with an apostrophe finds nobody.", email, "TEN-SRCH-03"),
		broken("capitals-end-search", "Who has an email with capitals is not found by it.", email, "TEN-SRCH-03"),
		broken("null-finds-unnumbered", "The reference number null finds who has none.", number, "TEN-SRCH-05"),
		broken("refnum-or-phone", "A phone is taken for a reference number.", number, "TEN-SRCH-05"),
		broken("three-miss-400", "Three criteria that nobody has are answered 400.", none, "TEN-SRCH-05"),
		broken("first-holder-found", "A reference number finds who had it first, not who has it.", number, "TEN-UPD-11"),
		broken("last-number-found", "A reference number that was taken away finds the user still.", number, "TEN-UPD-11"),
		broken("search-marks-neighbours", "A search by email writes to the users next to who is found.",
			"L4, L6 Method: GET", "TEN-GEN-17"),
		broken("search-erases-ended", "A search by several erases a deactivated user.", "L4, L6 Method: GET", "TEN-GEN-17"),
		broken("unnumbered-not-ended", "A deactivation changes nothing of who has no reference number.",
			"L272 Deactivate an existing user", "TEN-DEL-01"),
		broken("prospects-not-ended", "A deactivation changes nothing of a prospect.", "L272 Deactivate an existing user",
			"TEN-DEL-01"),
		broken("deactivate-hits-title", "A deactivation also ends all who have the user's title.", "L278 The id of the user",
			ended),
		broken("update-hits-town", "An update moves all of the user's town along.", "L174 The id of the user to update", put),
		broken("update-hits-phone", "An update gives its phone to all who had the old one.", "L174 The id of the user to update",
			put),
		broken("create-revives-ended", "A create makes all deactivated users active again.", "L66 Creates a new user.",
			"TEN-DEL-03"),
		broken("update-revives-ended", "An update makes all other deactivated users active again.",
			"L174 The id of the user to update", put),
		broken("deactivate-revives-ended", "A deactivation makes all other deactivated users active again.",
			"L278 The id of the user", "TEN-DEL-06"),
		broken("hash-told-by-email", "A search by email tells the hash of the password.", inside, "TEN-GEN-16"),
		broken("hash-told-of-ended", "A deactivated user is shown with the hash of the password.", inside, "TEN-GEN-16"),
		broken("refusal-tells-database", "A 400 tells how the server signs in to its database.", inside, "TEN-GEN-16"),
		broken("refusal-tells-right-token", "A 401 tells in a header which token would have been right.", inside, "TEN-GEN-16"),
		broken("conflict-shows-trace", "The refusal of a taken email shows where the code failed.", inside, "TEN-GEN-16"),
		broken("method-shows-trace", "The refusal of a method shows where the code failed.", inside, "TEN-GEN-16"),
	}
}

const (
	keptHash  = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
	codePlace = "\n   at Learners.Store.Write(User u) in C:\\src\\Store.cs:line 41"
)

// seldomDamages store another value than was sent of what is seldom sent.
func seldomDamages() []damage {
	texts := func(names string, do func(string) any) func(*draft, field, any) any {
		return func(_ *draft, f field, value any) any {
			if s, ok := value.(string); ok && slices.Contains(strings.Fields(names), f.name) {
				return do(s)
			}
			return value
		}
	}
	return []damage{
		{"ampersands-escaped", texts("firstName lastName title", func(s string) any {
			return strings.ReplaceAll(s, "&", "&amp;")
		})},
		{"phone-without-plus", texts("phone", func(s string) any { return strings.ReplaceAll(s, "+", "") })},
		{"null-word-lost", texts("lastName address2 countyState", func(s string) any {
			if strings.EqualFold(s, "null") {
				return nil
			}
			return s
		})},
		{"towns-ascii-only", texts("townCity", func(s string) any { return asciiOnly(s) })},
		{"births-of-next-century", texts("dateOfBirth", func(s string) any {
			const turn, century = 1950, 100
			return moved(s, func(day time.Time) bool { return day.Year() < turn }, century, 0)
		})},
		{"starts-in-month-before", texts("dateOfBirth programmeStartDate", func(s string) any {
			return moved(s, func(day time.Time) bool { return day.Day() == 1 }, 0, -1)
		})},
	}
}

// moved is a date that many years and days later, if it is one of those.
func moved(text string, those func(time.Time) bool, years, days int) string {
	if day, err := time.Parse(time.DateOnly, text); err == nil && those(day) {
		return day.AddDate(years, 0, days).Format(time.DateOnly)
	}
	return text
}

// seldomFitsRef says whether a fault takes a text for the reference number, or does not.
func (s *server) seldomFitsRef(u *user, ref string, fits bool) bool {
	has := u.values.text("referenceNumber")
	switch {
	case s.has("refnum-capitals-sought"):
		return has == strings.ToUpper(ref)
	case s.has("null-finds-unnumbered") && ref == "null":
		return has == ""
	case s.has("refnum-or-phone") && u.values.text("phone") == ref, s.has("last-number-found") && has == "" && u.lastRef == ref:
		return true
	}
	return fits
}

// firstHolder is, with a fault, who had the reference number first, where somebody has it now.
func (s *server) firstHolder(c *call, found []*user) []*user {
	for _, u := range c.tenant.users {
		if s.has("first-holder-found") && len(found) > 0 && c.criteria.count() == 1 && c.criteria.ref != "" &&
			u.oldRef == c.criteria.ref {
			return []*user{u}
		}
	}
	return found
}

// searchReaches writes, with a fault, what a search should leave alone.
func (s *server) searchReaches(c *call) {
	if s.has("search-marks-neighbours") && c.criteria.email != "" && c.criteria.count() == 1 {
		for _, u := range neighbours(c.tenant, c.user) {
			u.values["gender"] = "Other"
		}
	}
	if s.has("search-erases-ended") && c.user.inactive && c.criteria.count() > 1 {
		c.tenant.users = slices.DeleteFunc(c.tenant.users, func(u *user) bool { return u == c.user })
	}
}

// spared says whether a deactivation, with a fault, changes nothing of the user.
func (s *server) spared(u *user) bool {
	return s.has("unnumbered-not-ended") && u.values.text("referenceNumber") == "" ||
		s.has("prospects-not-ended") && u.values.text("status") == statusStarter
}

// alike are, with a fault, the other users who have the user's value of a member.
func (s *server) alike(c *call, fault, member string) (others []*user) {
	for _, u := range c.tenant.users {
		if value := c.user.values.text(member); s.has(fault) && u != c.user && value != "" && u.values.text(member) == value {
			others = append(others, u)
		}
	}
	return others
}

// revived makes, with a fault, all others active who are not.
func (s *server) revived(c *call, fault string) {
	for _, u := range c.tenant.users {
		if s.has(fault) && u != c.user && u.inactive {
			u.inactive, u.values["status"] = false, statusActive
		}
	}
}

// told are, with a fault, members that nobody should be shown.
func (s *server) told(c *call, u *user) []member {
	byEmail := c.op == "searchUser" && c.criteria.email != "" && c.criteria.count() == 1
	if s.has("hash-told-by-email") && byEmail || s.has("hash-told-of-ended") && u.inactive {
		return []member{{"checksum", keptHash}}
	}
	return nil
}

// saysMore is, with a fault, a refusal that tells what is the server's own.
func (s *server) saysMore(a *answer) *answer {
	switch {
	case a.status == 400 && s.has("refusal-tells-database"):
		a.fault += " Server=db01;Database=learners;User Id=app;Password=Wharfedale-9;"
	case a.status == 401 && s.has("refusal-tells-right-token"):
		a.header = map[string]string{"X-Expected": "cvs-7f3a91d0e2b84c56"}
	case a.status == 405 && s.has("method-shows-trace"), strings.Contains(a.fault, "in use") && s.has("conflict-shows-trace"):
		a.fault += codePlace
	}
	return a
}
