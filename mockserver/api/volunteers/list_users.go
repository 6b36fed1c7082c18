package volunteers

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
)

// lister is what listUsers goes by, made once.
type lister struct {
	includes []include
	Filters  []userFilter
	Views    []view
	Hidden   []hidden
	Words    []words
}

func listUsers() behavior.Func {
	l := &lister{known(), userFilters(), views(), hiddenUsers(), wordsOfUsers()}
	return behavior.Func{
		Run:  func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) { return usersPage(c, l) },
		Uses: []any{l},
		Enforces: []behavior.By{
			"VOL-LST-06", "VOL-LST-09", "VOL-LST-22", "VOL-LST-31", "VOL-LST-32", "VOL-LST-33", "VOL-LST-38", "VOL-LST-39",
			"VOL-LST-40", "VOL-LST-41", "VOL-LST-44", "VOL-LST-45", "VOL-GET-15",
		},
		Refuses: []behavior.Denies{"VOL-LST-30"},
	}
}

// usersPage answers a page of the users that pass every filter.
func usersPage(c *behavior.Call, l *lister) (behavior.Answer, *behavior.Refusal) {
	if refusal := halfPoint(c); refusal != nil {
		return behavior.Answer{}, refusal
	}
	p := paging()
	page, refusal := c.Page(p)
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	adds, refusal := includes(c, l.includes, "VOL-LST-38", "VOL-LST-41")
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	key := pageAsked(c)
	known, worth := c.Cache.Page(c.State.Version(), key)
	if known != nil {
		same := func(b []byte) []byte { return append(b, known.Items...) }
		return envelope(c, p, known.Page, known.Total, known.Count, same), nil
	}
	run := finder(c, l)
	found, total := run((page.Number-1)*page.Size, page.Size)
	if again := c.Within(p, page, total); again != page {
		page = again
		found, total = run(page.From(total), page.Size)
	}
	fill := func(b []byte) []byte {
		from := len(b)
		b = userItems(c, b, found, adds)
		if worth {
			c.Cache.Keep(c.State.Version(), key, query.Written{Page: page, Total: total, Count: len(found), Items: b[from:]})
		}
		return b
	}
	return envelope(c, p, page, total, len(found), fill), nil
}

// pageAsked is what decides what stands on a page; nothing's when it depends on the very moment.
func pageAsked(c *behavior.Call) query.Key {
	if momentary(c) || c.Query().Has("logins") {
		return query.Key{}
	}
	return query.KeyOf(c.Actor.ID, date(c), c.Request.URL.RawQuery)
}

// momentary tells whether who is listed depends on the very moment, or on nobody who asks.
func momentary(c *behavior.Call) bool {
	q := c.Query()
	return c.Actor == nil || q.Get("view") == "on-call" || q.Has("logins_only")
}

// finder gives how to find the users that are asked for. What it found before in
// the same state is looked up, unless it depends on the very moment.
func finder(c *behavior.Call, l *lister) func(offset, count int) ([]*store.Record, int) {
	s := selection(c, l)
	if s.plain() {
		return query.Selection{Order: c.Reader().Scan("user", "listed", ""), Descend: s.descend}.Run
	}
	found := s.find(c)
	back, where := s.descend, s.where
	return func(offset, count int) ([]*store.Record, int) {
		return found.Page(where, offset, count, back), found.Len()
	}
}

func (s *selector) find(c *behavior.Call) store.Found {
	if momentary(c) {
		return c.State.Find("user", s.where)
	}
	return c.Cache.Find(c.State.Version(), listAsked(c), func() store.Found { return c.State.Find("user", s.where) })
}

// listAsked is what decides who is listed, and to whom.
func listAsked(c *behavior.Call) query.Key {
	asked := append(make([]string, 0, 16), c.Actor.ID, date(c))
	for pair := range strings.SplitSeq(c.Request.URL.RawQuery, "&") {
		switch name, _, _ := strings.Cut(pair, "="); name {
		case "page", "limit", "include", "logins", "s": // another part of the same list, or more of each
		default:
			asked = append(asked, pair)
		}
	}
	return query.KeyOf(asked...)
}

func userItems(c *behavior.Call, out []byte, found []*store.Record, adds []include) []byte {
	for i, r := range found {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendUser(c, out, r, adds)
	}
	return out
}

// halfPoint refuses one of lat and long without the other, and a distance from
// nowhere (seed 004, lines 13 to 15).
func halfPoint(c *behavior.Call) *behavior.Refusal {
	q := c.Query()
	lat, long := q.Get("lat") != "", q.Get("long") != ""
	if lat == long && (lat || q.Get("distance") == "") {
		return nil
	}
	missing := "lat"
	if lat {
		missing = "long"
	}
	refusal := &behavior.Refusal{Requirement: "VOL-LST-30", Status: http.StatusUnprocessableEntity,
		In: "query", Pointer: "/" + missing,
		Message: "lat and long go together, and distance needs both", Hint: "send both, or none"}
	if c.Refuse(refusal) {
		return refusal
	}
	if !c.Holds("VOL-LST-30") {
		return &behavior.Refusal{Status: http.StatusInternalServerError, Message: "half a point"}
	}
	return nil
}

