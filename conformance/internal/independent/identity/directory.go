package identity

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// endLayout is the day of an end date; days compare as text.
const endLayout = "20060102"

// entry is one user in the directory: it holds everything but the id.
type entry struct {
	username, firstName, surname, mail, password string
	end                                          string // last day, "" without one
	roles                                        []string
}

// row is one user in the database: it holds the id.
type row struct {
	id       int64
	username string
}

// directory holds the two stores apart, because either can lack a user that the other has.
type directory struct {
	entries []*entry
	rows    []row
}

func newDirectory(now time.Time, idOf func(person) int64) *directory {
	d := &directory{}
	for _, p := range people() {
		if p.id != 0 {
			d.rows = append(d.rows, row{idOf(p), p.username})
		}
		if !p.entryless {
			d.entries = append(d.entries, p.entry(now))
		}
	}
	return d
}

func (p person) entry(now time.Time) *entry {
	e := &entry{
		username: p.username, firstName: p.firstName, surname: p.surname, mail: p.mail,
		password: p.password, roles: strings.Fields(p.roles),
	}
	if p.ends {
		e.end = now.UTC().AddDate(0, 0, p.endsIn).Format(endLayout)
	}
	return e
}

// idOf gives a person's id. The ids that the suite is told of stay as they are.
func (s *server) idOf(p person) int64 {
	switch {
	case p.told:
		return p.id
	case s.on("ids-below-one"):
		below := map[string]int64{"gwen.pritchard": 0, "rosemary.jones": -1, "colin.whitaker": -personOf("mary.jones").id}
		if id, set := below[p.username]; set {
			return id
		}
	case s.on("ids-past-32-bits"):
		return 6_000_000_000 + p.id
	case s.on("ids-past-doubles"):
		return 1<<53 + 2*p.id + 1
	}
	return p.id
}

// sameName compares usernames as a directory does, letter case aside.
func (s *server) sameName(a, b string) bool {
	if s.on("usernames-exact") {
		return a == b
	}
	if s.on("usernames-fold-accents") {
		a, b = unaccented().Replace(a), unaccented().Replace(b)
	}
	return strings.EqualFold(a, b)
}

// unaccented takes the accents off the letters that British names have.
func unaccented() *strings.Replacer {
	return strings.NewReplacer("â", "a", "ê", "e", "é", "e", "ë", "e", "î", "i", "ô", "o", "ŵ", "w", "ŷ", "y")
}

func (s *server) entryOf(username string) *entry {
	if s.on("trims-usernames") {
		username = strings.TrimSpace(username)
	}
	for _, e := range s.dir.entries {
		if s.sameName(e.username, username) {
			return e
		}
	}
	for _, e := range s.dir.entries {
		if s.mistaken(e, username) {
			return e
		}
	}
	return nil
}

func (s *server) rowOf(username string) *row {
	at := slices.IndexFunc(s.dir.rows, func(r row) bool { return strings.EqualFold(r.username, username) })
	if at < 0 {
		return nil
	}
	return &s.dir.rows[at]
}

func (s *server) rowByID(id int64) *row {
	at := slices.IndexFunc(s.dir.rows, func(r row) bool { return r.id == id })
	if at < 0 {
		return nil
	}
	return &s.dir.rows[at]
}

// withMail gives the users who have an address. Nobody has the empty one.
func (s *server) withMail(address string) []*entry {
	var found []*entry
	for _, e := range s.dir.entries {
		if e.mail != "" && s.sameMail(e.mail, address) {
			found = append(found, e)
		}
	}
	return s.arranged(found)
}

func (s *server) sameMail(stored, asked string) bool {
	if s.on("email-exact") {
		return stored == asked
	}
	stored, asked = strings.ToLower(stored), strings.ToLower(asked)
	if s.on("email-by-ending") {
		return strings.HasSuffix(stored, asked)
	}
	return stored == asked || s.on("email-ignored") || s.alike(stored, asked)
}

// listOrders are the orders that a list can have; without any, users come as they were entered.
func listOrders() map[string]func(a *entry, b *entry) int {
	return map[string]func(a, b *entry) int{
		"list-by-username": func(a, b *entry) int { return cmp.Compare(a.username, b.username) },
		"list-by-surname":  func(a, b *entry) int { return cmp.Compare(sortName(a), sortName(b)) },
	}
}

func sortName(e *entry) string {
	return unaccented().Replace(strings.ToLower(e.surname + " " + e.firstName))
}

func (s *server) arranged(list []*entry) []*entry {
	switch name := s.first("list-newest-first", "list-by-username", "list-by-surname", "list-order-varies"); name {
	case "":
	case "list-newest-first":
		slices.Reverse(list)
	case "list-order-varies":
		list = rotated(list, s.reads)
	default:
		slices.SortStableFunc(list, listOrders()[name])
	}
	return list
}

// rotated starts a list at another item, and goes on from its beginning.
func rotated[T any](list []T, by int) []T {
	if len(list) == 0 {
		return list
	}
	by %= len(list)
	return slices.Concat(list[by:], list[:by])
}

// enabled tells whether a user's end date, if there is one, is still to come.
func (s *server) enabled(e *entry) bool {
	today := time.Now().UTC().Format(endLayout)
	open := e.end == "" || e.end > today || (e.end == today && s.on("enabled-on-last-day"))
	return open != s.on("enabled-inverted")
}
