package rule

import (
	"strconv"

	"rollcall/mockserver/store"
)

// Named says which records of another table name a record: those whose keys in Index begin
// with the value of its member Key.
type Named struct {
	Table, Index string
	Key          string // "" means its id
}

// of hands over the records that name one.
func (n Named) of(c *Change, r *store.Record, yield func(*store.Record) bool) {
	value := r.ID
	if n.Key != "" {
		value = r.String(n.Key)
	}
	c.Tx.Each(n.Table, n.Index, store.Key(value), yield)
}

// Restrict refuses to delete a record that another one names.
type Restrict struct{ Named }

// Fields names what the kind reads.
func (r Restrict) Fields() []string { return []string{r.Key} }

// Check looks for one that names it.
func (r Restrict) Check(c *Change) (Why, bool) {
	if c.After != nil {
		return Why{}, true
	}
	found := false
	r.of(c, c.Before, func(*store.Record) bool { found = true; return false })
	if !found {
		return Why{}, true
	}
	return Why{Message: "a record of " + r.Table + " still names it", Hint: "delete or change what names it first"}, false
}

// Cascade deletes what names a record that is deleted.
type Cascade struct{ Named }

// Fields names what the kind reads.
func (r Cascade) Fields() []string { return []string{r.Key} }

// Apply deletes them.
func (r Cascade) Apply(c *Change) {
	if c.After != nil {
		return
	}
	var gone []string
	r.of(c, c.Before, func(child *store.Record) bool { gone = append(gone, child.ID); return true })
	for _, id := range gone {
		c.Tx.Delete(r.Table, id)
	}
}

// Limit refuses a record beyond the most that a group may have.
type Limit struct {
	Group
	Most int
	What string // what the records are, for the message
}

// Fields names what the kind reads.
func (l Limit) Fields() []string { return []string{l.Within} }

// Check counts the others.
func (l Limit) Check(c *Change) (Why, bool) {
	if c.Before != nil || c.After == nil {
		return Why{}, true
	}
	others := 0
	l.siblings(c, func(*store.Record) bool { others++; return others < l.Most })
	if others < l.Most {
		return Why{}, true
	}
	return Why{Message: "there are " + strconv.Itoa(l.Most) + " of " + l.What + " already", Hint: "delete one first"}, false
}
