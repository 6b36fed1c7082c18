package volunteers

import "rollcall/conformance/internal/independent"

// reachFaults let go what has to stay, and reach records of another kind or of another user.
func reachFaults() []independent.Fault {
	fault := func(name, says, source, breaks string) independent.Fault {
		return independent.Fault{Name: name, Says: says, Source: source, Breaks: []string{breaks}}
	}
	return []independent.Fault{
		fault("second-try-deletes", "What cannot be deleted is deleted when it is tried again.",
			"L664: you cannot delete the last", "VOL-ROLE-32"),
		fault("ended-role-deletable", "The last role association can be deleted when it has ended.",
			"L664: you cannot delete the last", "VOL-ROLE-32"),
		fault("sole-primary-email-deletable", "A primary email address can be deleted when it is the only one.",
			"L767: you cannot delete a primary", "VOL-EMAIL-15"),
		fault("work-address-deletable", "A primary postal address can be deleted when its type is Work.",
			"L948: you cannot delete a primary", "VOL-ADDR-23"),
		fault("role-delete-takes-phones", "The deletion of a role association takes the phone numbers with it.",
			"L663: delete a users role association", "VOL-DOC-deleteUserRole-untouched_neighbours"),
		fault("email-delete-takes-phone", "The deletion of an email address takes a phone number with it.",
			"L766: delete an email address", "VOL-DOC-deleteUserEmail-untouched_neighbours"),
		fault("primary-email-of-all", "A new primary email address is the only primary one of all users.",
			"L701: the users primary", "VOL-EMAIL-16"),
		fault("supervisor-leaves-all", "A supervisor that is removed from a user is removed from every user.",
			"L1285: remove an existing user as a supervisor", "VOL-SUP-15"),
		fault("sms-takes-primary", "A number for texts takes the flag primary from the others.",
			"L1078-1079: two flags", "VOL-PHONE-16"),
		fault("contact-hands-down", "A primary emergency contact that is deleted leaves its relationship to the first.",
			"L1039: delete an emergency contact", "VOL-EMRG-13"),
	}
}

// frees says whether a fault lets go of a record that has to stay.
func (c *call) frees(r *row) bool {
	r.tries++
	switch c.res.path {
	case "roles":
		end, ends := r.f["end"].(string)
		if c.has("ended-role-deletable") && ends && end < today(0) ||
			c.has("role-without-manager-deletable") && r.f["manager"] == nil {
			return true
		}
	case "email-addresses":
		if c.has("sole-primary-email-deletable") && len(c.u.rows[c.res.path]) == 1 ||
			c.has("email-made-primary-deletable") && r.first["primary"] != true {
			return true
		}
	case "addresses":
		if c.has("work-address-deletable") && r.f["type"] == "Work" {
			return true
		}
	}
	return c.has("second-try-deletes") && r.tries > 1
}

// reach is what the faults make of other records when one was written, or was deleted.
func (c *call) reach(r *row) {
	deleted, kind := c.r.Method == "DELETE", c.res.path
	switch {
	case c.has("role-delete-takes-phones") && deleted && kind == "roles":
		c.u.rows["phone-numbers"] = nil
	case c.has("email-delete-takes-phone") && deleted && kind == "email-addresses":
		if phones := c.u.rows["phone-numbers"]; len(phones) > 0 {
			c.u.rows["phone-numbers"] = phones[1:]
		}
	case c.has("contact-hands-down") && deleted && kind == "emergency-contacts" && r.f["primary"] == true:
		if rows := c.u.rows[kind]; len(rows) > 0 {
			rows[0].f["relationship"] = r.f["relationship"]
		}
	case c.has("sms-takes-primary") && !deleted && kind == "phone-numbers" && r.f["default_sms"] == true:
		for _, other := range c.u.rows[kind] {
			if other != r {
				other.f["primary"] = false
			}
		}
	}
	for _, u := range c.users {
		for i := len(u.rows[kind]) - 1; i >= 0; i-- {
			other := u.rows[kind][i]
			switch {
			case other == r:
			case c.has("primary-email-of-all") && kind == "email-addresses" && !deleted && r.f["primary"] == true:
				other.f["primary"] = false
			case c.has("supervisor-leaves-all") && kind == "supervisors" && deleted && other.f["user"] == r.f["user"]:
				u.rows[kind] = append(u.rows[kind][:i:i], u.rows[kind][i+1:]...)
			}
		}
	}
}
