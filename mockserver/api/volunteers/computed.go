package volunteers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/format"
)

// computed is a member of a user that follows from others.
type computed struct {
	Member string
	By     behavior.By // asks that it follows them; omitted, it stays what it is once the user has one
	make   func(*computation) string
}

func computedMembers() []computed {
	return []computed{
		{"display_name", "VOL-UPD-18", (*computation).displayName},
		{"role_name", "VOL-ROLE-35", func(d *computation) string { return d.roleName }},
		{"team_name", "VOL-ROLE-35", func(d *computation) string { return d.teamName }},
		{"is_volunteer", "VOL-GET-07", func(d *computation) string { return strconv.FormatBool(d.volunteer) }},
		{"is_non_volunteer", "VOL-GET-07", func(d *computation) string { return strconv.FormatBool(d.other) }},
		{"is_minor", "VOL-CRT-28", (*computation).minor},
		{"volunteer_for", "", (*computation).volunteerFor},
		{"status", "VOL-UPD-15", (*computation).status},
	}
}

// compute gives what completes a user: the members that follow from the others, from what
// stands under the user and from the date, and the private keys that lists use.
func compute(members []computed) func(behavior.Basis, *store.Record) *store.Record {
	return func(from behavior.Basis, r *store.Record) *store.Record {
		d := &computation{from: from, user: r, today: from.Today(), keys: map[string]*values{}}
		d.roles()
		d.belongings()
		with := make(map[string]string, len(members))
		for _, m := range members {
			if raw := m.make(d); raw != "" && (from.Holds(m.By) || r.String(m.Member) == "") {
				with[m.Member] = raw
			}
		}
		out := r.With(patch(r.Document(), with))
		out.SetPrivate(d.private())
		return out
	}
}

type computation struct {
	from  behavior.Basis
	user  *store.Record
	today string
	keys  map[string]*values // raw JSON values by name
	due   string

	first              string // start of the earliest role
	current, upcoming  bool
	volunteer, other   bool
	roleName, teamName string
}

// scan hands over what stands under the user, of one table.
func (d *computation) scan(table string, yield func(*store.Record)) {
	d.from.Reader().Each(table, "user", store.Key(d.user.ID), func(r *store.Record) bool { yield(r); return true })
}

func (d *computation) key(name, raw string) {
	if raw == "" || raw == "null" {
		return
	}
	if d.keys[name] == nil {
		d.keys[name] = &values{}
	}
	d.keys[name].add(raw)
}

// values are texts, each once, in the order in which they came.
type values struct {
	all   []string
	known map[string]bool // once there are too many to compare one by one
}

func (v *values) add(one string) {
	if v.known == nil && len(v.all) == fewIDs {
		v.known = make(map[string]bool, 2*fewIDs)
		for _, have := range v.all {
			v.known[have] = true
		}
	}
	switch {
	case v.known == nil && slices.Contains(v.all, one), v.known[one]:
		return
	case v.known != nil:
		v.known[one] = true
	}
	v.all = append(v.all, one)
}

// on notes a day in the future on which something changes.
func (d *computation) on(day string) {
	if day > d.today && (d.due == "" || day < d.due) {
		d.due = day
	}
}

func (d *computation) roles() {
	d.roleName, d.teamName = "null", "null"
	d.scan("role", func(r *store.Record) {
		start, end := r.String("start"), r.String("end")
		d.key("teams", r.Get("team").Raw)
		d.key("managers", r.Get("manager").Raw)
		d.key("profiles", r.Get("profile").Raw)
		if d.first == "" || start < d.first {
			d.first = start
		}
		d.on(start)
		d.on(dayAfter(end))
		if end == "" || end >= d.today {
			d.current = true
		}
		if r.String("type") == "volunteer" {
			d.volunteer = true
		} else {
			d.other = true
		}
		if r.Get("primary").Bool() {
			d.upcoming = start > d.today
			d.roleName = r.Get("display_name").Raw
			if t, ok := d.from.Reader().Get("team", r.String("team")); ok {
				d.teamName = t.Get("display_name").Raw
			}
		}
	})
	if !d.from.Holds("VOL-GET-06") {
		d.roleName, d.teamName = d.teamName, d.roleName
	}
}

