package volunteers

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const userParameters = "q team teamlist userlist manager supervisor age geojson_id lat long distance view sids roles skills" +
	" langs has_email has_logged_in exclude_ids include_inactive include_upcoming active_on logins logins_only s ids include"

// choices are the parameters with a fixed set of values.
func choices() map[string]string {
	return map[string]string{
		"age": "organisation senior", "view": "volunteers non-volunteers applicants on-call", "s": "a d",
		"logins": "alltime recent period", "logins_only": "alltime recent",
	}
}

// strictQuery refuses values that the document does not list, where the server does so.
func (c *call) strictQuery() *answer {
	if !c.has("strict-choices") {
		return nil
	}
	q := c.r.URL.Query()
	for name, values := range choices() {
		if q.Get(name) != "" && !strings.Contains(" "+values+" ", " "+q.Get(name)+" ") {
			return c.refuse(name, "The value is not one of "+values+".")
		}
	}
	for _, name := range strings.Split(q.Get("include"), ",") {
		if name != "" && !strings.Contains(includes, " "+name+" ") {
			return c.refuse("include", "There is no include "+name+".")
		}
	}
	return nil
}

// filters say whether a user is listed, given the value of a parameter.
func filters() map[string]func(*call, *user, string) bool {
	return map[string]func(*call, *user, string) bool{
		"q":    func(c *call, u *user, v string) bool { return c.matches(u, v) },
		"team": func(c *call, u *user, v string) bool { return c.anyRole(u, "team", c.teamNames(v)) },
		"manager": func(c *call, u *user, v string) bool {
			return c.anyRole(u, "manager", v) || c.has("manager-ignored")
		},
		"roles":         func(c *call, u *user, v string) bool { return c.anyRole(u, "role", v) },
		"supervisor":    supervised,
		"skills":        func(_ *call, u *user, v string) bool { return u.skilled(v) },
		"langs":         func(_ *call, u *user, v string) bool { return u.skilled(v) },
		"teamlist":      func(c *call, u *user, v string) bool { return c.anyRole(u, "team", joined(c.teamSet[number(v)])) },
		"userlist":      func(c *call, u *user, v string) bool { return slices.Contains(c.userSet[number(v)], u.id) },
		"ids":           func(_ *call, u *user, v string) bool { return named(v, u.id) },
		"exclude_ids":   func(c *call, u *user, v string) bool { return !named(v, u.id) || c.has("exclude-ignored") },
		"sids":          func(c *call, u *user, v string) bool { return named(v, number(fmt.Sprint(c.status(u)["id"]))) },
		"age":           aged,
		"has_email":     func(c *call, u *user, v string) bool { return c.wants(v, len(u.rows["email-addresses"]) > 0) },
		"has_logged_in": func(c *call, u *user, v string) bool { return c.wants(v, !u.lastLogin.IsZero()) },
		"active_on":     activeOn,
		"geojson_id":    inShape,
		"logins_only":   loggedIn,
	}
}

func (c *call) anyRole(u *user, name, list string) bool {
	return slices.ContainsFunc(u.rows["roles"], func(r *row) bool {
		id, ok := r.f[name].(int)
		if c.has("first-role-only") && r != u.rows["roles"][0] {
			return false
		}
		return ok && named(list, id) && (r == primaryRole(u) || !c.has("filters-by-primary-role"))
	})
}

func (c *call) teamNames(v string) string {
	if c.has("first-team-only") {
		v, _, _ = strings.Cut(v, ",")
	}
	return v
}

func supervised(_ *call, u *user, v string) bool {
	return slices.ContainsFunc(u.rows["supervisors"], func(r *row) bool { return named(v, r.f["user"].(int)) })
}

func (u *user) skilled(v string) bool {
	return slices.ContainsFunc(u.skills, func(id int) bool { return named(v, id) })
}

func joined(ids []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(ids), " ", ","), "[]")
}

