package tenants

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// rule is one check of a draft. It holds only with the habit `when`, if one is named, and
// not with the habit `unless`; other habits may change its status, which is 400.
type rule struct {
	when, unless string
	status       map[string]int
	unique       bool // compares with the other users
	check        func(*draft) string
}

func conflict() map[string]int {
	return map[string]int{"conflict-409": 409}
}

func rules() []rule {
	return []rule{
		{unless: "nothing-required", check: need("firstName", "lastName", "email")},
		{when: "group-required", check: need("groupId")},
		{when: "phone-required", check: need("phone")},
		{when: "preferred-name-required", check: need("preferredName")},
		{when: "username-required", check: need("username")},
		{when: "create-names-all", check: drawn(creating, false)},
		{when: "create-fills-all", check: drawn(creating, true)},
		{when: "update-names-all", check: drawn(updating, false)},
		{when: "update-fills-all", check: drawn(updating, true)},
		{when: "blank-names-refused", check: noBlankNames},
		{unless: "generous-names", check: shortNames},
		{when: "lengths-limited", check: shortTexts},
		{unless: "email-unchecked", check: emailForm},
		{unless: "dates-unchecked", check: realDays},
		{when: "leap-day-refused", check: func(d *draft) string {
			if strings.HasSuffix(d.values.text("dateOfBirth"), "-02-29") {
				return "dateOfBirth is no date."
			}
			return ""
		}},
		{when: "birth-in-past", check: birthInPast},
		{when: "phone-checked", check: form("phone", regexp.MustCompile(`^[+0-9() -]{7,24}$`))},
		{when: "refnum-plain", check: form("referenceNumber", regexp.MustCompile(`^[A-Za-z0-9-]*$`))},
		{when: "births-settled", check: settledBirth},
		{when: "refnum-settled", check: settledNumber},
		{when: "username-plain", check: form("username", regexp.MustCompile(`^[A-Za-z0-9._]*$`))},
		{when: "postcode-checked", check: form("postCode", regexp.MustCompile(`^(?i)[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$`))},
		{when: "status-known", check: oneOf("status", statusActive, statusEnded, statusOther, statusStarter, "Expired")},
		{when: "gender-known", check: oneOf("gender", "Female", "Male", "Other", "Prefer not to say")},
		{when: "authentication-known", check: oneOf("authenticationType", "Standard", "Saml")},
		{when: "hours-in-range", check: hoursInRange},
		{unless: "dead-references-taken", status: map[string]int{"dead-references-422": 422}, check: liveReferences},
		{when: "address-of-employer", check: addressOfEmployer},
		{unless: "email-shared", status: conflict(), unique: true, check: free("email")},
		{unless: "username-shared", status: conflict(), unique: true, check: free("username")},
		{when: "person-unique", status: conflict(), unique: true, check: freePerson},
		{when: "refnum-unique", status: conflict(), unique: true, check: free("referenceNumber")},
	}
}

// check holds the draft to the rules in their order.
func (d *draft) check(c *call) *answer {
	ordered := slices.Clone(rules())
	if d.s.has("duplicates-first") {
		slices.SortStableFunc(ordered, func(a, b rule) int {
			switch {
			case a.unique == b.unique:
				return 0
			case a.unique:
				return -1
			}
			return 1
		})
	}
	for _, r := range ordered {
		if r.when != "" && !d.s.has(r.when) || r.unless != "" && d.s.has(r.unless) {
			continue
		}
		if says := r.check(d); says != "" {
			return d.s.fail(pick(d.s, d.s.invalidStatus(c), r.status), says)
		}
	}
	return nil
}

func need(names ...string) func(*draft) string {
	return func(d *draft) string {
		for _, name := range names {
			if value := d.values[name]; value == nil || value == "" {
				return name + " is needed."
			}
		}
		return ""
	}
}

func creating(d *draft) bool { return d.user == nil }
func updating(d *draft) bool { return d.user != nil }

// drawn wants the whole body as the documents draw it, with values in it or at least named.
func drawn(applies func(*draft) bool, filled bool) func(*draft) string {
	return func(d *draft) string {
		for _, f := range fields() {
			if value, named := d.sent[f.name]; applies(d) && (!named || filled && value == nil) {
				return f.name + " is missing."
			}
		}
		return ""
	}
}

