package rule

import (
	"time"

	"github.com/tidwall/gjson"

	"rollcall/specs/format"
)

// Lowers pulls a member of another record down to this one's, when that is
// smaller: the earliest of several dates, say.
type Lowers struct {
	From  string // the member here
	Key   string // the member here that names the other record
	Table string
	Field string // the member there
}

// Fields names what the kind reads.
func (l Lowers) Fields() []string { return []string{l.From, l.Key} }

// Apply writes the other record.
func (l Lowers) Apply(c *Change) {
	if c.After == nil {
		return
	}
	value := c.After.Get(l.From)
	other, ok := c.Tx.Get(l.Table, c.After.String(l.Key))
	if !ok || value.String() == "" {
		return
	}
	if old := other.String(l.Field); old == "" || value.String() < old {
		c.Tx.Put(l.Table, other.With(set(other.Document(), l.Field, value.Raw)))
	}
}

// Ordered refuses a record whose day, time or number Until is before From. Other members are
// in any order.
type Ordered struct{ From, Until string }

// Fields names what the kind reads.
func (o Ordered) Fields() []string { return []string{o.From, o.Until} }

// Check compares the two.
func (o Ordered) Check(c *Change) (Why, bool) {
	if c.After == nil {
		return Why{}, true
	}
	from, until := c.After.Get(o.From), c.After.Get(o.Until)
	if !before(until, from) {
		return Why{}, true
	}
	return Why{Pointer: "/" + o.Until, Message: "must not be before " + o.From, Hint: "send a later " + o.Until}, false
}

// before tells whether a value comes before another one of its sort.
func before(a, b gjson.Result) bool {
	if a.Type == gjson.Number && b.Type == gjson.Number {
		return a.Num < b.Num
	}
	for _, read := range []func(string) (time.Time, bool){format.Date, format.Instant} {
		x, ok := read(a.Str)
		y, ok2 := read(b.Str)
		if ok && ok2 {
			return x.Before(y)
		}
	}
	return false
}

// IsInstant tells whether a text is a date-time, as package format reads it.
func IsInstant(text string) bool {
	_, ok := format.Instant(text)
	return ok
}
