package volunteers

import (
	"slices"
	"strconv"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
)

// userFilter is a query parameter of listUsers that keeps some users.
type userFilter struct {
	Param string
	By    behavior.By // asks for it; omitted, the parameter is not looked at
	keep  func(s *selector, value string)
}

// userFilters are those by name, by what stands under a user, by what is known of the users
// themselves, and by where they are.
func userFilters() []userFilter {
	teams := func(f *facts) []string { return f.teams }
	return []userFilter{
		{"ids", "VOL-LST-07", func(s *selector, ids string) { s.named(query.Cut(ids)) }},
		{"exclude_ids", "VOL-LST-08", (*selector).without},
		{"userlist", "", func(s *selector, list string) { s.named(listOf(s.call, "userlist", list)) }},
		{"q", "", (*selector).said},
		{"team", "", func(s *selector, ids string) { s.among(s.union(ids), byTeam, "role", "team", teams) }},
		{"teamlist", "", func(s *selector, list string) {
			s.among(listOf(s.call, "teamlist", list), byTeam, "role", "team", teams)
		}},
		{"manager", "", having(byManager, "role", "manager", func(f *facts) []string { return f.managers })},
		{"roles", "", having(byProfile, "role", "profile", func(f *facts) []string { return f.profiles })},
		{"supervisor", "", having(bySupervisor, "supervisor", "supervisor", func(f *facts) []string { return f.supervisors })},
		{"skills", "", func(s *selector, ids string) { s.able(ids, false) }},
		{"langs", "", func(s *selector, ids string) { s.able(ids, true) }},
		{"sids", "VOL-LST-15", func(s *selector, ids string) {
			in := set(query.Cut(ids))
			s.keep(func(f *facts) bool { return in(f.status) })
		}},
		{"has_email", "VOL-LST-16", func(s *selector, want string) {
			s.keep(func(f *facts) bool { return f.hasEmail == (want == "true") })
		}},
		{"has_logged_in", "VOL-LST-17", func(s *selector, want string) {
			s.keep(func(f *facts) bool { return (f.login != "") == (want == "true") })
		}},
		{"active_on", "VOL-LST-28", (*selector).activeOn},
		{"age", "", (*selector).aged},
		{"logins_only", "VOL-LST-37", (*selector).loggedIn},
		{"lat", "VOL-LST-29", (*selector).near},
		{"geojson_id", "", (*selector).within},
	}
}

// having keeps the users who have one of a list of ids.
func having(by, table, index string, have func(*facts) []string) func(*selector, string) {
	return func(s *selector, ids string) { s.among(query.Cut(ids), by, table, index, have) }
}

// union cuts a list of ids; a defect of the requirement reads the first only.
func (s *selector) union(list string) []string {
	ids := query.Cut(list)
	if !s.call.Holds("VOL-LST-09") && len(ids) > 0 {
		ids = ids[:1]
	}
	return ids
}

// able keeps the users who have one of the abilities.
func (s *selector) able(list string, languages bool) {
	s.among(s.family(list, languages), byAbility, "skill", "ability", func(f *facts) []string { return f.skills })
}

// family leaves the ids that the parameter can name: languages or everything else.
func (s *selector) family(list string, languages bool) (ids []string) {
	for _, id := range query.Cut(list) {
		a, ok := s.call.Reader().Get("ability", id)
		if ok && (a.String("family") == "language") == languages {
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

func (s *selector) activeOn(day string) {
	if day != "" {
		s.keep(func(f *facts) bool { return f.firstStart != "" && f.firstStart <= day })
	}
}

func (s *selector) aged(age string) {
	switch age {
	case "organisation":
		s.keep(func(f *facts) bool { return f.minor })
	case "senior":
		born := s.call.Now.UTC().AddDate(-seniorAge, 0, 0).Format(time.DateOnly)
		s.keep(func(f *facts) bool { return f.dob != "" && f.dob <= born })
	}
}

func (s *selector) loggedIn(since string) {
	if since == "" {
		return
	}
	from := ""
	if since == "recent" {
		from = s.call.Now.UTC().AddDate(0, 0, -recentDays).Format(time.RFC3339)
	}
	s.keep(func(f *facts) bool { return f.login != "" && f.login >= from })
}

const (
	seniorAge  = 65 // years
	recentDays = 30 // what is recent of logins
)

// near keeps the users with an address within the distance of a point.
func (s *selector) near(north string) {
	lat, err := strconv.ParseFloat(north, 64)
	long, err2 := strconv.ParseFloat(s.asked("long"), 64)
	if err != nil || err2 != nil {
		return
	}
	at, within := query.Point{Lat: lat, Long: long}, s.distance()
	s.keep(func(f *facts) bool {
		return slices.ContainsFunc(f.points, func(p query.Point) bool { return query.Distance(at, p) <= within })
	})
}

// within keeps the users with an address inside a stored shape.
func (s *selector) within(shape string) {
	corners := shapeOf(s.call, shape)
	s.keep(func(f *facts) bool {
		return slices.ContainsFunc(f.points, func(p query.Point) bool { return query.Inside(p, corners) })
	})
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
