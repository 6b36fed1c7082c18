package volunteers

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
)

func listUsers() behavior.Func {
	known := known()
	return behavior.Func{Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) { return usersPage(c, known) },
		Enforces: []behavior.By{
			"VOL-LST-03", "VOL-LST-04", "VOL-LST-05", "VOL-LST-06", "VOL-LST-07", "VOL-LST-08", "VOL-LST-09", "VOL-LST-15",
			"VOL-LST-16", "VOL-LST-17", "VOL-LST-19",
			"VOL-LST-20", "VOL-LST-21", "VOL-LST-22", "VOL-LST-24", "VOL-LST-25", "VOL-LST-26", "VOL-LST-27", "VOL-LST-28",
			"VOL-LST-29",
			"VOL-LST-31", "VOL-LST-32", "VOL-LST-33", "VOL-LST-37", "VOL-LST-38", "VOL-LST-39", "VOL-LST-40",
			"VOL-LST-41", "VOL-LST-44", "VOL-LST-45",
		},
		Refuses: []behavior.Denies{"VOL-LST-30"}}
}

// usersPage answers a page of the users that pass every filter.
func usersPage(c *behavior.Call, known []include) (behavior.Answer, *behavior.Refusal) {
	if refusal := halfPoint(c); refusal != nil {
		return behavior.Answer{}, refusal
	}
	p := paging()
	page, refusal := c.Page(p)
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	adds, refusal := includes(c, known, "VOL-LST-38", "VOL-LST-41")
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	run := finder(c)
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
func finder(c *behavior.Call) func(offset, count int) ([]*store.Record, int) {
	sel, q := selection(c), c.Query()
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
func selection(c *behavior.Call) query.Selection {
	s := &selector{call: c, sel: query.Selection{Key: func(r *store.Record) string { return factsOf(r).key }}}
	s.order()
	s.visible()
	s.people()
	s.belongings()
	s.state()
	s.place()
	s.narrowed()
	if !c.Holds("VOL-LST-45") && len(s.sel.Sources) > 1 {
		s.sel.Sources, s.sel.Keep = s.sel.Sources[:1], s.sel.Keep[:min(1, len(s.sel.Keep))]
	}
	return s.sel
}

type selector struct {
	call     *behavior.Call
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

// order chooses the index, and who is hidden besides.
func (s *selector) order() {
	c := s.call
	inactives := s.asked("include_inactive") == "true" && c.Holds("VOL-LST-25") || !c.Holds("VOL-LST-24") &&
		s.asked("include_inactive") == ""
	soon := s.asked("include_upcoming") == "true" && c.Holds("VOL-LST-27") || !c.Holds("VOL-LST-26") &&
		s.asked("include_upcoming") == ""
	view := s.asked("view")
	index := "listed"
	if inactives || soon || view == "applicants" {
		index = "name"
		s.keep(func(f *facts) bool {
			return (f.status != inactive || inactives) && (!f.upcoming || soon) &&
				(f.status == applicant) == (view == "applicants")
		})
	}
	s.sorted = index == "listed"
	s.ordinary = s.sorted
	s.sel.Order = c.Reader().Scan("user", index, "")
	direction := s.asked("s")
	s.sel.Descend = direction == "d" || direction == "" && c.Holds("VOL-LST-33")
	s.view(view)
}

func (s *selector) view(view string) {
	c := s.call
	switch {
	case view == "volunteers" && c.Holds("VOL-LST-19"):
		s.keep(func(f *facts) bool { return f.volunteer })
	case view == "non-volunteers" && c.Holds("VOL-LST-20"):
		s.keep(func(f *facts) bool { return f.other })
	case view == "on-call" && c.Holds("VOL-LST-21"):
		s.keep(func(f *facts) bool { return f.onCall && !past(c, f.onCallEnd) })
	case view == "" && !c.Holds("VOL-LST-22"):
		s.keep(func(f *facts) bool { return f.other })
	}
}

// visible limits what a caller sees to their part of the hierarchy.
func (s *selector) visible() {
	if !low(s.call) || !s.call.Holds("VOL-LST-44") {
		return
	}
	s.among(branch(s.call, s.call.Actor.String("team")), byTeam, "role", "team", func(f *facts) []string { return f.teams })
}

// branch is a team with every team below it.
func branch(c *behavior.Call, team string) []string {
	all := []string{team}
	for i := 0; i < len(all); i++ {
		c.Reader().Each("team", "parent", store.Key(all[i]), func(r *store.Record) bool {
			all = append(all, r.ID)
			return true
		})
	}
	return all
}

// people are the filters that name users.
func (s *selector) people() {
	c, q := s.call, s.call.Query()
	if q.Has("ids") && c.Holds("VOL-LST-07") {
		s.named(query.Cut(s.asked("ids")))
	}
	if q.Has("exclude_ids") && c.Holds("VOL-LST-08") {
		out := set(query.Cut(s.asked("exclude_ids")))
		s.sel.Keep = append(s.sel.Keep, func(r *store.Record) bool { return !out(r.ID) })
	}
	if q.Has("userlist") {
		s.named(listOf(c, "userlist", s.asked("userlist")))
	}
	if text := strings.ToLower(strings.TrimSpace(s.asked("q"))); text != "" {
		s.sel.Keep = append(s.sel.Keep, func(r *store.Record) bool { return found(c, r, text) })
	}
}

// found tells whether a user is found by a text in small letters.
func found(c *behavior.Call, r *store.Record, text string) bool {
	if r.ID == text && c.Holds("VOL-LST-05") {
		return true
	}
	name, rest, _ := strings.Cut(factsOf(r).search, "\n")
	return strings.Contains(name, text) && c.Holds("VOL-LST-03") || strings.Contains(rest, text) && c.Holds("VOL-LST-04") ||
		!c.Holds("VOL-LST-06")
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
