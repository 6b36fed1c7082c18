package volunteers

import (
	"slices"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
)

// The statuses of users.
const (
	active    = "1"
	inactive  = "2"
	applicant = "3"
)

// facts are what lists ask of a user, read once when the user is stored.
type facts struct {
	key    string // order by display name, then id
	search string // what q looks into, in small letters, a line each
	short  int    // where the short form ends in the document
	due    string // the day on which something computed changes
	status string

	volunteer, other  bool
	onCall, upcoming  bool
	minor, hasEmail   bool
	onCallEnd, dob    string
	login, firstStart string

	teams, profiles, managers []string
	supervisors, skills       []string
	points                    []query.Point
}

func factsOf(r *store.Record) *facts {
	if f, ok := r.Facts().(*facts); ok {
		return f
	}
	return &facts{}
}

// factsReader reads facts of users into memory that many of them share: there are as many as there are users, and as
// small objects they would keep pages that are half empty.
func factsReader() func(*store.Record) any {
	shelves := &sync.Pool{New: func() any { return &shelf{} }}
	return func(r *store.Record) any {
		on := shelves.Get().(*shelf)
		defer shelves.Put(on)
		f := &take(&on.facts, 1, manyFacts)[0]
		f.read(r)
		f.own(on)
		return f
	}
}

// shelf is room for facts.
type shelf struct {
	facts  []facts
	ids    []string
	points []query.Point
	text   []byte
}

// take takes room for n; room for many is made at once.
func take[T any](from *[]T, n, many int) []T {
	if len(*from) < n {
		*from = make([]T, max(n, many))
	}
	taken := (*from)[:n:n]
	*from = (*from)[n:]
	return taken
}

// How much room is made at once: for facts, for ids and points of them, and for texts, in bytes.
const (
	manyFacts = 32
	manyParts = 256
	manyBytes = 4 << 10
)

// read reads a user's document and its private keys.
func (f *facts) read(r *store.Record) {
	var name string
	gjson.Parse(r.Text()).ForEach(func(k, v gjson.Result) bool {
		switch k.Str {
		case "display_name":
			name = v.String()
		case "status":
			f.status = v.Get("id").String()
			f.short = v.Index + len(v.Raw)
		case "is_volunteer":
			f.volunteer = v.Bool()
		case "is_non_volunteer":
			f.other = v.Bool()
		case "is_minor":
			f.minor = v.Bool()
		case "on_call":
			f.onCall = v.Bool()
		case "on_call_end":
			f.onCallEnd = v.String()
		case "dob":
			f.dob = v.String()
		}
		return true
	})
	lower := strings.ToLower(name)
	f.key = store.Key(lower, padded(r.ID))
	f.search = lower + "\n"
	f.private(r)
}

// own gives what was read memory of its own: parts of the document would keep all of it.
func (f *facts) own(on *shelf) {
	size, ids := 0, 0
	lists := [...]*[]string{&f.teams, &f.profiles, &f.managers, &f.supervisors, &f.skills}
	texts := [...]*string{&f.key, &f.search, &f.due, &f.status, &f.onCallEnd, &f.dob, &f.login, &f.firstStart}
	for _, text := range texts {
		size += len(*text)
	}
	for _, list := range lists {
		ids += len(*list)
		for _, id := range *list {
			size += len(id)
		}
	}
	room, place := take(&on.text, size, manyBytes)[:0], take(&on.ids, ids, manyParts)[:0]
	keep := func(text string) string {
		from := len(room)
		room = append(room, text...)
		return store.View(room[from:])
	}
	for _, text := range texts {
		*text = keep(*text)
	}
	for _, list := range lists {
		from := len(place)
		for _, id := range *list {
			place = append(place, keep(id))
		}
		*list = slices.Clip(place[from:])
	}
	points := take(&on.points, len(f.points), manyParts)
	copy(points, f.points)
	f.points = points
}

// padded writes an id with zeros before it, so that texts are in the order of numbers.
func padded(id string) string {
	const zeros = "000000000000"
	return zeros[min(len(id), len(zeros)):] + id
}

// private reads what is kept beside the document.
func (f *facts) private(r *store.Record) {
	gjson.Parse(store.View(r.Private())).ForEach(func(k, v gjson.Result) bool {
		switch k.Str {
		case "login":
			f.login = v.String()
		case "keys":
			v.ForEach(f.kept)
		}
		return true
	})
}

func (f *facts) kept(k, v gjson.Result) bool {
	switch k.Str {
	case "due":
		f.due = v.String()
	case "first":
		f.firstStart = v.String()
	case "upcoming":
		f.upcoming = v.Bool()
	case "emails", "unique":
		words := []byte(f.search)
		v.ForEach(func(_, e gjson.Result) bool {
			words = append(append(words, strings.ToLower(e.String())...), '\n')
			return true
		})
		f.search = string(words)
		f.hasEmail = f.hasEmail || k.Str == "emails" && v.Get("#").Int() > 0
	case "teams":
		f.teams = parts(v)
	case "profiles":
		f.profiles = parts(v)
	case "managers":
		f.managers = parts(v)
	case "supervisors":
		f.supervisors = parts(v)
	case "skills":
		f.skills = parts(v)
	case "points":
		v.ForEach(func(_, p gjson.Result) bool {
			f.points = append(f.points, query.Point{Lat: p.Get("0").Float(), Long: p.Get("1").Float()})
			return true
		})
	}
	return true
}

// parts lists the texts of a list, as parts of the document.
func parts(list gjson.Result) (all []string) {
	list.ForEach(func(_, v gjson.Result) bool { all = append(all, v.String()); return true })
	return all
}

func texts(list gjson.Result) (all []string) {
	list.ForEach(func(_, v gjson.Result) bool { all = append(all, text(v)); return true })
	return all
}

// text gives a value as a text of its own: a part of the document would keep all
// of it in memory.
func text(v gjson.Result) string { return strings.Clone(v.String()) }

// ordinary tells whether a user is listed without being asked for: neither
// inactive nor upcoming, and no applicant.
func (f *facts) ordinary() bool {
	return f.status != inactive && f.status != applicant && !f.upcoming && (f.volunteer || f.other)
}

func listedKey(r *store.Record) string {
	if f := factsOf(r); f.ordinary() {
		return f.key
	}
	return ""
}

func dueOf(r *store.Record) string { return factsOf(r).due }
