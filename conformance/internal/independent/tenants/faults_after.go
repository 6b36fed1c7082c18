package tenants

import (
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// afterFaults are those that show in what comes after (a second deactivation, a way back, a change of two members), beside
// another criterion, and in users and values that are seldom looked for.
func afterFaults() []independent.Fault {
	const end, find, both = "L272 Deactivate an existing user", "L4 Get specific user", "L4 and/or"
	return []independent.Fault{
		broken("tokens-without-last-sign", "The last sign of a token is not looked at.", "L17 | 401 | Unauthorised",
			"TEN-GEN-02"),
		broken("second-end-revives", "A second deactivation makes the user active again.", end, "TEN-DEL-03"),
		broken("search-revives-ended", "A search by email makes a deactivated user active again.", "L4, L6 Method: GET",
			"TEN-GEN-17"),
		broken("others-sign-in-stay", "A deactivation changes nothing of who signs in elsewhere.", end, "TEN-DEL-01"),
		broken("updated-twice-stay", "A deactivation changes nothing of who was updated twice.", end, "TEN-DEL-01"),
		broken("unnumbered-not-found", "Who has no reference number is not found.", find, "TEN-CRT-04"),
		broken("updated-found-abroad", "Who was updated is found in all tenants.", "L9 The name of the tenant", "TEN-GEN-18"),
		broken("ended-found-abroad", "Who was deactivated is found in all tenants.", "L9 The name of the tenant", "TEN-GEN-18"),
		broken("empty-email-finds", "With an empty email whatever else is sought counts for nothing.", find, "TEN-SRCH-05"),
		broken("ended-by-either", "A deactivated user is found by any of two criteria.", both, "TEN-SRCH-08"),
		broken("three-forgive-id", "Beside both others a userId that is none is passed over.", "L16 | 400 | Invalid input",
			"TEN-SRCH-06"),
		broken("last-sign-of-id", "What follows the digits of a userId as its type is passed over.", "L16 | 400 | Invalid input",
			"TEN-SRCH-06"),
		broken("first-number-lost", "Who has the first reference number again is not found by it.",
			"L168 Updates an existing user.", "TEN-UPD-11"),
		broken("number-lost-with-email", "Who was given another number and email at once is not found by the number.",
			"L168 Updates an existing user.", "TEN-UPD-11"),
		broken("refnum-begins-beside", "Beside another criterion the beginning of a reference number is enough.",
			"L11 The reference number", "TEN-SRCH-13"),
		broken("home-beside-number", "Beside a reference number the personal email finds the user.", "L12 The email address",
			"TEN-SRCH-05"),
		broken("ascii-emails-sought", "An email with other letters than those of ASCII finds nobody.", "L12 The email address",
			"TEN-SRCH-03"),
		broken("capitals-kept-exact", "An email that has capitals is found with them alone.", "L12 The email address",
			"TEN-SRCH-12"),
	}
}

// shortened is, with a fault, the token of a text but for the last sign.
func (s *server) shortened(given string) (token, bool) {
	for whole, t := range tokens() {
		if len(given) == len(whole) && given[:len(given)-1] == whole[:len(whole)-1] {
			return t, true
		}
	}
	return token{}, false
}

// fitsAfter says what the faults make of whether a user fits the criteria.
func (s *server) fitsAfter(u *user, k criteria, fits bool) bool {
	number, email := u.values.text("referenceNumber"), u.values.text("email")
	beside := func(fault string) bool { return s.has(fault) && k.count() > 1 }
	ref := k.ref == "" || number == k.ref
	switch {
	case s.has("unnumbered-not-found") && number == "",
		s.has("first-number-lost") && k.ref != "" && k.ref == u.oldRef && u.lastRef != "",
		s.has("number-lost-with-email") && k.ref != "" && u.both,
		s.has("ascii-emails-sought") && asciiOnly(k.email) != strings.ReplaceAll(k.email, "'", ""),
		s.has("capitals-kept-exact") && k.email != "" && email != lower(email) && email != k.email:
		return false
	case beside("ended-by-either") && u.inactive:
		return k.hasID && u.id == k.id || k.ref != "" && ref || k.email != "" && strings.EqualFold(email, k.email)
	case beside("refnum-begins-beside") && k.ref != "" && strings.HasPrefix(number, k.ref):
		return (!k.hasID || u.id == k.id) && (k.email == "" || s.fitsEmail(u, k.email))
	case beside("home-beside-number") && k.ref != "" && u.values.text("personalEmail") == k.email:
		return ref && (!k.hasID || u.id == k.id)
	}
	return fits
}

// foundAbroad are, with a fault, users of other tenants.
func (s *server) foundAbroad(t *tenant) (all []*user) {
	for _, other := range s.tenants {
		for _, u := range other.users {
			if other != t && (s.has("updated-found-abroad") && u.updates > 0 || s.has("ended-found-abroad") && u.inactive) {
				all = append(all, u)
			}
		}
	}
	return all
}

// revives makes, with a fault, who is found by email, or is ended once more, active again.
func (s *server) revives(c *call, fault string) bool {
	is := s.has(fault) && c.user.inactive && (c.op != "searchUser" || c.criteria.email != "" && c.criteria.count() == 1)
	if is {
		c.user.inactive, c.user.values["status"] = false, statusActive
	}
	return is
}

// stays says whether a deactivation, with a fault, changes nothing of the user.
func (s *server) stays(u *user) bool {
	elsewhere := !slices.Contains([]string{"", "Standard"}, u.values.text("authenticationType"))
	return s.has("others-sign-in-stay") && elsewhere || s.has("updated-twice-stay") && u.updates > 1
}