func number(v string) int { n, _ := strconv.Atoi(v); return n }

// wants compares a fact with what a boolean parameter asks for.
func (c *call) wants(v string, fact bool) bool {
	if no(v) && c.has("false-is-no-filter") {
		return true
	}
	return !yes(v) && !no(v) || yes(v) == fact
}

func aged(c *call, u *user, v string) bool {
	switch v {
	case "organisation":
		return !c.minor(u)
	case "senior":
		return age(u) >= 65
	}
	return true
}

func activeOn(_ *call, u *user, v string) bool {
	return slices.ContainsFunc(u.rows["roles"], func(r *row) bool { return text(r.f["start"]) <= v })
}

func loggedIn(_ *call, u *user, v string) bool {
	return !u.lastLogin.IsZero() && (v != "recent" || time.Since(u.lastLogin) < 30*24*time.Hour)
}

func (c *call) matches(u *user, q string) bool {
	if strings.TrimSpace(q) == strconv.Itoa(u.id) {
		return true
	}
	texts := []string{c.displayName(u), text(u.f["first_name"]) + " " + text(u.f["last_name"])}
	for _, r := range u.rows["email-addresses"] {
		texts = append(texts, text(r.f["email"]))
	}
	texts = append(texts, u.mails...)
	for slug, v := range u.attrs {
		if customFields()[slug] {
			texts = append(texts, fmt.Sprint(v))
		}
	}
	return slices.ContainsFunc(texts, func(t string) bool { return c.found(q, t) })
}

// places are the points of the addresses of a user.
func (u *user) places() [][2]float64 {
	list := [][2]float64{}
	for _, r := range u.rows["addresses"] {
		lat, one := r.f["lat"].(float64)
		long, two := r.f["long"].(float64)
		if one && two && !r.gone {
			list = append(list, [2]float64{lat, long})
		}
	}
	return list
}

func inShape(c *call, u *user, v string) bool {
	g, known := c.geo[number(v)]
	return known && slices.ContainsFunc(u.places(), func(p [2]float64) bool {
		return p[0] >= g[0] && p[1] >= g[1] && p[0] <= g[2] && p[1] <= g[3]
	})
}

// kilometres is the length of the great circle between two points.
func kilometres(a, b [2]float64) float64 {
	rad := math.Pi / 180
	x := math.Pow(math.Sin((b[0]-a[0])*rad/2), 2)
	y := math.Pow(math.Sin((b[1]-a[1])*rad/2), 2)
	return 12742 * math.Asin(math.Sqrt(x+math.Cos(a[0]*rad)*math.Cos(b[0]*rad)*y))
}

// near makes the filter by distance from the three parameters that go together.
func (c *call) near(q url.Values) (func(*user) bool, *answer) {
	everyone := func(*user) bool { return true }
	if !q.Has("lat") && !q.Has("long") && !q.Has("distance") {
		return everyone, nil
	}
	lat, one := strconv.ParseFloat(q.Get("lat"), 64)
	long, two := strconv.ParseFloat(q.Get("long"), 64)
	far, three := strconv.ParseFloat(cmp.Or(q.Get("distance"), c.farDefault()), 64)
	if one != nil || two != nil || three != nil {
		if c.has("lone-lat-ignored") {
			return everyone, nil
		}
		return nil, c.refuse("lat", "The parameters lat and long go together, and distance needs both.")
	}
	if !c.has("distance-in-kilometres") {
		far *= 1.609344
	}
	return func(u *user) bool {
		return slices.ContainsFunc(u.places(), func(p [2]float64) bool {
			if c.has("longitude-unsigned") {
				p[1], long = math.Abs(p[1]), math.Abs(long)
			}
			return kilometres(p, [2]float64{lat, long}) <= far
		})
	}, nil
}

func (c *call) farDefault() string {
	if c.has("distance-boundless") {
		return "30000"
	}
	return "20"
}

