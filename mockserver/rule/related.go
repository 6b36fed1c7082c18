package rule

import "rollcall/specs/format"

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

// Ordered refuses a record whose date Until is before From. Members that are no
// dates are in any order.
type Ordered struct{ From, Until string }

// Fields names what the kind reads.
func (o Ordered) Fields() []string { return []string{o.From, o.Until} }

// Check compares the two days.
func (o Ordered) Check(c *Change) (Why, bool) {
	if c.After == nil {
		return Why{}, true
	}
	from, ok := format.Date(c.After.String(o.From))
	until, ok2 := format.Date(c.After.String(o.Until))
	if !ok || !ok2 || !until.Before(from) {
		return Why{}, true
	}
	return Why{Pointer: "/" + o.Until, Message: "must not be before " + o.From, Hint: "send a later " + o.Until}, false
}
