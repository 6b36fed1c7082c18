package volunteers

import (
	"cmp"
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
		d := &computation{from: from, user: r, today: from.Today(), under: store.Key(r.ID)}
		d.read()
		d.roles()
		d.belongings()
		var room [8]replaced
		with := room[:0]
		for _, m := range members {
			if raw := m.make(d); raw != "" && (from.Holds(m.By) || r.String(m.Member) == "") {
				with = append(with, replaced{m.Member, raw})
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
	under string // the key of what stands under the user
	own   own
	keys  [listKeys]values // raw JSON values
	due   string

	first              string // start of the earliest role
	current, upcoming  bool
	volunteer, other   bool
	roleName, teamName string
}

// own are the members of the user itself that others follow from.
type own struct {
	preferred, first, last gjson.Result
	born, start            gjson.Result
	applicant, attributes  gjson.Result
}

// read reads them all at once, from the document or else from the private members.
func (d *computation) read() {
	take := func(k, v gjson.Result) bool {
		var to *gjson.Result
		switch k.Str {
		case "preferred_name":
			to = &d.own.preferred
		case "first_name":
			to = &d.own.first
		case "last_name":
			to = &d.own.last
		case "dob":
			to = &d.own.born
		case "start_date":
			to = &d.own.start
		case "applicant":
			to = &d.own.applicant
		case "attributes":
			to = &d.own.attributes
		}
		if to != nil && !to.Exists() {
			*to = v
		}
		return true
	}
	gjson.Parse(d.user.Text()).ForEach(take)
	gjson.Parse(store.View(d.user.Private())).ForEach(take)
}

// listKey is one of the private keys that lists use, in the order in which they are written.
type listKey int

const (
	keyTeams listKey = iota
	keyProfiles
	keyManagers
	keySupervisors
	keySkills
	keyEmails
	keyUnique
	keyPoints
	listKeys
)

func (k listKey) name() string {
	return [listKeys]string{"teams", "profiles", "managers", "supervisors", "skills", "emails", "unique", "points"}[k]
}

// scan hands over what stands under the user, of one table.
func (d *computation) scan(table string, yield func(*store.Record) bool) {
	d.from.Reader().Each(table, "user", d.under, yield)
}

func (d *computation) key(k listKey, raw string) {
	if raw == "" || raw == "null" {
		return
	}
	d.keys[k].add(raw)
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
	d.scan("role", func(r *store.Record) bool {
		start, end := r.String("start"), r.String("end")
		d.key(keyTeams, r.Get("team").Raw)
		d.key(keyManagers, r.Get("manager").Raw)
		d.key(keyProfiles, r.Get("profile").Raw)
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
		return true
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
	d.scan("email", func(r *store.Record) bool {
		if d.from.Holds("VOL-EMAIL-22") || r.Get("primary").Bool() {
			d.key(keyEmails, r.Get("email").Raw)
		}
		return true
	})
	d.scan("skill", func(r *store.Record) bool { d.key(keySkills, r.Get("id").Raw); return true })
	d.scan("supervisor", func(r *store.Record) bool { d.key(keySupervisors, r.Get("supervisor").Raw); return true })
	d.scan("address", func(r *store.Record) bool {
		lat, long := r.Get("lat"), r.Get("long")
		if lat.Type == gjson.Number && long.Type == gjson.Number && !gjson.Get(store.View(r.Private()), "deleted_at").Exists() {
			d.key(keyPoints, "["+lat.Raw+","+long.Raw+"]")
		}
		return true
	})
	d.own.attributes.ForEach(func(k, v gjson.Result) bool {
		if f, ok := d.from.Reader().Get("field", k.String()); ok && f.Get("unique").Bool() {
			d.key(keyUnique, rule.Text(v.Get("value").String()))
		}
		return true
	})
}

func (d *computation) displayName() string {
	first := cmp.Or(d.own.preferred.String(), d.own.first.String())
	return rule.Text(strings.TrimSpace(first + " " + d.own.last.String()))
}

// adult is the age at which nobody is a minor any more, in years.
const adult = 18

func (d *computation) minor() string {
	born, ok := format.Date(d.own.born.String())
	if !ok {
		return "false"
	}
	grown := written(born.AddDate(adult, 0, 0))
	d.on(grown)
	return strconv.FormatBool(grown > d.today)
}

func (d *computation) volunteerFor() string {
	start, ok := format.Date(d.own.start.String())
	if !ok {
		return "null"
	}
	if day := d.own.start.String(); day > d.today {
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
	case d.own.applicant.Bool():
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
	b := append(make([]byte, 0, 256), '{') // room for most
	gjson.Parse(store.View(d.user.Private())).ForEach(func(k, v gjson.Result) bool {
		if k.Str != "keys" {
			b = append(append(append(append(b, k.Raw...), ':'), v.Raw...), ',')
		}
		return true
	})
	b = rule.AppendText(append(b, `"keys":{"due":`...), d.due)
	b = rule.AppendText(append(b, `,"first":`...), d.first)
	b = strconv.AppendBool(append(b, `,"upcoming":`...), d.upcoming)
	for k := range listKeys {
		sign := byte('[')
		for _, raw := range d.keys[k].all {
			if sign == '[' {
				b = append(append(append(b, `,"`...), k.name()...), `":`...)
			}
			b = append(append(b, sign), raw...)
			sign = ','
		}
		if sign == ',' {
			b = append(b, ']')
		}
	}
	return append(make([]byte, 0, len(b)+2), append(b, "}}"...)...)
}