// inView says whether a user is in the view asked for; the default is everyone with a role.
func inView(u *user, view string) bool {
	switch view {
	case "volunteers":
		return u.holds("volunteer")
	case "non-volunteers":
		return u.holds("non-volunteer")
	case "applicants":
		return len(u.rows["roles"]) == 0
	case "on-call":
		end, ends := u.f["on_call_end"].(time.Time)
		return u.f["on_call"] == true && (!ends || end.After(time.Now()))
	}
	return len(u.rows["roles"]) > 0
}

func (c *call) current(u *user, q url.Values) bool {
	if c.left(u) && !yes(q.Get("include_inactive")) && !(c.has("inactive-by-default") && !q.Has("include_inactive")) {
		return false
	}
	by := today(0)
	if c.has("active-on-looks-ahead") && q.Get("active_on") > by {
		by = q.Get("active_on")
	}
	r := primaryRole(u)
	for _, other := range u.rows["roles"] {
		if c.has("any-role-upcoming") && text(other.f["start"]) > by {
			r = other
		}
	}
	return r == nil || text(r.f["start"]) <= by || yes(q.Get("include_upcoming"))
}

// sees says whether a user is within the place of the caller in the hierarchy.
func (c *call) sees(u *user) bool {
	if c.who.rights == "all" || u.id == c.who.id || c.has("everyone-visible") || c.opens() {
		return true
	}
	for _, mine := range c.user(c.who.id).rows["roles"] {
		for _, r := range u.rows["roles"] {
			if team, ok := r.f["team"].(int); ok && below(team, mine.f["team"].(int)) {
				return true
			}
		}
	}
	return false
}

// below says whether a team is another one or stands under it.
func below(team, top int) bool {
	for team != 0 {
		if team == top {
			return true
		}
		team, _ = catalogues()["team"][team]["parent_id"].(int)
	}
	return false
}

func (c *call) listed(u *user, q url.Values, near func(*user) bool) bool {
	if !c.sees(u) || !c.current(u, q) || !inView(u, q.Get("view")) || !near(u) {
		return false
	}
	for name, keep := range filters() {
		if v := q.Get(name); v != "" && !keep(c, u, v) {
			return false
		}
	}
	return true
}

func listUsers(c *call) answer {
	q := c.r.URL.Query()
	if bad := c.strictQuery(); bad != nil {
		return *bad
	}
	near, bad := c.near(q)
	if bad != nil {
		return *bad
	}
	found := []*user{}
	for _, u := range c.users {
		if c.listed(u, q, near) {
			found = append(found, u)
		}
	}
	slices.SortFunc(found, c.compare)
	switch down := q.Get("s") != "a"; {
	case c.has("sorted-by-start"):
		slices.SortStableFunc(found, func(a, b *user) int {
			if down {
				a, b = b, a
			}
			return strings.Compare(begun(a), begun(b))
		})
	case down:
		slices.Reverse(found)
	}
	items := []obj{}
	for _, u := range found {
		items = append(items, c.listItem(u, q))
	}
	return c.list(items)
}

// begun is when a user began in the primary role.
func begun(u *user) string {
	if r := primaryRole(u); r != nil {
		return text(r.f["start"])
	}
	return ""
}

// compare is the order of users: nothing is said about the key.
func (c *call) compare(a, b *user) int {
	byName := 0
	if c.has("users-by-name") {
		name := func(u *user) string { return strings.ToLower(text(u.f["last_name"]) + " " + text(u.f["first_name"])) }
		byName = strings.Compare(name(a), name(b))
	}
	return cmp.Or(byName, a.id-b.id)
}

func (c *call) listItem(u *user, q url.Values) obj {
	o := c.base(u)
	if c.has("lists-whole-users") {
		o = c.full(u)
	}
	if c.has("listed-name-stale") && u.firstName != "" {
		o["display_name"] = u.firstName
	}
	c.include(u, o)
	if q.Get("logins") != "" {
		o["logins"] = logins(u)
	}
	return o
}
