package probation

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// lengthenIDs gives the people whom no target file names an id beyond 32 bits.
func (s *server) lengthenIDs() {
	for i := range s.data.people {
		if p := &s.data.people[i]; p.code != staffGiven && p.code != caseloadGiven && p.code != supervisorGiven {
			p.id += 7_000_000_000
		}
	}
}

// account is the user of a name; letter case does not matter unless a habit says so.
func (s *server) account(username string) *account {
	for _, a := range s.data.accounts {
		if a.username == username || strings.EqualFold(a.username, username) && !s.has("usernames-exact") {
			return a
		}
	}
	return nil
}

// contact is the directory's entry of a member of staff, nil when there is none.
func (s *server) contact(p *person) *account {
	if p.username == "" {
		return nil
	}
	a := s.account(p.username)
	if a == nil || !a.entry {
		return nil
	}
	return a
}

func (s *server) contactMail(p *person) any {
	if a := s.contact(p); a != nil {
		return s.mail(a.mail)
	}
	return absent{}
}

func (s *server) contactPhone(p *person) any {
	if a := s.contact(p); a != nil {
		return maybe(a.phone)
	}
	return absent{}
}

// sameCode compares codes, whose letter case matters.
func (s *server) sameCode(a, b string) bool {
	return a == b || s.has("codes-ignore-case") && strings.EqualFold(a, b)
}

func (s *server) personByUsername(username string) *person {
	a := s.account(username)
	if a == nil || !a.row {
		return nil
	}
	return find(s.data.people, func(p person) bool { return p.username == a.username })
}

func (s *server) personByID(id int64) *person {
	return find(s.data.people, func(p person) bool { return p.id == id })
}

func (s *server) personByCode(code string) *person {
	return find(s.data.people, func(p person) bool { return s.sameCode(p.code, code) })
}

// next is the person after another one; only faults ask for it.
func (s *server) next(p *person) *person {
	i := slices.IndexFunc(s.data.people, func(q person) bool { return q.id == p.id })
	return &s.data.people[(i+1)%len(s.data.people)]
}

// staffView is a member of staff; caseloads show people without asking the directory for contacts.
func (s *server) staffView(p *person, contacts bool) object {
	teams := list{}
	for code := range strings.FieldsSeq(p.teams) {
		if ended := s.data.team(code).end; ended != "" && ended <= s.today() && s.has("ended-teams-hidden") {
			continue
		}
		teams = append(teams, s.teamView(code))
	}
	if s.has("teams-by-description") {
		sortBy(teams, "description", strings.ToLower)
	}
	view := object{
		{"id", p.id}, {"code", p.code}, {"name", nameView(p.forename, p.middle, p.surname)}, {"teams", teams},
		{"provider", s.providerView(p.provider)}, {"username", maybe(p.username)},
	}
	if contacts || s.has("contacts-in-caseloads") {
		view = append(view, member{"email", s.contactMail(p)}, member{"telephoneNumber", s.contactPhone(p)})
	}
	return append(view, member{"unallocated", s.unallocated(p)})
}

func (s *server) unallocated(p *person) bool {
	return strings.HasSuffix(p.code, "U") || s.has("unallocated-by-any-u") && strings.Contains(p.code, "U") ||
		s.has("unallocated-without-user") && p.username == ""
}

func (s *server) staffByUsername(c *call) answer {
	p := s.personByUsername(c.values["username"])
	if p == nil && s.has("half-a-record-for-other-users") {
		if a := s.account(c.values["username"]); a != nil {
			return ok(object{{"username", a.username}, {"email", s.mail(a.mail)}})
		}
	}
	return s.oneStaff(p, "username", c.values["username"], "next-person-by-username")
}

func (s *server) staffByID(c *call) answer {
	p := s.personByID(c.id)
	if p != nil && s.has("one-person-for-every-id") {
		p = s.data.person("S34GLB1")
	}
	return s.oneStaff(p, "id", strconv.FormatInt(c.id, 10), "")
}

func (s *server) staffByCode(c *call) answer {
	p := s.personByCode(c.values["code"])
	if p != nil && s.unallocated(p) && s.has("unallocated-not-found") {
		p = nil
	}
	return s.oneStaff(p, "code", c.values["code"], "next-person-by-code")
}

func (s *server) oneStaff(p *person, field, asked, fault string) answer {
	if p == nil {
		return notFound("Staff", field, asked)
	}
	if fault != "" && s.has(fault) {
		p = s.next(p)
	}
	return ok(s.staffView(p, true))
}

// staffForUsernames lists the people of some usernames once each, by id.
func (s *server) staffForUsernames(c *call) answer {
	var found []*person
	for _, username := range c.items {
		p := s.personListed(username)
		if p != nil && (s.has("repeats-answer-repeats") || !slices.Contains(found, p)) {
			found = append(found, p)
		}
	}
	if !s.has("staff-in-the-order-asked") {
		sort.SliceStable(found, func(a, b int) bool { return found[a].id < found[b].id })
	}
	items := list{}
	for _, p := range found {
		items = append(items, object{{"id", p.id}, {"name", nameView(p.forename, p.middle, p.surname)},
			{"code", p.code}, {"username", maybe(p.username)}})
	}
	return ok(items)
}

// personListed is the person of a listed username; only faults take anything else for one.
func (s *server) personListed(username string) *person {
	p := s.personByUsername(username)
	if p != nil && s.contact(p) == nil && s.has("listed-staff-need-an-entry") {
		return nil
	}
	if p == nil && (s.has("staff-listed-by-code") || s.has("staff-listed-by-beginning") || s.has("empty-username-is-somebody")) {
		return find(s.data.people, func(q person) bool {
			return s.has("staff-listed-by-code") && q.code == username || username == "" && q.username == "" &&
				s.has("empty-username-is-somebody") || s.has("staff-listed-by-beginning") && username != "" &&
				strings.HasPrefix(q.username, username)
		})
	}
	return p
}

// pduHeads lists the heads of a borough whose provider is still open.
func (s *server) pduHeads(c *call) answer {
	asked, items := c.values["boroughCode"], list{}
	known := false
	for _, b := range s.data.boroughs {
		if !s.sameCode(b.code, asked) && !s.has("heads-of-every-borough") {
			continue
		}
		known = true
		if !s.providerOpen(b.provider) {
			continue
		}
		for _, code := range s.headCodes(b) {
			p := s.data.person(code)
			items = append(items, object{{"name", nameView(p.forename, p.middle, p.surname)}, {"email", s.contactMail(p)}})
		}
	}
	if !known && s.has("unknown-lists-404") {
		return notFound("Borough", "code", asked)
	}
	if s.has("heads-alike") {
		items = sameHeads(items)
	}
	if s.has("heads-backwards") {
		turn(items)
	}
	return ok(items)
}

func (s *server) providerOpen(code string) bool {
	end, today := s.data.provider(code).end, s.today()
	return end == "" || end > today || s.has("closed-providers-answer") ||
		end == today && s.has("providers-close-at-the-end-of-the-day")
}
