package tenants

import (
	"maps"
	"net/http"
	"slices"

	"rollcall/conformance/internal/independent"
)

// togetherFaults are those that show where criteria come together, where one member changes alone,
// and in users who have something in common with the one that is written.
func togetherFaults() []independent.Fault {
	const both, other = "L4 and/or", "L174 The id of the user to update"
	const rest, beside = "L168 Updates an existing user.", "TEN-DOC-updateUser-untouched_neighbours"
	return []independent.Fault{
		broken("two-need-no-token", "A search by reference number and email needs no token.", "L17 | 401 | Unauthorised",
			"TEN-GEN-01"),
		broken("two-need-no-rights", "A search by reference number and email needs no rights.", "L18 | 403 | Permission denied",
			"TEN-GEN-03"),
		broken("two-find-abroad", "A search by reference number and email finds users of all tenants.",
			"L9 The name of the tenant", "TEN-GEN-18", "TEN-SRCH-16"),
		broken("old-number-beside-others", "Beside another criterion the first reference number still finds the user.", both,
			"TEN-UPD-11"),
		broken("two-show-no-end", "A search by two criteria shows a deactivated user as before.",
			"L272 Deactivate an existing user", "TEN-DEL-03"),
		broken("nameless-by-email", "A deactivated user who is found by email has no name.",
			"L272 Deactivate an existing user", "TEN-DEL-10"),
		broken("email-clears-home", "With another email the personal one is gone.", rest, "TEN-UPD-06"),
		broken("name-clears-preferred", "With another first name the preferred one is gone.", rest, "TEN-UPD-06"),
		broken("birth-moves-start", "With another date of birth the programme starts on that day.", rest, "TEN-UPD-06"),
		broken("level-clears-other", "With another level of an assessment the other's is gone.", rest, "TEN-UPD-06"),
		broken("number-lost-beside-email", "With another email the new reference number is answered, and not kept.", rest,
			"TEN-UPD-01"),
		broken("left-out-as-before", "A level that an update leaves out is answered as before, and not kept.", rest,
			"TEN-UPD-01"),
		broken("update-hits-group", "An update gives its start to all of the group.", other, beside),
		broken("update-hits-namesakes", "An update gives its address to all of the name.", other, beside),
		broken("update-hits-newest", "An update gives its postcode to the newest user.", other, beside),
		broken("update-takes-number", "An update takes the reference number from whoever had it.", other, beside),
		broken("create-hits-namesakes", "A new user gives the address to all of the names.", "L66 Creates a new user.",
			"TEN-DOC-createUser-untouched_neighbours"),
		broken("update-hits-same-id", "Tenants count by themselves; an update renames whoever has the id elsewhere.",
			"L9 The name of the tenant", "TEN-GEN-18"),
		broken("deactivate-hits-same-id", "Tenants count by themselves; a deactivation ends whoever has the id elsewhere.",
			"L9 The name of the tenant", "TEN-GEN-18"),
		broken("collection-ends-all", "DELETE of all users is answered 405, and deactivates them.", "L168, L272: put and delete",
			"TEN-DOC-createUser-unsupported_method"),
		broken("conflict-and-updated", "An update to a taken email is refused, and keeps all but that.",
			"L222 | 400 | Invalid input", "TEN-UPD-12"),
		broken("dead-reference-and-created", "A create with a reference to nothing is refused, and done.",
			"L119 | 400 | Invalid input", "TEN-CRT-20"),
		broken("abroad-and-updated", "An update by another tenant is answered 403, and done.", "L224 | 403 | Permission denied",
			"TEN-UPD-13"),
		broken("abroad-and-ended", "A deactivation by another tenant is answered 403, and done.",
			"L284 | 403 | Permission denied", "TEN-DEL-08"),
		broken("tenant-by-beginning", "A tenant whose name begins as one's own is one's own.", "L9 The name of the tenant",
			"TEN-GEN-11"),
		broken("long-emails-lost", "An email of more than 60 characters is kept, and finds nobody.", "L12 The email address",
			"TEN-SRCH-03"),
		broken("refnum-without-dashes", "Dashes in a reference number are not looked at.", "L11 The reference number",
			"TEN-SRCH-13"),
		broken("reset-token-told", "A new user's answer has a token to set a password with.", "L122 Response body",
			"TEN-GEN-16"),
		broken("refusal-tells-token", "A refusal for want of rights repeats the token.", "L18 | 403 | Permission denied",
			"TEN-GEN-16"),
	}
}

// asSearched is the user as a search shows it.
func (s *server) asSearched(c *call) *user {
	shown := &user{id: c.user.id, values: c.user.values.clone(), inactive: c.user.inactive, reads: c.user.reads}
	switch {
	case !c.user.inactive:
	case s.has("two-show-no-end") && c.criteria.count() == 2:
		shown.values["status"] = statusActive
	case s.has("nameless-by-email") && c.criteria.email != "":
		delete(shown.values, "lastName")
	}
	return shown
}

