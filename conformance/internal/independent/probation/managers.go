package probation

import (
	"net/http"
	"slices"
)

// managerOf is the active community manager of a case.
func (s *server) managerOf(crn string) *manager {
	found := find(s.data.managers, func(m manager) bool {
		return s.sameCode(m.crn, crn) && m.active && !m.deleted
	})
	if found == nil {
		return nil
	}
	if s.has("one-manager-for-every-case") {
		return &s.data.managers[0]
	}
	if s.has("former-manager-shown") {
		return find(s.data.managers, func(m manager) bool { return m.crn == found.crn })
	}
	if s.has("responsible-officer-shown") {
		if r := find(s.data.responsible, func(m manager) bool { return m.crn == found.crn }); r != nil {
			return r
		}
	}
	return found
}

func (s *server) communityManager(c *call) answer {
	crn := c.values["crn"]
	m := s.managerOf(crn)
	known := slices.ContainsFunc(s.data.managers, func(m manager) bool { return m.crn == crn })
	switch {
	case m == nil && known && s.has("no-manager-204"):
		return answer{status: http.StatusNoContent}
	case m == nil:
		return notFound("CommunityManager", "crn", crn)
	}
	return ok(s.managerView(m))
}

func (s *server) managerView(m *manager) object {
	p := s.data.person(m.staff)
	from := m.provider
	if s.has("manager-with-own-provider") {
		from = p.provider
	}
	return object{
		{"id", p.id}, {"code", p.code}, {"name", nameView(p.forename, p.middle, p.surname)},
		{"provider", s.providerView(from)}, {"team", s.teamView(m.team)},
		{"username", maybe(p.username)}, {"email", s.contactMail(p)}, {"unallocated", unallocated(p)},
	}
}

// managerEmails has one item for each listed case that has a manager.
func (s *server) managerEmails(c *call) answer {
	items, shown := list{}, map[string]bool{}
	for i, crn := range c.items {
		m := s.managerOf(crn)
		repeated := slices.Contains(c.items[:i], crn) && !s.has("repeats-answer-repeats")
		if m == nil || repeated || shown[m.staff] && s.has("managers-once") {
			continue
		}
		shown[m.staff] = true
		item := object{{"code", m.staff}, {"email", s.contactMail(s.data.person(m.staff))}}
		if s.has("case-number-echoed") {
			item = append(item, member{"crn", m.crn})
		}
		items = append(items, item)
	}
	if s.has("manager-emails-backwards") {
		turn(items)
	}
	return ok(items)
}
