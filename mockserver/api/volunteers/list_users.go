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
			"VOL-LST-40", "VOL-LST-41", "VOL-LST-44", "VOL-LST-45",
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
	run := finder(c, l)
	found, total := run((page.Number-1)*page.Size, page.Size)
	if again := c.Within(p, page, total); again != page {
		page = again
		found, total = run(page.From(total), page.Size)
	}
	fill := func(b []byte) []byte { return userItems(c, b, found, adds) }
	return envelope(c, p, page, total, len(found), fill), nil
}

// finder gives how to find the users that are asked for. What it found before in
// the same state is looked up, unless it depends on the very moment.
func finder(c *behavior.Call, l *lister) func(offset, count int) ([]*store.Record, int) {
	sel, q := selection(c, l), c.Query()
	if len(sel.Keep) == 0 || c.Actor == nil || q.Get("view") == "on-call" || q.Has("logins_only") {
		return sel.Run
	}
	var key strings.Builder
	key.WriteString(c.Actor.ID + "\n" + date(c))
	for pair := range strings.SplitSeq(c.Request.URL.RawQuery, "&") {
		switch name, _, _ := strings.Cut(pair, "="); name {
		case "page", "limit", "include", "logins": // another part of the same list, or more of each
		default:
			key.WriteString("\n" + pair)
		}
	}
	return func(offset, count int) ([]*store.Record, int) {
		return c.Cache.Run(c.State.Version(), key.String(), sel, offset, count)
	}
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

// selection gathers what the query asks for. An order that holds exactly those
// who are listed without being asked for makes the plain list a look-up.
func selection(c *behavior.Call, l *lister) query.Selection {
	s := &selector{call: c, lister: l, sel: query.Selection{Key: func(r *store.Record) string { return factsOf(r).key }}}
	s.order()
	s.visible()
	s.filter()
	s.narrowed()
	if !c.Holds("VOL-LST-45") && len(s.sel.Sources) > 1 {
		s.sel.Sources, s.sel.Keep = s.sel.Sources[:1], s.sel.Keep[:min(1, len(s.sel.Keep))]
	}
	return s.sel
}

type selector struct {
	call     *behavior.Call
	lister   *lister
	sel      query.Selection
	sorted   bool   // the order holds the ordinary users only
	ordinary bool   // as sorted, and nobody comes from elsewhere
	narrow   []part // what filters by one id find
}

func (s *selector) keep(f func(*facts) bool) {
	s.sel.Keep = append(s.sel.Keep, func(r *store.Record) bool { return f(factsOf(r)) })
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
		}
		f.keep(filtered, q.Get(f.Param))
	}
	if filtered != nil {
		*s = *filtered
	}
}

// without leaves out who is named.
func (s *selector) without(ids string) {
	out := set(query.Cut(ids))
	s.sel.Keep = append(s.sel.Keep, func(r *store.Record) bool { return !out(r.ID) })
}

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
	s.sel.Keep = append(s.sel.Keep, func(r *store.Record) bool {
		for i := range s.lister.Words {
			if w := &s.lister.Words[i]; w.in(r, text) && s.call.Holds(w.By) {
				return true
			}
		}
		return false
	})
}

func (s *selector) named(ids []string) {
	c := s.call
	in := set(ids)
	s.sel.Keep = append(s.sel.Keep, func(r *store.Record) bool { return in(r.ID) })
	s.source(query.Source{Len: len(ids), Each: func(yield func(*store.Record) bool) {
		for _, id := range ids {
			if r, ok := c.Reader().Get("user", id); ok {
				yield(r)
			}
		}
	}})
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

// source adds candidates. They come from no order, so that what the order hides
// must be asked of them too.
func (s *selector) source(from query.Source) {
	if s.ordinary {
		s.ordinary = false
		s.keep((*facts).ordinary)
	}
	s.sel.Sources = append(s.sel.Sources, from)
}
