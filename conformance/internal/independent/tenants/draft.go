package tenants

import (
	"regexp"
	"strings"
	"time"
)

// draft is a user on its way into the store: what was sent, held to the rules.
type draft struct {
	s      *server
	tenant *tenant
	user   *user // the one that is updated, nil on create
	sent   values
	values values
}

// fill takes over what was sent, checks it and works out the computed members.
func (d *draft) fill(c *call) *answer {
	for _, f := range fields() {
		if value, given := d.sent[f.name]; given {
			d.set(f, value)
		}
	}
	if early := d.check(c); early != nil {
		return early
	}
	d.settleStatus()
	d.settleUsername()
	d.settleDates()
	d.settleOwner()
	d.settleManager()
	return nil
}

func (d *draft) set(f field, value any) {
	if s, ok := value.(string); ok {
		value = d.tidy(f, s)
	}
	value = d.mangle(f, value)
	none := value == nil || value == 0 && f.kind == reference && d.s.has("zero-numbers")
	if none {
		delete(d.values, f.name)
		return
	}
	d.values[f.name] = value
}

func (d *draft) tidy(f field, s string) string {
	if d.s.has("trims-blanks") {
		s = strings.TrimSpace(s)
	}
	if f.name == "referenceNumber" && d.s.has("refnum-capitals") {
		s = strings.ToUpper(s)
	}
	if f.name == "email" && d.s.has("email-lowered") {
		s = lower(s)
	}
	if national := trunk().ReplaceAllString(s, ""); f.name == "phone" && d.s.has("phone-international") && national != s {
		s = "+44" + strings.ReplaceAll(national, " ", "")
	}
	code := strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	if f.name == "postCode" && d.s.has("postcode-formed") && len(code) > 4 {
		s = code[:len(code)-3] + " " + code[len(code)-3:]
	}
	return s
}

// trunk is how a British number begins at home.
func trunk() *regexp.Regexp { return regexp.MustCompile(`^0`) }

// settleStatus keeps the old status where none is sent, for a status is never unset.
func (d *draft) settleStatus() {
	old := pick(d.s, statusActive, map[string]string{"starts-as-prospect": statusStarter})
	if d.user != nil && d.user.values.text("status") != "" {
		old = d.user.values.text("status")
	}
	if d.values.text("status") == "" || d.s.has("status-not-writable") {
		d.values["status"] = old
	}
}

func (d *draft) settleUsername() {
	email := d.values.text("email")
	if home := d.values.text("personalEmail"); home != "" && d.s.has("username-of-home") {
		email = home
	}
	if d.values.text("username") == "" && email != "" && !d.s.has("username-not-defaulted") {
		d.values["username"] = email
	}
}

// settleDates keeps one spelling of each day, whatever the spelling was that came in.
func (d *draft) settleDates() {
	for _, f := range fields() {
		if day, ok := d.s.parseDay(d.values.text(f.name)); ok && f.kind == date {
			d.values[f.name] = day.Format(time.DateOnly)
		}
	}
}

func (s *server) dayLayouts() []string {
	local := pick(s, "02/01/2006", map[string]string{"dates-american": "01/02/2006"})
	return []string{time.DateOnly, "2006-01-02T15:04:05", time.RFC3339Nano, local}
}

func (s *server) parseDay(text string) (time.Time, bool) {
	for _, layout := range s.dayLayouts() {
		if day, err := time.Parse(layout, text); err == nil {
			return day, true
		}
	}
	return time.Time{}, false
}

// settleOwner takes the case owner's names from the account that caseOwnerId names.
func (d *draft) settleOwner() {
	owner, found := d.tenant.refs["caseOwnerId"][d.values.number("caseOwnerId")]
	if found && !d.s.has("owner-names-as-sent") {
		d.values["caseOwnerFirstName"], d.values["caseOwnerLastName"] = owner.first, owner.last
	}
	if !found && d.leaves("caseOwnerId") {
		d.drop("caseOwnerFirstName", "caseOwnerLastName")
	}
}

// leaves says whether a reference was taken away, so that its details must not stay behind.
func (d *draft) leaves(name string) bool {
	value, given := d.sent[name]
	return given && (value == nil || value == 0)
}

// drop unsets members, but for those that were sent along.
func (d *draft) drop(names ...string) {
	for _, name := range names {
		if _, given := d.sent[name]; !given {
			delete(d.values, name)
		}
	}
}

func managerDetails() []string {
	return []string{"managerFirstName", "managerLastName", "managerEmail", "managerPhone"}
}

// settleManager takes the manager's details from managerId; without one they stay as sent.
func (d *draft) settleManager() {
	managers := d.tenant.refs["managerId"]
	if d.s.has("manager-found-by-email") && d.values["managerId"] == nil {
		for id, m := range managers {
			if strings.EqualFold(m.email, d.values.text("managerEmail")) {
				d.values["managerId"] = id
			}
		}
	}
	m, found := managers[d.values.number("managerId")]
	if !found && d.leaves("managerId") {
		d.drop(managerDetails()...)
	}
	for i, name := range managerDetails() {
		switch {
		case found:
			d.values[name] = []string{m.first, m.last, m.email, m.phone}[i]
		case d.s.has("manager-details-dropped"):
			delete(d.values, name)
		}
	}
}
