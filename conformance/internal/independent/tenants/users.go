package tenants

import (
	"fmt"
	"slices"
	"strings"
)

const (
	statusActive  = "FullUser"
	statusEnded   = "Archived"
	statusOther   = "Cancelled"
	statusStarter = "Prospect"
)

func lower(s string) string { return strings.ToLower(s) }

// findUser finds the user of the path or of the criteria.
func (s *server) findUser(c *call) *answer {
	if c.op == "createUser" {
		return nil
	}
	if c.op == "searchUser" {
		return s.findByCriteria(c)
	}
	c.user = s.byID(c.tenant, c.id)
	if c.user != nil && !(c.user.inactive && s.has("inactive-unknown")) {
		return nil
	}
	return s.missing(c)
}

func (s *server) byID(t *tenant, id int) *user {
	for _, u := range t.users {
		if u.id == id {
			return u
		}
	}
	return nil
}

// missing is the 404 of an unknown user, but for the faults that answer otherwise.
func (s *server) missing(c *call) *answer {
	switch {
	case c.op == "updateUser" && s.has("update-miss-hits-another") && c.tenant == s.tenants[homeTenant]:
		c.tenant.users[seniorUser].values["lastName"] = "Overwritten"
	case s.has("three-miss-400") && c.criteria.count() == 3:
		return s.fail(400, "The criteria are of nobody.")
	case c.op == "searchUser" && s.has("search-miss-200"):
		return &answer{status: 200, body: []member{}}
	case c.op == "deactivateUser" && s.has("deactivate-miss-200"):
		return &answer{status: 200}
	case c.op == "updateUser" && s.has("update-upserts"):
		c.user = &user{id: c.id, values: values{}}
		c.tenant.users = append(c.tenant.users, c.user)
		return nil
	}
	return s.fail(404, "There is no such user.")
}

func (s *server) findByCriteria(c *call) *answer {
	found := s.matches(c)
	switch {
	case len(found) == 0 && s.contradicts(c):
		return s.fail(400, "The criteria are of different users.")
	case len(found) == 0:
		return s.missing(c)
	case len(found) > 1 && s.has("ambiguous-invalid"):
		return s.fail(400, "Several users match.")
	case s.has("newest-match"):
		slices.Reverse(found)
	}
	c.user = found[0]
	return nil
}

// matches are the users that all criteria fit, oldest first.
func (s *server) matches(c *call) []*user {
	k := c.criteria
	if s.has("first-criterion-wins") {
		k = k.first()
	}
	if s.has("same-user-always") && k.hasID {
		return c.tenant.users[:1]
	}
	found := []*user{}
	for _, u := range s.searched(c) {
		hidden := u.inactive && (s.has("inactive-hidden") || s.has("inactive-unknown"))
		if !hidden && s.fits(u, k) {
			found = append(found, u)
		}
	}
	if len(found) == 0 && k.email != "" && s.has("unused-email-finds") {
		return c.tenant.users[:1]
	}
	return s.firstHolder(c, found)
}

// searched are the users of the tenant, and with a fault those of all tenants.
func (s *server) searched(c *call) []*user {
	t := c.tenant
	if !s.has("tenants-mixed") && !s.asks(c, "refnum-finds-abroad", "refNum") &&
		!s.asks(c, "two-find-abroad", "refNum", "email") {
		return append(slices.Clone(t.users), s.foundAbroad(t)...)
	}
	all := slices.Clone(t.users)
	for _, other := range s.tenants {
		if other != t {
			all = append(all, other.users...)
		}
	}
	return all
}

func (k criteria) first() criteria {
	switch {
	case k.hasID:
		return criteria{id: k.id, hasID: true}
	case k.ref != "":
		return criteria{ref: k.ref}
	}
	return k
}

func (s *server) fits(u *user, k criteria) bool {
	ref := k.ref == "" || s.seldomFitsRef(u, k.ref, s.fitsRef(u, k.ref)) ||
		s.has("old-number-beside-others") && k.count() > 1 && u.oldRef == k.ref
	return s.fitsAfter(u, k, (!k.hasID || u.id == k.id) && ref && (k.email == "" || s.fitsEmail(u, k.email)))
}

