package rule

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/store"
)

// Unique refuses a second record with the same value, among those that share
// the value of Within.
type Unique struct {
	Field  string
	Within string // "" means the whole table
	Self   string // requirement: a record's own value is no conflict with itself
	Fold   string // requirement: letter case makes no difference; "" means it does
}

// Fields names what the kind reads.
func (u Unique) Fields() []string {
	if u.Within == "" {
		return []string{u.Field}
	}
	return []string{u.Field, u.Within}
}

// Index keeps the values, first without letter case and then as they are, so that
// a look-up finds its own value among any number that differ in case.
func (u Unique) Index() store.Index {
	return store.Index{Name: u.index(), Key: u.key}
}

func (u Unique) index() string { return "unique " + u.Field }

func (u Unique) key(r *store.Record) string {
	v := r.String(u.Field)
	if v == "" {
		return ""
	}
	small := strings.ToLower(v)
	return store.Key(u.within(r), small, cased(v, small))
}

func (u Unique) within(r *store.Record) string {
	if u.Within == "" {
		return ""
	}
	return r.String(u.Within)
}

// cased is a value that has capitals, and nothing for one without, as it is in small letters:
// most keys are not longer for it.
func cased(v, small string) string {
	if v == small {
		return ""
	}
	return v
}

// Check looks the value up.
func (u Unique) Check(c *Change) (Why, bool) {
	if c.After == nil {
		return Why{}, true
	}
	value := c.After.String(u.Field)
	if value == "" {
		return Why{}, true
	}
	small := strings.ToLower(value)
	parts := []string{u.within(c.After), small, cased(value, small)}
	if u.Fold != "" && c.Holds(u.Fold) {
		parts = parts[:2]
	}
	key := store.Key(parts...)
	free := true
	c.Tx.Each(c.Table, u.index(), key, func(r *store.Record) bool {
		self := c.Before != nil && r.ID == c.Before.ID
		free = self && (u.Self == "" || c.Holds(u.Self))
		return free
	})
	if free {
		return Why{}, true
	}
	return Why{
		Pointer: "/" + u.Field,
		Message: "another one has the " + u.Field + " " + strconv.Quote(value) + " already",
		Hint:    "send another " + u.Field + ", or change the one that has it",
	}, false
}

// Sequence sets a number one above the present maximum on create.
type Sequence struct {
	Field  string
	Within string
	Start  int64
	Yield  string // requirement: a number sent by the client does not win
}

// Fields names what the kind reads.
func (s Sequence) Fields() []string { return []string{s.Field, s.Within} }

// Index orders the records by the number.
func (s Sequence) Index() store.Index {
	return store.Index{Name: "by " + s.Field, Key: func(r *store.Record) string {
		return store.Key(r.String(s.Within), SortableInt(r.Get(s.Field).Int()))
	}}
}

// Apply writes the number into the new record.
func (s Sequence) Apply(c *Change) {
	if c.After == nil {
		return
	}
	next := s.Start
	run := c.Tx.Scan(c.Table, s.Index().Name, store.Key(c.After.String(s.Within)))
	if n := run.Len(); n > 0 {
		next = run.At(n - 1).Get(s.Field).Int()
		if next < math.MaxInt64 {
			next++
		}
	}
	raw := strconv.FormatInt(next, 10)
	if sent := gjson.GetBytes(c.Sent, s.Field); s.Yield != "" && sent.Type == gjson.Number && !c.Holds(s.Yield) {
		raw = sent.Raw
	}
	c.After = c.After.With(set(c.After.Document(), s.Field, raw))
}

// SortableInt writes an integer so that text order is number order.
func SortableInt(n int64) string {
	s := strconv.FormatUint(uint64(n)^(1<<63), 16)
	return strings.Repeat("0", 16-len(s)) + s
}

// set gives the document with one member replaced. The names come from the
// program's tables, so a failure is a bug of ours.
func set(doc []byte, path, raw string) []byte {
	out, err := sjson.SetRawBytes(doc, path, []byte(raw))
	if err != nil {
		panic("rule: member " + path + ": " + err.Error())
	}
	return out
}

// plain tells whether a text is the same within JSON quotes.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// Text writes a string as JSON.
func Text(s string) string {
	if plain(s) {
		return `"` + s + `"`
	}
	return string(encoded(s))
}

// AppendText appends what Text writes.
func AppendText(to []byte, s string) []byte {
	if plain(s) {
		return append(append(append(to, '"'), s...), '"')
	}
	return append(to, encoded(s)...)
}

func encoded(s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always encodes
	}
	return b
}