func noBlankNames(d *draft) string {
	for _, name := range []string{"firstName", "lastName"} {
		if s := d.values.text(name); s != "" && strings.TrimSpace(s) == "" {
			return name + " is blank."
		}
	}
	return ""
}

func shortNames(d *draft) string {
	for _, f := range fields()[:2] {
		if utf8.RuneCountInString(d.values.text(f.name)) > f.limit {
			return f.name + " is too long."
		}
	}
	return ""
}

// shortTexts leaves the two names to their own rule.
func shortTexts(d *draft) string {
	for _, f := range fields()[2:] {
		if f.limit > 0 && utf8.RuneCountInString(d.values.text(f.name)) > f.limit {
			return f.name + " is too long."
		}
	}
	return ""
}

func emailForm(d *draft) string {
	for _, name := range []string{"email", "personalEmail", "managerEmail"} {
		given := d.values.text(name)
		parsed, err := mail.ParseAddress(given)
		if given != "" && (err != nil || parsed.Address != given) {
			return name + " is not an e-mail address."
		}
	}
	return ""
}

func realDays(d *draft) string {
	for _, f := range fields() {
		given := d.values.text(f.name)
		if f.kind != date || given == "" {
			continue
		}
		if _, ok := d.s.parseDay(given); !ok {
			return f.name + " is not a date."
		}
	}
	return ""
}

func birthInPast(d *draft) string {
	if day, ok := d.s.parseDay(d.values.text("dateOfBirth")); ok && day.After(time.Now()) {
		return "dateOfBirth is in the future."
	}
	return ""
}

func settledBirth(d *draft) string {
	if d.user == nil || d.user.values.text("dateOfBirth") == "" {
		return ""
	}
	was, _ := d.s.parseDay(d.user.values.text("dateOfBirth"))
	if now, ok := d.s.parseDay(d.values.text("dateOfBirth")); !ok || !now.Equal(was) {
		return "dateOfBirth is settled."
	}
	return ""
}

func settledNumber(d *draft) string {
	if d.user == nil || d.user.values.text("referenceNumber") == "" ||
		d.user.values.text("referenceNumber") == d.values.text("referenceNumber") {
		return ""
	}
	return "referenceNumber is settled."
}

func form(name string, shape *regexp.Regexp) func(*draft) string {
	return func(d *draft) string {
		if given := strings.TrimSpace(d.values.text(name)); given != "" && !shape.MatchString(given) {
			return name + " does not look right."
		}
		return ""
	}
}

func oneOf(name string, words ...string) func(*draft) string {
	return func(d *draft) string {
		if given := d.values.text(name); given != "" && !slices.Contains(words, given) {
			return name + " is not one of: " + strings.Join(words, ", ")
		}
		return ""
	}
}

func hoursInRange(d *draft) string {
	weekly, planned := d.values.number("weeklyHours"), d.values.number("plannedHours")
	if weekly < 0 || weekly > 168 || planned < 0 || planned > 20000 {
		return "The hours are out of range."
	}
	return ""
}

func liveReferences(d *draft) string {
	for _, f := range fields() {
		if d.values[f.name] == nil || f.kind != reference {
			continue
		}
		if _, found := d.tenant.refs[f.name][d.values.number(f.name)]; !found {
			return f.name + " names no record."
		}
	}
	return ""
}

func addressOfEmployer(d *draft) string {
	employer, home := d.values.number("employerId"), d.values.number("employerAddressId")
	if employer != 0 && home != 0 && d.tenant.homes[home] != employer {
		return "The address is another employer's."
	}
	return ""
}

// free refuses what another user of the tenant has, whatever the letter case.
func free(name string) func(*draft) string {
	return func(d *draft) string {
		given := d.values.text(name)
		for _, u := range d.tenant.users {
			if u != d.user && given != "" && strings.EqualFold(u.values.text(name), given) {
				return name + " is in use."
			}
		}
		return ""
	}
}

// freePerson takes two people of one name who were born on one day for one.
func freePerson(d *draft) string {
	for _, u := range d.tenant.users {
		same := d.user == nil && !u.inactive
		for _, name := range []string{"firstName", "lastName", "dateOfBirth"} {
			same = same && strings.EqualFold(u.values.text(name), d.values.text(name))
		}
		if same {
			return "This person is there already."
		}
	}
	return ""
}
