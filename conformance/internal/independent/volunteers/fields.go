package volunteers

import (
	"encoding/json"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// field is one member of a request body.
type field struct {
	name, kind string
	must       bool     // required by the document
	filled     bool     // not required, but not to be emptied
	enum       []string // the values it can have
	def        any      // what it is when not sent
	of         string   // the catalogue that a reference names
	top        float64  // the largest absolute value of a number
	lax        string   // the fault under which nothing is demanded of it
}

// skip is what a reference without an id comes to: the record keeps what it has.
type skip struct{}

func readers() map[string]func(*server, field, any) (any, bool) {
	return map[string]func(*server, field, any) (any, bool){
		"text": readText, "title": readTitle, "password": readPassword, "email": readEmail, "phone": readPhone, "uri": readURI,
		"flag": readFlag, "bit": readBit, "whole": readWhole, "number": readNumber, "date": readDate, "born": readBorn,
		"moment": readMoment, "reminder": readReminder, "ref": readRef, "profile": readProfile,
		"lines": readLines, "object": readObject, "skills": readSkills,
	}
}

// read checks a body against its fields: what was understood, and what was wrong by member.
func (s *server) read(fields []field, body obj, whole bool) (obj, obj) {
	in, wrong := obj{}, obj{}
	known := map[string]bool{}
	for _, f := range fields {
		known[f.name] = true
		s.readOne(f, body, whole, in, wrong)
	}
	for name := range body {
		if !known[name] && s.has("refuses-unknown-members") {
			wrong[name] = []any{"The " + name + " field is not known."}
		}
	}
	return in, wrong
}

func (s *server) readOne(f field, body obj, whole bool, in, wrong obj) {
	if f.lax != "" && s.has(f.lax) {
		f.must, f.enum = false, nil
	}
	v, sent := body[f.name]
	switch {
	case f.kind == "own": // listed in the body by the document, but the server's to say
	case f.must && v == nil:
		if whole || sent {
			wrong[f.name] = []any{"The " + f.name + " field is required."}
		}
	case !sent:
		return
	case v == nil && !s.takesNull(f):
		wrong[f.name] = []any{"The " + f.name + " field is invalid."}
	case v == nil:
		in[f.name] = f.def
	default:
		got, ok := readers()[f.kind](s, f, v)
		if !ok {
			wrong[f.name] = []any{"The " + f.name + " field is invalid."}
		} else if got != (skip{}) {
			in[f.name] = got
		}
	}
}

func readText(s *server, f field, v any) (any, bool) {
	t, ok := v.(string)
	if n, number := v.(json.Number); number && s.has("coerces") {
		t, ok = n.String(), true
	}
	if s.has("trims-blanks") && f.name != "body" {
		t = strings.TrimSpace(t)
	}
	need := f.must || f.filled
	empty := t == "" || s.has("refuses-blanks") && strings.TrimSpace(t) == ""
	long := s.has("short-names") && strings.HasSuffix(f.name, "_name") && len([]rune(t)) > 80
	if !ok || need && empty || long || f.enum != nil && !s.oneOf(f.enum, t) {
		return nil, false
	}
	return t, true
}

// oneOf says whether a text is one of the values that are listed.
func (s *server) oneOf(listed []string, text string) bool {
	return slices.ContainsFunc(listed, func(one string) bool {
		return one == text || s.has("types-in-any-letters") && strings.EqualFold(one, text)
	})
}

func readTitle(s *server, f field, v any) (any, bool) {
	if f.kind = "text"; s.has("titles-listed") {
		f.enum = []string{"", "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Rev"}
	}
	return readText(s, f, v)
}

func readPassword(s *server, f field, v any) (any, bool) {
	t, ok := v.(string)
	has := func(class string) bool { return strings.ContainsAny(t, class) }
	lower := has("abcdefghijklmnopqrstuvwxyz") || s.has("password-without-lower-case")
	strong := !s.has("strong-passwords") || len(t) >= 12
	return t, ok && lower && strong && has("ABCDEFGHIJKLMNOPQRSTUVWXYZ") && has("0123456789")
}

func emailForm() *regexp.Regexp {
	return regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s.]+$`)
}

func readEmail(s *server, f field, v any) (any, bool) {
	t, ok := v.(string)
	if s.has("trims-blanks") {
		t = strings.TrimSpace(t)
	}
	if s.has("lower-emails") {
		t = strings.ToLower(t)
	}
	return t, ok && emailForm().MatchString(t)
}

func phoneForm() *regexp.Regexp {
	return regexp.MustCompile(`^\+?[0-9][0-9 ()-]{3,}$`)
}

func readPhone(s *server, f field, v any) (any, bool) {
	t, ok := v.(string)
	t = strings.TrimSpace(t)
	good := ok && phoneForm().MatchString(t)
	if digits, plus := strings.CutPrefix(t, "+44"); plus && s.has("spaced-phones") && len(digits) == 10 {
		t = "+44 " + digits[:4] + " " + digits[4:]
	}
	if s.has("bare-phones") {
		t = strings.NewReplacer(" ", "", "(", "", ")", "", "-", "").Replace(t)
	}
	return t, good
}

func readURI(s *server, f field, v any) (any, bool) {
	t, ok := v.(string)
	u, err := url.Parse(t)
	return t, ok && err == nil && u.Scheme != "" && u.Host != ""
}

func readFlag(s *server, f field, v any) (any, bool) {
	b, ok := v.(bool)
	if ok || !s.has("coerces") {
		return b, ok
	}
	return readBit(s, f, v)
}

// readBit takes what the documents call an integer here and a boolean there.
func readBit(s *server, f field, v any) (any, bool) {
	switch t := v.(type) {
	case bool:
		return t, true
	case json.Number:
		return t == "1", t == "0" || t == "1"
	case string:
		yes := t == "true" || t == "1"
		return yes, s.has("coerces") && (yes || t == "false" || t == "0")
	}
	return nil, false
}

func readWhole(s *server, f field, v any) (any, bool) {
	n, ok := v.(json.Number)
	if t, text := v.(string); text && s.has("coerces") {
		n, ok = json.Number(t), true
	}
	i, err := strconv.Atoi(n.String())
	return i, ok && err == nil && i >= 0
}

func readNumber(s *server, f field, v any) (any, bool) {
	n, ok := v.(json.Number)
	if t, text := v.(string); text && s.has("coerces") {
		n, ok = json.Number(t), true
	}
	x, err := n.Float64()
	return x, ok && err == nil && math.Abs(x) <= f.top
}

func readDate(s *server, f field, v any) (any, bool) {
	t, ok := v.(string)
	_, err := time.Parse(time.DateOnly, t)
	return t, ok && err == nil
}

func readBorn(s *server, f field, v any) (any, bool) {
	t, ok := readDate(s, f, v)
	return t, ok && text(t) <= today(0)
}

func readMoment(s *server, f field, v any) (any, bool) {
	t, _ := v.(string)
	at, err := time.Parse(time.RFC3339, t)
	return at.UTC(), err == nil
}

func readReminder(s *server, f field, v any) (any, bool) {
	o, ok := v.(obj)
	if ok && o["date"] == nil {
		return nil, true
	}
	at, good := readMoment(s, f, o["date"])
	return at, ok && good
}

// idOf reads an id that may be a number or digits.
func idOf(v any) (int, bool) {
	t, ok := v.(string)
	if n, number := v.(json.Number); number {
		t, ok = n.String(), true
	}
	id, err := strconv.Atoi(t)
	return id, ok && err == nil
}

func readRef(s *server, f field, v any) (any, bool) {
	o, ok := v.(obj)
	if !ok {
		return nil, false
	}
	if o["id"] == nil {
		return s.byName(f, o), !f.must
	}
	return readProfile(s, f, o["id"])
}

// byName finds a record of a catalogue by its name, which is all that the sample of a
// category shows.
func (s *server) byName(f field, o obj) any {
	for id, entry := range catalogues()[f.of] {
		if f.of == "category" && o["name"] != nil && entry["name"] == o["name"] {
			return id
		}
	}
	return skip{}
}

func readProfile(s *server, f field, v any) (any, bool) {
	id, ok := idOf(v)
	if f.of == "user" {
		return id, ok && s.user(id) != nil
	}
	_, known := catalogues()[f.of][id]
	return id, ok && known
}

func readLines(s *server, f field, v any) (any, bool) {
	list, ok := v.([]any)
	lines := []obj{}
	for _, item := range list {
		o, object := item.(obj)
		ok = ok && object
		lines = append(lines, o)
	}
	return lines, ok && (!f.must || len(lines) > 0)
}

func readObject(s *server, f field, v any) (any, bool) {
	if list, empty := v.([]any); empty && len(list) == 0 {
		return obj{}, true // how some clients spell an object without members
	}
	o, ok := v.(obj)
	return o, ok
}

func readSkills(s *server, f field, v any) (any, bool) {
	list, ok := v.([]any)
	ids := []int{}
	for _, item := range list {
		id, good := readWhole(s, f, item)
		if !good || catalogues()["skill"][id.(int)] == nil {
			return nil, false
		}
		if !slices.Contains(ids, id.(int)) {
			ids = append(ids, id.(int))
		}
	}
	return ids, ok
}

// today is the date of today, some days on.
func today(days int) string { return time.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly) }
