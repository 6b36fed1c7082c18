package volunteers

import (
	"fmt"
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
		{"team", "", func(s *selector, ids string) { s.among(s.union(ids), byTeam, teams) }},
		{"teamlist", "", func(s *selector, list string) { s.among(listOf(s.call, "teamlist", list), byTeam, teams) }},
		{"manager", "", of(byManager, func(f *facts) []string { return f.managers })},
		{"roles", "", of(byProfile, func(f *facts) []string { return f.profiles })},
		{"supervisor", "", of(bySupervisor, func(f *facts) []string { return f.supervisors })},
		{"skills", "", func(s *selector, ids string) { s.able(ids, false) }},
		{"langs", "", func(s *selector, ids string) { s.able(ids, true) }},
		{"sids", "VOL-LST-15", func(s *selector, ids string) {
			all := query.Cut(ids)
			in := set(all)
			s.keep(having(byStatus, all...), func(f *facts) bool { return in(f.status) })
		}},
		{"has_email", "VOL-LST-16", func(s *selector, want string) {
			s.whether(want == "true", hasEmail, func(f *facts) bool { return f.hasEmail })
		}},
		{"has_logged_in", "VOL-LST-17", func(s *selector, want string) {
			s.whether(want == "true", hasLoggedIn, func(f *facts) bool { return f.login != "" })
		}},
		{"active_on", "VOL-LST-28", (*selector).activeOn},
		{"age", "", (*selector).aged},
		{"logins_only", "VOL-LST-37", (*selector).loggedIn},
		{"lat", "VOL-LST-29", (*selector).near},
		{"geojson_id", "", (*selector).within},
	}
}

// of keeps the users who have one of a list of ids.
func of(by string, have func(*facts) []string) func(*selector, string) {
	return func(s *selector, ids string) { s.among(query.Cut(ids), by, have) }
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
	s.among(s.family(list, languages), byAbility, func(f *facts) []string { return f.skills })
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

// among keeps the users who have one of the ids.
func (s *selector) among(ids []string, by string, have func(*facts) []string) {
	in := set(ids)
	s.byIDs++
	s.keep(having(by, ids...), func(f *facts) bool { return slices.ContainsFunc(have(f), in) })
}

// whether keeps the users of whom something is so, or those of whom it isn't.
func (s *selector) whether(want bool, what string, so func(*facts) bool) {
	s.where = append(s.where, store.Condition{
		Keep: func(r *store.Record) bool { return so(factsOf(r)) == want },
		In:   store.NewTerm(is, what), Not: !want,
	})
}

func (s *selector) activeOn(day string) {
	if day != "" {
		s.keep(store.Between{Column: byStart, To: day},
			func(f *facts) bool { return f.firstStart != "" && f.firstStart <= day })
	}
}

func (s *selector) aged(age string) {
	switch age {
	case "organisation":
		s.whether(true, isMinor, func(f *facts) bool { return f.minor })
	case "senior":
		day := s.call.Now.UTC().AddDate(-seniorAge, 0, 0).Format(time.DateOnly)
		s.keep(store.Between{Column: byBirth, To: day}, func(f *facts) bool { return f.dob != "" && f.dob <= day })
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
	s.keep(store.Between{Column: byLogin, From: from}, func(f *facts) bool { return f.login != "" && f.login >= from })
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
	cells, few := query.Around(at, within)
	s.placed(cells, few, fmt.Sprint("near ", at, within), func(p query.Point) bool { return query.Distance(at, p) <= within })
}

// within keeps the users with an address inside a stored shape.
func (s *selector) within(shape string) {
	corners := shapeOf(s.call, shape)
	cells, few := query.Covering(corners)
	s.placed(cells, few, fmt.Sprint("within ", corners), func(p query.Point) bool { return query.Inside(p, corners) })
}

// placed keeps the users with an address in a place, which lies in some cells where these
// are few.
func (s *selector) placed(cells []string, few bool, key string, in func(query.Point) bool) {
	c := store.Condition{Loose: true, Key: key,
		Keep: func(r *store.Record) bool { return slices.ContainsFunc(factsOf(r).points, in) }}
	if few {
		c.In = having(byCell, cells...)
	}
	s.where = append(s.where, c)
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
