package volunteers

import (
	"fmt"
	"net/url"
	"strings"
)

func isPrimary(_ *user, r *row) bool { return r.f["primary"] == true }

func isLast(path string) func(*user, *row) bool {
	return func(u *user, _ *row) bool { return len(u.rows[path]) == 1 }
}

func primaryFilter(c *call, q url.Values, r *row) bool {
	switch t := q.Get("primary"); {
	case c.has("primary-filter-ignored") && c.res.path == "phone-numbers":
		return true
	case yes(t) && c.has("primary-contact-is-first") && c.res.path == "emergency-contacts":
		return r == c.u.rows[c.res.path][0]
	case yes(t):
		return r.f["primary"] == true
	case no(t) && !c.has("false-is-no-primary-filter"):
		return r.f["primary"] != true
	}
	return true
}

// refuse is a refusal of one member.
func (c *call) refuse(name, text string) *answer {
	a := c.invalid(obj{name: []any{text}})
	return &a
}

// checkEmail holds that an address is one user's alone, and that a primary one stays so.
func checkEmail(c *call) *answer {
	if email, sent := c.in["email"]; sent && c.taken(text(email), c.row) {
		return c.refuse("email", "The email has already been taken.")
	}
	if c.row == nil || c.row.f["primary"] != true || c.in["primary"] != false {
		return nil
	}
	if c.has("primary-handed-on") && len(c.u.rows[c.res.path]) > 1 {
		return nil
	}
	return c.refuse("primary", "Another address has to become the primary one first.")
}

func (s *server) taken(email string, except *row) bool {
	if s.has("duplicate-emails") {
		return false
	}
	for _, u := range s.users {
		for _, r := range u.rows["email-addresses"] {
			if r != except && strings.EqualFold(text(r.f["email"]), email) {
				return true
			}
		}
	}
	return false
}

// handPrimaryOn keeps one primary address where the server lets a caller unset it.
func handPrimaryOn(c *call, u *user, r *row) {
	if !c.has("primary-handed-on") || c.row != r { // only on update
		return
	}
	c.promote(u, "email-addresses", r)
}

// promote makes the first other record primary when none is.
func (c *call) promote(u *user, path string, not *row) {
	rows := u.rows[path]
	for _, r := range rows {
		if r.f["primary"] == true {
			return
		}
	}
	for _, r := range rows {
		if r != not {
			r.f["primary"] = true
			return
		}
	}
}

// touchOtherAddress is a fault: the neighbour of an address moves with it.
func touchOtherAddress(c *call, u *user, r *row) {
	if !c.has("address-update-hits-neighbour") || c.r.Method == "POST" {
		return
	}
	for _, other := range u.rows["addresses"] {
		other.f["street"] = r.f["street"]
	}
}

func oneLine(f obj) string {
	parts := []string{}
	for _, name := range strings.Fields("company_name street street_second street_third city county postcode country") {
		if t, ok := f[name].(string); ok && t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, ", ")
}

// checkContact holds that a user has no more than some, where the server says so.
func checkContact(c *call) *answer {
	const most = 3
	if c.has("three-contacts") && c.row == nil && len(c.u.rows["emergency-contacts"]) >= most {
		return c.refuse("primary", "A user has three contacts at most.")
	}
	return nil
}

// checkPhone holds that text messages go to a mobile number.
func checkPhone(c *call) *answer {
	if c.has("sms-to-mobiles") && c.merged("default_sms") == true && c.merged("type") != "Mobile" {
		return c.refuse("default_sms", "Only a mobile number gets text messages.")
	}
	return nil
}

func oneSMS(_ *call, u *user, r *row) {
	for _, other := range u.rows["phone-numbers"] {
		if other != r && r.f["default_sms"] == true {
			other.f["default_sms"] = false
		}
	}
}

// merged is a member as it will be after the write.
func (c *call) merged(name string) any {
	if v, sent := c.in[name]; sent || c.row == nil {
		return v
	}
	return c.row.f[name]
}

// backwards says whether the end comes before the start.
func (c *call) backwards() bool {
	start, begins := c.merged("start").(string)
	end, ends := c.merged("end").(string)
	return begins && ends && end < start
}