// dayAfter gives the day after a date, "" for none.
func dayAfter(day string) string {
	t, ok := format.Date(day)
	if !ok {
		return ""
	}
	return written(t.AddDate(0, 0, 1))
}

// written writes a day. One that is past the last that can be written comes after all others.
func written(day time.Time) string {
	if day.Year() > 9999 {
		return "9999-12-32"
	}
	return day.Format(time.DateOnly)
}

func (d *computation) belongings() {
	d.scan("email", func(r *store.Record) {
		if d.from.Holds("VOL-EMAIL-22") || r.Get("primary").Bool() {
			d.key("emails", r.Get("email").Raw)
		}
	})
	d.scan("skill", func(r *store.Record) { d.key("skills", r.Get("id").Raw) })
	d.scan("supervisor", func(r *store.Record) { d.key("supervisors", r.Get("supervisor").Raw) })
	d.scan("address", func(r *store.Record) {
		lat, long := r.Get("lat"), r.Get("long")
		if lat.Type == gjson.Number && long.Type == gjson.Number && !gjson.GetBytes(r.Private(), "deleted_at").Exists() {
			d.key("points", "["+lat.Raw+","+long.Raw+"]")
		}
	})
	d.user.Get("attributes").ForEach(func(k, v gjson.Result) bool {
		if f, ok := d.from.Reader().Get("field", k.String()); ok && f.Get("unique").Bool() {
			d.key("unique", rule.Text(v.Get("value").String()))
		}
		return true
	})
}

func (d *computation) displayName() string {
	first := d.user.String("preferred_name")
	if first == "" {
		first = d.user.String("first_name")
	}
	return rule.Text(strings.TrimSpace(first + " " + d.user.String("last_name")))
}

// adult is the age at which nobody is a minor any more, in years.
const adult = 18

func (d *computation) minor() string {
	born, ok := format.Date(d.user.String("dob"))
	if !ok {
		return "false"
	}
	grown := written(born.AddDate(adult, 0, 0))
	d.on(grown)
	return strconv.FormatBool(grown > d.today)
}

func (d *computation) volunteerFor() string {
	start, ok := format.Date(d.user.String("start_date"))
	if !ok {
		return "null"
	}
	if day := start.Format(time.DateOnly); day > d.today {
		d.on(day)
		return "null"
	}
	years := 0
	for written(start.AddDate(years+1, 0, 0)) <= d.today {
		years++
	}
	d.on(written(start.AddDate(years+1, 0, 0)))
	return rule.Text(span(years))
}

// span writes how long somebody has been there.
func span(years int) string {
	switch years {
	case 0:
		return "less than a year"
	case 1:
		return "1 year"
	}
	return fmt.Sprintf("%d years", years)
}

// status is where the user stands, "" when there is no such status.
func (d *computation) status() string {
	id := inactive
	switch {
	case d.user.Get("applicant").Bool():
		id = applicant
	case d.current:
		id = active
	}
	s, ok := d.from.Reader().Get("status", id)
	if !ok {
		return ""
	}
	return string(s.Document())
}

// private writes the private members, the keys anew.
func (d *computation) private() []byte {
	var b strings.Builder
	b.WriteByte('{')
	gjson.ParseBytes(d.user.Private()).ForEach(func(k, v gjson.Result) bool {
		if k.Str != "keys" {
			b.WriteString(k.Raw + ":" + v.Raw + ",")
		}
		return true
	})
	b.WriteString(`"keys":{"due":` + rule.Text(d.due) + `,"first":` + rule.Text(d.first) + `,"upcoming":` +
		strconv.FormatBool(d.upcoming))
	for _, name := range []string{"teams", "profiles", "managers", "supervisors", "skills", "emails", "unique", "points"} {
		if found := d.keys[name]; found != nil {
			b.WriteString(`,"` + name + `":[` + strings.Join(found.all, ",") + "]")
		}
	}
	b.WriteString("}}")
	return []byte(b.String())
}