// along says, by fault, which member is spoilt when which other one changes.
func along() map[string][2]string {
	return map[string][2]string{
		"email-clears-home": {"email", "personalEmail"}, "name-clears-preferred": {"firstName", "preferredName"},
		"birth-moves-start": {"dateOfBirth", "programmeStartDate"}, "level-clears-other": {"IAMath", "diagMath"},
	}
}

func (d *draft) changes(name string) bool { return d.values.text(name) != d.user.values.text(name) }

// takesMore spoils, with a fault, what an update says nothing new of.
func (s *server) takesMore(d *draft) {
	for _, fault := range slices.Sorted(maps.Keys(along())) {
		changed, spoilt := along()[fault][0], along()[fault][1]
		if !s.has(fault) || !d.changes(changed) || d.changes(spoilt) {
			continue
		}
		delete(d.values, spoilt)
		if fault == "birth-moves-start" {
			d.values[spoilt] = d.values[changed]
		}
	}
}

// keepsLess keeps, with a fault, less than an update is answered with.
func (s *server) keepsLess(c *call, d *draft, kept values) {
	if s.has("number-lost-beside-email") && d.changes("email") {
		kept["referenceNumber"] = c.user.values["referenceNumber"]
	}
	if _, sent := d.sent["diagIct"]; s.has("left-out-as-before") && !sent && c.user.values["diagIct"] != nil {
		d.values["diagIct"] = c.user.values["diagIct"]
		delete(kept, "diagIct")
	}
}

// updateReaches gives, with a fault, what is new of a user to others.
func (s *server) updateReaches(c *call, d *draft) {
	others := slices.DeleteFunc(slices.Clone(c.tenant.users), func(u *user) bool { return u == c.user })
	for i, u := range others {
		switch {
		case s.has("update-hits-group") && d.values["groupId"] != nil && u.values["groupId"] == d.values["groupId"]:
			u.values["programmeStartDate"] = d.values["programmeStartDate"]
		case s.has("update-hits-namesakes") && u.values.text("lastName") == c.user.values.text("lastName"):
			u.values["address1"] = d.values["address1"]
		case s.has("update-hits-newest") && i == len(others)-1:
			u.values["postCode"] = d.values["postCode"]
		case s.has("update-takes-number") && d.changes("referenceNumber") &&
			u.values["referenceNumber"] == d.values["referenceNumber"]:
			delete(u.values, "referenceNumber")
		}
	}
	for fault, member := range map[string]string{"update-hits-town": "townCity", "update-hits-phone": "phone"} {
		for _, u := range s.alike(c, fault, member) {
			u.values[member] = d.values[member]
		}
	}
	s.revived(c, "update-revives-ended")
	for _, u := range s.sameID(c, "update-hits-same-id") {
		u.values["lastName"] = d.values["lastName"]
	}
}

// sameID are, with a fault, the users of other tenants who have the user's id.
func (s *server) sameID(c *call, fault string) (found []*user) {
	for _, t := range s.tenants {
		for _, u := range t.users {
			if s.has(fault) && t != c.tenant && u.id == c.user.id {
				found = append(found, u)
			}
		}
	}
	return found
}

// createReaches gives, with a fault, the address of a new user to those of its names.
func (s *server) createReaches(c *call, made *user) {
	for _, u := range c.tenant.users {
		if s.has("create-hits-namesakes") && u.values.text("firstName") == made.values.text("firstName") &&
			u.values.text("lastName") == made.values.text("lastName") {
			u.values["address1"] = made.values["address1"]
		}
	}
}

// updatedAllTheSame keeps, with a fault, what of an update to a taken email is nobody else's.
func (s *server) updatedAllTheSame(c *call, d *draft) {
	if !s.has("conflict-and-updated") || free("email")(d) == "" {
		return
	}
	for _, name := range []string{"lastName", "address1"} {
		c.user.values[name] = d.values[name]
	}
}

// createdAllTheSame makes, with a fault, a user who refers to nothing.
func (s *server) createdAllTheSame(c *call, d *draft) {
	if s.has("dead-reference-and-created") && liveReferences(d) != "" {
		s.created++
		c.tenant.users = append(c.tenant.users, &user{id: s.newID(c.tenant), values: d.values})
	}
}

// doneAbroad does, with a fault, what a caller of another tenant is refused.
func (s *server) doneAbroad(c *call) {
	faults := map[string]string{"updateUser": "abroad-and-updated", "deactivateUser": "abroad-and-ended"}
	if c.tenant == nil || !s.has(faults[c.op]) || s.readForm(c) != nil {
		return
	}
	if c.user = s.byID(c.tenant, c.id); c.user == nil || s.readBody(c) != nil {
		return
	}
	if c.op == "deactivateUser" {
		s.deactivate(c)
		return
	}
	s.update(c)
}

// endsAll deactivates, with a fault, everybody, for a method that is refused.
func (s *server) endsAll(c *call, place string) {
	t := s.tenants[c.name]
	if !s.has("collection-ends-all") || place != "collection" || c.r.Method != http.MethodDelete || t == nil {
		return
	}
	for _, u := range t.users {
		u.inactive, u.values["status"] = true, statusEnded
	}
}