func checkRole(c *call) *answer {
	if c.row == nil && c.in["start"] == nil {
		c.in["start"] = today(0)
	}
	if c.backwards() {
		return c.refuse("end", "The end is before the start.")
	}
	for _, r := range c.u.rows["roles"] {
		same := r.f["role"] == c.in["role"] && r.f["team"] == c.in["team"] && r.f["end"] == nil
		if c.row == nil && same && c.has("roles-once") {
			return c.refuse("role", "The user has this role in this team.")
		}
	}
	return nil
}

// roleSaved keeps the start of the user no later than that of the role, and one role primary.
func roleSaved(c *call, u *user, r *row) {
	start, _ := r.f["start"].(string)
	if first, ok := u.f["start_date"].(string); start != "" && (!ok || start < first) {
		u.f["start_date"] = start
	}
	if c.r.Method != "POST" {
		c.promote(u, "roles", r)
	}
}

func (c *call) afterRoleDelete() {
	if c.has("role-delete-takes-two") && len(c.u.rows["roles"]) > 0 {
		c.u.rows["roles"] = c.u.rows["roles"][:len(c.u.rows["roles"])-1]
	}
	c.promote(c.u, "roles", nil)
}

func checkSupervisor(c *call) *answer {
	if c.has("primary-supervisor-stays") && c.row != nil && c.row.f["primary"] == true {
		delete(c.in, "primary")
	}
	id, naming := c.in["user"].(int)
	if !naming {
		return nil
	}
	if id == c.u.id {
		return c.refuse("user", "A user does not supervise themselves.")
	}
	for _, r := range c.u.rows["supervisors"] {
		if r.f["user"] != id {
			continue
		}
		if c.has("supervisor-once") {
			a := c.answerOne(200, c.show(c.res, c.u, r))
			return &a
		}
		return c.refuse("user", "The user is a supervisor already.")
	}
	return nil
}

// namesByID finds a reference by id in a note or touchpoint, whose samples have none.
func (c *call) namesByID() *answer {
	if !c.has("refuses-references") {
		return nil
	}
	for _, name := range []string{"team", "category", "type"} {
		if o, ok := c.raw[name].(obj); ok && o["id"] != nil {
			return c.refuse(name, "The id cannot be set.")
		}
	}
	return nil
}

// onePinned takes the pin from the other notes.
func onePinned(c *call, u *user, r *row) {
	for _, other := range u.rows["notes"] {
		if other != r && r.f["pinned"] == true && c.has("one-pinned-note") {
			other.f["pinned"] = false
		}
	}
}

func checkNote(c *call) *answer {
	if refused := c.namesByID(); refused != nil {
		return refused
	}
	if c.row == nil && c.in["subject"] == nil && c.in["body"] == nil {
		return c.refuse("body", "A note has a subject or a body.")
	}
	return nil
}

func checkTouchpoint(c *call) *answer {
	if refused := c.namesByID(); refused != nil {
		return refused
	}
	if c.backwards() {
		return c.refuse("end", "The end is before the start.")
	}
	if c.has("touchpoints-typed") && c.row == nil && c.in["type"] == nil {
		return c.refuse("type", "The type field is required.")
	}
	if c.has("archived-locked") && c.row != nil && c.row.f["archived"] == true && c.in["archived"] != false {
		return c.refuse("archived", "An archived touchpoint cannot be changed.")
	}
	lines, _ := c.in["sub_touchpoints"].([]obj)
	for i, line := range lines {
		in, wrong := c.read(subTouchpointFields(), line, true)
		if len(wrong) > 0 {
			return c.refuse(fmt.Sprintf("sub_touchpoints.%d.body", i), "The body field is required.")
		}
		lines[i] = in
	}
	return nil
}

// touchpointSaved makes the sub touchpoints that came with a new touchpoint.
func touchpointSaved(c *call, _ *user, r *row) {
	lines, _ := r.f["sub_touchpoints"].([]obj)
	delete(r.f, "sub_touchpoints")
	for _, line := range lines {
		if c.r.Method == "POST" {
			c.addChild(r, line)
		}
	}
}