func (s *server) fitsRef(u *user, ref string) bool {
	has := u.values.text("referenceNumber")
	switch {
	case s.has("refnum-ignored"):
		return true
	case s.has("refnum-stale"):
		has = u.oldRef
	case s.has("refnum-prefix"):
		return strings.HasPrefix(has, ref)
	case s.has("refnum-undecoded") && strings.ContainsAny(ref, "/ "):
		return false
	case s.has("refnum-without-dashes"):
		return strings.ReplaceAll(has, "-", "") == strings.ReplaceAll(ref, "-", "")
	case s.has("refnum-any-case"):
		return strings.EqualFold(has, ref)
	}
	return has == ref
}

func (s *server) fitsEmail(u *user, email string) bool {
	has := u.values.text("email")
	switch {
	case s.has("email-never-found"):
		return false
	case s.has("long-emails-lost") && len(email) > shortColumn:
		return false
	case s.has("apostrophes-end-search") && strings.Contains(email, "'"), s.has("capitals-end-search") && has != lower(has):
		return false
	case s.has("email-exact-case"):
		return has == email
	}
	return strings.EqualFold(has, email) || s.likeEmail(lower(has), lower(email))
}

// contradicts says whether each criterion alone would have found somebody.
func (s *server) contradicts(c *call) bool {
	if !s.has("contradiction-invalid") || c.criteria.count() < 2 {
		return false
	}
	k := c.criteria
	for _, one := range []criteria{{id: k.id, hasID: k.hasID}, {ref: k.ref}, {email: k.email}} {
		fits := func(u *user) bool { return s.fits(u, one) }
		if !slices.ContainsFunc(c.tenant.users, fits) {
			return false
		}
	}
	return true
}

func (s *server) search(c *call) *answer {
	c.user.reads++
	s.revives(c, "search-revives-ended")
	s.searchReaches(c)
	return s.show(c, s.asSearched(c))
}

func (s *server) create(c *call) *answer {
	d := &draft{s: s, tenant: c.tenant, sent: c.sent, values: values{}}
	if early := d.fill(c); early != nil {
		s.createdAllTheSame(c, d)
		return early
	}
	s.created++
	u := &user{id: s.newID(c.tenant), values: d.values, oldRef: d.values.text("referenceNumber")}
	s.createReaches(c, u)
	s.revived(c, "create-revives-ended")
	if s.has("create-loses-town") {
		delete(u.values, "townCity")
	}
	s.store(c.tenant, u)
	a := s.show(c, u)
	a.status = pick(s, a.status, map[string]int{"create-202": 202})
	return a
}

func (s *server) store(t *tenant, u *user) {
	if s.has("create-not-kept") {
		return
	}
	if s.has("create-same-id") {
		t.users = slices.DeleteFunc(t.users, func(o *user) bool { return o.id == u.id })
	}
	t.users = append(t.users, u)
}

// newID gives the next id; no document says how ids look beyond being Int32.
func (s *server) newID(t *tenant) int {
	n := s.created
	return pick(s, 5000+n, map[string]int{
		"ids-long":            2147400000 + n,
		"ids-scattered":       10000 + n*48271%1999993,
		"ids-descending":      900000 - n,
		"ids-by-tenant":       5000 + len(t.users),
		"create-same-id":      5000,
		"update-hits-same-id": 5000 + len(t.users), "deactivate-hits-same-id": 5000 + len(t.users),
	})
}

