package volunteers

// welcome makes what the server makes for a new user by itself.
func (c *call) welcome(u *user) {
	name := text(u.f["username"])
	for habit, made := range map[string]struct {
		path string
		body obj
	}{
		"welcomed-by-a-note": {"notes", obj{"subject": "Joined", "body": "Joined today"}},
		"welcomed-by-a-visit": {"touchpoints", obj{"subject": "Joined", "body": "Joined today", "start": today(0),
			"end": today(0)}},
		"managers-supervise": {"supervisors", obj{"user": manager(u), "primary": false}},
		"office-address": {"addresses", obj{"type": "Work", "primary": false, "street": "1 Office Row", "city": "Barrow",
			"postcode": "LA14 1AA", "country": "United Kingdom"}},
		"office-phone": {"phone-numbers", obj{"phone_number": "+441632960999", "type": "Work", "primary": false,
			"default_sms": false}},
		"office-email": {"email-addresses", obj{"email": name + "@office.example.org",
			"primary": len(u.rows["email-addresses"]) == 0}},
		"duty-desk": {"emergency-contacts", obj{"first_name": "Duty", "last_name": "Desk", "contact_number": "+441632960998",
			"relationship": "Other", "primary": false}},
	} {
		if res := resourceOf(made.path); c.has(habit) && (made.path != "supervisors" || made.body["user"] != nil) {
			c.add(u, res, complete(res.fields, made.body))
		}
	}
}

// manager is that of the first role of a user, nil where there is none.
func manager(u *user) any {
	for _, r := range u.rows["roles"] {
		return r.f["manager"]
	}
	return nil
}

func resourceOf(path string) *resource {
	list := resources()
	for i := range list {
		if list[i].path == path {
			return &list[i]
		}
	}
	return nil
}
