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

// compute completes a user: the members that follow from the others, from what
// stands under the user and from the date, and the private keys that lists use.
func compute(from behavior.Basis, r *store.Record) *store.Record {
	d := &computation{from: from, user: r, today: from.Today(), keys: map[string]*values{}, with: map[string]string{}}
	d.roles()
	d.belongings()
	d.names()
	d.dates()
	d.standing()
	out := r.With(patch(r.Document(), d.with))
	out.SetPrivate(d.private())
	return out
}

type computation struct {
	from  behavior.Basis
	user  *store.Record
	today string
	keys  map[string]*values // raw JSON values by name
	with  map[string]string  // members of the document
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
}

// dayAfter gives the day after a date, "" for none.
func dayAfter(day string) string {
	t, ok := format.Date(day)
	if !ok {
		return ""
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
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

func (d *computation) names() {
	first := d.user.String("preferred_name")
	if first == "" {
		first = d.user.String("first_name")
	}
	if d.from.Holds("VOL-UPD-18") || d.user.String("display_name") == "" {
		d.with["display_name"] = rule.Text(strings.TrimSpace(first + " " + d.user.String("last_name")))
	}
	if !d.from.Holds("VOL-GET-06") {
		d.roleName, d.teamName = d.teamName, d.roleName
	}
	if d.from.Holds("VOL-ROLE-35") || d.user.String("role_name") == "" {
		d.with["role_name"], d.with["team_name"] = d.roleName, d.teamName
	}
	if d.from.Holds("VOL-GET-07") || d.user.Facts() == nil {
		d.with["is_volunteer"], d.with["is_non_volunteer"] = strconv.FormatBool(d.volunteer), strconv.FormatBool(d.other)
	}
}

// adult is the age at which nobody is a minor any more, in years.
const adult = 18

func (d *computation) dates() {
	minor := false
	if born, ok := format.Date(d.user.String("dob")); ok {
		grown := born.AddDate(adult, 0, 0).Format(time.DateOnly)
		minor = grown > d.today && d.from.Holds("VOL-CRT-28")
		d.on(grown)
	}
	d.with["is_minor"] = strconv.FormatBool(minor)
	d.with["volunteer_for"] = "null"
	start, ok := format.Date(d.user.String("start_date"))
	if !ok {
		return
	}
	if day := start.Format(time.DateOnly); day > d.today {
		d.on(day)
		return
	}
	years := 0
	for start.AddDate(years+1, 0, 0).Format(time.DateOnly) <= d.today {
		years++
	}
	d.on(start.AddDate(years+1, 0, 0).Format(time.DateOnly))
	d.with["volunteer_for"] = rule.Text(span(years))
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

func (d *computation) standing() {
	id := inactive
	switch {
	case d.user.Get("applicant").Bool():
		id = applicant
	case d.current:
		id = active
	}
	if s, ok := d.from.Reader().Get("status", id); ok && d.from.Holds("VOL-UPD-15") {
		d.with["status"] = string(s.Document())
	}
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