func (s *server) update(c *call) *answer {
	if c.user.inactive && s.has("inactive-read-only") {
		return s.fail(400, "The user is deactivated.")
	}
	d := &draft{s: s, tenant: c.tenant, sent: c.sent, user: c.user, values: values{}}
	if s.has("update-merges") || c.r.Method == "PATCH" {
		d.values = c.user.values.clone()
	}
	if early := d.fill(c); early != nil {
		s.updatedAllTheSame(c, d)
		return early
	}
	s.takesMore(d)
	changed, kept := &user{id: c.user.id, values: d.values}, d.values.clone()
	s.keepsLess(c, d, kept)
	s.updateReaches(c, d)
	if s.has("update-lost") {
		return s.show(c, changed)
	}
	if s.has("update-forgets-some") {
		for _, name := range []string{"dateOfBirth", "status", "username"} {
			kept[name] = c.user.values[name]
		}
	}
	s.reachAbroad(c, "update-reaches-abroad", func(u *user) { u.values["townCity"] = "Elsewhere" })
	if d.values.text("status") != c.user.values.text("status") {
		c.user.inactive = false
	}
	if was := c.user.values.text("referenceNumber"); was != "" {
		c.user.lastRef = was
	}
	c.user.updates++
	c.user.both = c.user.both || d.changes("email") && d.changes("referenceNumber")
	c.user.values = kept
	if s.has("update-renames-neighbours") {
		for _, u := range neighbours(c.tenant, c.user) {
			u.values["lastName"] = d.values.text("lastName")
			delete(u.values, "phone")
		}
	}
	for _, u := range s.sharing(c, "update-hits-shared-number") {
		u.values["townCity"] = "Elsewhere"
	}
	if s.has("update-reaches-another") && c.sent["townCity"] != nil && c.tenant == s.tenants[homeTenant] {
		c.tenant.users[seniorUser].values["townCity"] = d.values.text("townCity")
	}
	return s.show(c, changed)
}

// reachAbroad is a fault that does something to every user of the other tenants.
func (s *server) reachAbroad(c *call, fault string, do func(*user)) {
	for _, t := range s.tenants {
		for _, u := range t.users {
			if s.has(fault) && t != c.tenant {
				do(u)
			}
		}
	}
}

// seniorUser is the place of one of the home tenant's users who have been there for long.
const seniorUser = 2

// neighbours are the users created just before and just after this one.
func neighbours(t *tenant, u *user) []*user {
	i := slices.Index(t.users, u)
	near := slices.Clone(t.users[max(i-1, 0):min(i+2, len(t.users))])
	return slices.DeleteFunc(near, func(o *user) bool { return o == u })
}

// deactivate keeps the record and ends its status.
func (s *server) deactivate(c *call) *answer {
	if c.user.inactive && s.has("second-end-forbidden") {
		return s.fail(403, "The user is deactivated already.")
	}
	if c.user.inactive && s.has("second-end-invalid") {
		return s.fail(400, "The user is deactivated already.")
	}
	if s.revives(c, "second-end-revives") {
		return &answer{status: 200}
	}
	ended := append([]*user{c.user}, s.sharing(c, "deactivate-hits-shared-number")...)
	ended = append(ended, s.alike(c, "deactivate-hits-title", "title")...)
	s.revived(c, "deactivate-revives-ended")
	switch {
	case s.spared(c.user), s.stays(c.user):
		ended = nil
	case s.has("second-end-ends-all") && c.user.inactive:
		ended = c.tenant.users
	case s.has("deactivate-without-effect"):
		ended = nil
	case s.has("deactivate-neighbours"):
		ended = append(ended, neighbours(c.tenant, c.user)...)
	case s.has("deactivate-takes-another") && c.tenant == s.tenants[homeTenant]:
		ended = append(ended, c.tenant.users[seniorUser])
	}
	ended = append(ended, s.sameID(c, "deactivate-hits-same-id")...)
	for _, u := range ended {
		u.inactive = true
		u.values["status"] = pick(s, statusEnded, map[string]string{"ended-is-cancelled": statusOther})
		if s.has("ended-username-freed") {
			u.values["username"] = fmt.Sprintf("ended-%d", u.id)
		}
		if s.has("deactivate-erases") {
			u.values["email"], u.values["firstName"] = nil, nil
		}
	}
	s.reachAbroad(c, "deactivate-reaches-abroad", func(u *user) { u.values["status"] = statusEnded })
	status := pick(s, 200, map[string]int{"deactivate-202": 202})
	return &answer{status: status, body: s.farewell(c)}
}

// farewell is the body of a deactivation, of which the documents say nothing.
func (s *server) farewell(c *call) any {
	switch {
	case s.has("ended-returns-user"):
		return s.members(c, c.user)
	case s.has("ended-says-true"):
		return true
	case s.has("ended-message"):
		return []member{{"message", "The user was deactivated."}}
	}
	return nil
}
