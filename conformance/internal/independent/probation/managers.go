package probation

import (
	"slices"
	"strings"
)

// managerOf is the active community manager of a case.
func (s *server) managerOf(crn string) *manager {
	found := find(s.data.managers, func(m manager) bool {
		return s.sameCase(m.crn, crn) && m.active && !m.deleted
	})
	if found == nil {
		return s.numbered(crn)
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

func (s *server) sameCase(stored, asked string) bool {
	if s.has("blanks-in-case-numbers") {
		asked = strings.ReplaceAll(asked, " ", "")
	}
	return s.sameCode(stored, asked) || s.has("cases-by-their-beginning") && asked != "" && strings.HasPrefix(stored, asked)
}

func (s *server) communityManager(c *call) answer {
	crn := c.values["crn"]
	m := s.managerOf(crn)
	if m == nil {
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
	team := m.team
	if teams := strings.Fields(p.teams); len(teams) > 0 && s.has("manager-with-own-team") {
		team = teams[0]
	}
	return object{
		{"id", p.id}, {"code", p.code}, {"name", nameView(p.forename, p.middle, p.surname)},
		{"provider", s.providerView(from)}, {"team", s.teamView(team)},
		{"username", maybe(p.username)}, {"email", s.contactMail(p)}, {"unallocated", s.unallocated(p)},
	}
}

// managerEmails has one item for each listed case that has a manager.
func (s *server) managerEmails(c *call) answer {
	items, shown := list{}, map[string]bool{}
	for i, crn := range c.items {
		if i > 9 && s.has("ten-case-numbers") || i > 99 && s.has("hundred-case-numbers") {
			break
		}
		if s.has("listed-cases-ignore-case") {
			crn = strings.ToUpper(crn)
		}
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
