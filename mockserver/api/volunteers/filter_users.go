package volunteers

import (
	"slices"
	"strconv"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
	"rollcall/specs/format"
)

// belongings are the filters by what stands under a user: a list of ids keeps
// the users who have one of them.
func (s *selector) belongings() {
	c, q := s.call, s.call.Query()
	if q.Has("team") {
		s.among(s.union("team", "VOL-LST-09"), byTeam, "role", "team", func(f *facts) []string { return f.teams })
	}
	if q.Has("teamlist") {
		s.among(listOf(c, "teamlist", s.asked("teamlist")), byTeam, "role", "team", func(f *facts) []string { return f.teams })
	}
	if q.Has("manager") {
		s.among(s.union("manager", ""), byManager, "role", "manager", func(f *facts) []string { return f.managers })
	}
	if q.Has("roles") {
		s.among(s.union("roles", ""), byProfile, "role", "profile", func(f *facts) []string { return f.profiles })
	}
	if q.Has("supervisor") {
		s.among(s.union("supervisor", ""), bySupervisor, "supervisor", "supervisor",
			func(f *facts) []string { return f.supervisors })
	}
	for _, name := range []string{"skills", "langs"} {
		if q.Has(name) {
			s.among(s.family(name), byAbility, "skill", "ability", func(f *facts) []string { return f.skills })
		}
	}
}

// union cuts a list of ids; a defect of the requirement reads the first only.
func (s *selector) union(parameter string, by behavior.By) []string {
	ids := query.Cut(s.asked(parameter))
	if !s.call.Holds(by) && len(ids) > 0 {
		ids = ids[:1]
	}
	return ids
}

// family leaves the ids that the parameter can name: languages under langs,
// everything else under skills.
func (s *selector) family(parameter string) (ids []string) {
	for _, id := range query.Cut(s.asked(parameter)) {
		a, ok := s.call.Reader().Get("ability", id)
		if ok && (a.String("family") == "language") == (parameter == "langs") {
			ids = append(ids, id)
		}
	}
	return ids
}

// among keeps the users who have one of the ids, and finds them by the group of
// the one id, or by the index of the table that says so.
func (s *selector) among(ids []string, by, table, index string, have func(*facts) []string) {
	in := set(ids)
	keep := func(r *store.Record) bool {
		for _, id := range have(factsOf(r)) {
			if in(id) {
				return true
			}
		}
		return false
	}
	if one(ids) && s.sorted && s.call.Holds("VOL-LST-45") {
		s.narrow = append(s.narrow, part{s.call.Reader().Scan("user", "having", store.Key(by, ids[0])), keep})
		return
	}
	s.sel.Keep = append(s.sel.Keep, keep)
	reader := s.call.Reader()
	var runs []store.Range
	total := 0
	for _, id := range ids {
		run := reader.Scan(table, index, store.Key(id))
		runs, total = append(runs, run), total+run.Len()
	}
	s.source(query.Source{Len: total, Each: func(yield func(*store.Record) bool) {
		for _, run := range runs {
			run.All(func(r *store.Record) bool {
				user, ok := reader.Get("user", userOf(r))
				return !ok || yield(user)
			})
		}
	}})
}

// one tells whether all ids are the same.
func one(ids []string) bool {
	return len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return id != ids[0] })
}

// part is those of the ordinary users, in order, who pass one filter.
type part struct {
	users store.Range
	keep  func(*store.Record) bool
}

// narrowed makes the smallest part the order; who is not in the others is left
// out one by one. With a single filter nobody has to be asked, and the page is
// looked up in its place.
func (s *selector) narrowed() {
	if len(s.narrow) == 0 {
		return
	}
	least := slices.MinFunc(s.narrow, func(a, b part) int { return a.users.Len() - b.users.Len() })
	s.sel.Order = least.users
	for _, p := range s.narrow {
		if p.users != least.users || len(s.sel.Sources) > 0 {
			s.sel.Keep = append(s.sel.Keep, p.keep)
		}
	}
}

// state are the filters by what is known of the users themselves.
func (s *selector) state() {
	c, q := s.call, s.call.Query()
	if q.Has("sids") && c.Holds("VOL-LST-15") {
		in := set(query.Cut(s.asked("sids")))
		s.keep(func(f *facts) bool { return in(f.status) })
	}
	if q.Has("has_email") && c.Holds("VOL-LST-16") {
		want := s.asked("has_email") == "true"
		s.keep(func(f *facts) bool { return f.hasEmail == want })
	}
	if q.Has("has_logged_in") && c.Holds("VOL-LST-17") {
		want := s.asked("has_logged_in") == "true"
		s.keep(func(f *facts) bool { return (f.login != "") == want })
	}
	if day := s.asked("active_on"); day != "" && c.Holds("VOL-LST-28") {
		s.keep(func(f *facts) bool { return f.firstStart != "" && f.firstStart <= day })
	}
	switch age := s.asked("age"); age {
	case "organisation":
		s.keep(func(f *facts) bool { return f.minor })
	case "senior":
		born := c.Now.UTC().AddDate(-seniorAge, 0, 0).Format(time.DateOnly)
		s.keep(func(f *facts) bool { return f.dob != "" && f.dob <= born })
	}
	if since := s.asked("logins_only"); since != "" && c.Holds("VOL-LST-37") {
		from := ""
		if since == "recent" {
			from = c.Now.UTC().AddDate(0, 0, -recentDays).Format(time.RFC3339)
		}
		s.keep(func(f *facts) bool { return f.login != "" && f.login >= from })
	}
}

const (
	seniorAge  = 65 // years
	recentDays = 30 // what is recent of logins
)

// past tells whether a moment has gone by; none never does.
func past(c *behavior.Call, moment string) bool {
	t, ok := format.Instant(moment)
	return ok && !t.After(c.Now)
}

// place are the filters by where a user's addresses are.
func (s *selector) place() {
	c, q := s.call, s.call.Query()
	if !q.Has("lat") && !q.Has("geojson_id") {
		return
	}
	lat, err := strconv.ParseFloat(q.Get("lat"), 64)
	long, err2 := strconv.ParseFloat(q.Get("long"), 64)
	if err == nil && err2 == nil && c.Holds("VOL-LST-29") {
		at, within := query.Point{Lat: lat, Long: long}, s.distance()
		s.keep(func(f *facts) bool {
			for _, p := range f.points {
				if query.Distance(at, p) <= within {
					return true
				}
			}
			return false
		})
	}
	if q.Has("geojson_id") {
		corners := shapeOf(c, q.Get("geojson_id"))
		s.keep(func(f *facts) bool {
			for _, p := range f.points {
				if query.Inside(p, corners) {
					return true
				}
			}
			return false
		})
	}
}

// standardDistance holds when none is sent, or none that is a number, in
// kilometres.
const standardDistance = 20

func (s *selector) distance() float64 {
	d, err := strconv.ParseFloat(s.asked("distance"), 64)
	switch {
	case err != nil && !s.call.Holds("VOL-LST-31"):
		return -1
	case err != nil:
		return standardDistance
	case !s.call.Holds("VOL-LST-32") && d > standardDistance:
		return -1
	}
	return d
}

// shapeOf gives the corners of a stored shape, none for an unknown one.
func shapeOf(c *behavior.Call, id string) (corners []query.Point) {
	r, ok := c.Reader().Get("shape", id)
	if !ok {
		return nil
	}
	r.Get("corners").ForEach(func(_, v gjson.Result) bool {
		corners = append(corners, query.Point{Lat: v.Get("0").Float(), Long: v.Get("1").Float()})
		return true
	})
	return corners
}