// selection gathers what the query asks for.
func selection(c *behavior.Call, l *lister) selector {
	s := selector{call: c, lister: l}
	s.view(s.asked("view"))
	s.visible()
	s.filter()
	if !c.Holds("VOL-LST-45") && s.byIDs > 1 {
		s.where = s.where[:1]
	}
	s.order()
	return s
}

type selector struct {
	call    *behavior.Call
	lister  *lister
	where   []store.Condition
	byIDs   int // conditions that name who passes, or what they have, by ids
	listed  bool
	descend bool
}

// plain tells whether those are asked for who are listed anyway.
func (s *selector) plain() bool { return s.listed && len(s.where) == 0 }

// keep adds a condition that exactly those of a set meet.
func (s *selector) keep(in store.Set, keep func(*facts) bool) {
	s.where = append(s.where, store.Condition{In: in, Keep: func(r *store.Record) bool { return keep(factsOf(r)) }})
}

// asked gives a query parameter, "" when it is not there.
func (s *selector) asked(name string) string { return s.call.Query().Get(name) }

// filter asks every filter whose parameter was sent. They work on a copy, so that a list
// without any allocates nothing for them.
func (s *selector) filter() {
	q := s.call.Query()
	var filtered *selector
	for i := range s.lister.Filters {
		f := &s.lister.Filters[i]
		if !q.Has(f.Param) || !s.call.Holds(f.By) {
			continue
		}
		if filtered == nil {
			filtered = new(selector)
			*filtered = *s
			filtered.where = slices.Grow(s.where, fewFilters)
		}
		f.keep(filtered, q.Get(f.Param))
	}
	if filtered != nil {
		*s = *filtered
	}
}

// fewFilters is for how many conditions there is room at once.
const fewFilters = 6

// without leaves out who is named.
func (s *selector) without(list string) {
	ids := query.Cut(list)
	out := set(ids)
	s.where = append(s.where, store.Condition{In: s.these(ids), Not: true,
		Keep: func(r *store.Record) bool { return !out(r.ID) }})
}

// these are the users with some ids.
func (s *selector) these(ids []string) store.These { return s.call.State.These("user", ids) }

// words are a place in which q looks for its text.
type words struct {
	By behavior.By // asks that it looks there
	in func(r *store.Record, text string) bool
}

func wordsOfUsers() []words {
	return []words{
		{"VOL-LST-05", func(r *store.Record, text string) bool { return r.ID == text }},
		{"VOL-LST-03", func(r *store.Record, text string) bool {
			name, _, _ := strings.Cut(factsOf(r).search, "\n")
			return strings.Contains(name, text)
		}},
		{"VOL-LST-04", func(r *store.Record, text string) bool {
			_, rest, _ := strings.Cut(factsOf(r).search, "\n")
			return strings.Contains(rest, text)
		}},
	}
}

// said keeps who is found by a text, whatever the letter case.
func (s *selector) said(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" || !s.call.Holds("VOL-LST-06") {
		return
	}
	c, all := store.Condition{Key: "q " + text}, true
	for i := range s.lister.Words {
		all = all && s.call.Holds(s.lister.Words[i].By)
	}
	if all {
		c.In = store.Either{store.Containing(text), s.these([]string{text})}
	} else {
		c.Key = ""
	}
	c.Keep = func(r *store.Record) bool {
		for i := range s.lister.Words {
			if w := &s.lister.Words[i]; w.in(r, text) && s.call.Holds(w.By) {
				return true
			}
		}
		return false
	}
	s.where = append(s.where, c)
}

func (s *selector) named(ids []string) {
	in := set(ids)
	s.byIDs++
	s.where = append(s.where, store.Condition{In: s.these(ids), Keep: func(r *store.Record) bool { return in(r.ID) }})
}

// listOf gives the members of a saved list; one that does not exist has none.
func listOf(c *behavior.Call, table, id string) (members []string) {
	if r, ok := c.Reader().Get(table, id); ok {
		members = texts(r.Get("members"))
	}
	return members
}

// set tells of a text whether it is one of them.
func set(all []string) func(string) bool {
	if len(all) <= fewIDs {
		return func(one string) bool { return slices.Contains(all, one) }
	}
	m := make(map[string]bool, len(all))
	for _, one := range all {
		m[one] = true
	}
	return func(one string) bool { return m[one] }
}

// fewIDs is how many are compared one by one.
const fewIDs = 8
