package rule

import (
	"rollcall/mockserver/store"
)

// Group says which records of a table belong together: those that share the
// value of Within. Index is an index of the table whose keys begin with it.
type Group struct{ Within, Index string }

// siblings hands over the other records of the change's group.
func (g Group) siblings(c *Change, yield func(*store.Record) bool) {
	own := c.After
	if own == nil {
		own = c.Before
	}
	c.Tx.Each(c.Table, g.Index, store.Key(own.String(g.Within)), func(r *store.Record) bool {
		return r.ID == own.ID || yield(r)
	})
}

// KeepOne refuses to delete the last record of a group.
type KeepOne struct {
	Group
	What string // what the records are, for the message
}

// Fields names what the kind reads.
func (k KeepOne) Fields() []string { return []string{k.Within} }

// Check counts the others.
func (k KeepOne) Check(c *Change) (Why, bool) {
	others := false
	k.siblings(c, func(*store.Record) bool { others = true; return false })
	if others || c.After != nil {
		return Why{}, true
	}
	return Why{Message: "the last " + k.What + " can't be deleted", Hint: "add another " + k.What + " first"}, false
}

// Undeletable refuses to delete a record whose flag is set.
type Undeletable struct{ Field, What string }

// Fields names what the kind reads.
func (u Undeletable) Fields() []string { return []string{u.Field} }

// Check looks at the flag.
func (u Undeletable) Check(c *Change) (Why, bool) {
	if c.After != nil || !c.Before.Get(u.Field).Bool() {
		return Why{}, true
	}
	return Why{Message: "a " + u.Field + " " + u.What + " can't be deleted", Hint: "make another " + u.What + " " + u.Field +
		" first"}, false
}

// Exclusive lets one record of a group have a flag: setting it clears it on the
// others.
type Exclusive struct {
	Group
	Field string
}

// Fields names what the kind reads.
func (e Exclusive) Fields() []string { return []string{e.Within, e.Field} }

// Apply clears the flag on the others.
func (e Exclusive) Apply(c *Change) {
	if c.After == nil || !c.After.Get(e.Field).Bool() {
		return
	}
	var others []*store.Record
	e.siblings(c, func(r *store.Record) bool {
		if r.Get(e.Field).Bool() {
			others = append(others, r)
		}
		return true
	})
	for _, r := range others {
		c.Tx.Put(c.Table, r.With(set(r.Document(), e.Field, "false")))
	}
}

// First gives the first record of a group a flag, whatever was sent.
type First struct {
	Group
	Field string
}

// Fields names what the kind reads.
func (f First) Fields() []string { return []string{f.Within, f.Field} }

// Apply sets the flag when no other record has it.
func (f First) Apply(c *Change) {
	if c.After == nil || c.After.Get(f.Field).Bool() || hasOther(f.Group, c, f.Field) {
		return
	}
	c.After = c.After.With(set(c.After.Document(), f.Field, "true"))
}

// Successor hands the flag of a deleted record to the oldest of its group.
type Successor struct {
	Group
	Field string
}

// Fields names what the kind reads.
func (s Successor) Fields() []string { return []string{s.Within, s.Field} }

// Apply sets the flag on the oldest other record.
func (s Successor) Apply(c *Change) {
	if c.After != nil || !c.Before.Get(s.Field).Bool() || hasOther(s.Group, c, s.Field) {
		return
	}
	s.siblings(c, func(r *store.Record) bool {
		c.Tx.Put(c.Table, r.With(set(r.Document(), s.Field, "true")))
		return false
	})
}

// Held refuses to clear a flag that no other record of the group has.
type Held struct {
	Group
	Field string
}

// Fields names what the kind reads.
func (h Held) Fields() []string { return []string{h.Within, h.Field} }

// Check looks for another record with the flag.
func (h Held) Check(c *Change) (Why, bool) {
	if c.Before == nil || c.After == nil || !c.Before.Get(h.Field).Bool() || c.After.Get(h.Field).Bool() ||
		hasOther(h.Group, c, h.Field) {
		return Why{}, true
	}
	return Why{Pointer: "/" + h.Field, Message: "one must be " + h.Field, Hint: "make another one " + h.Field + " instead"}, false
}

// hasOther tells whether another record of the group has the flag.
func hasOther(g Group, c *Change, field string) (found bool) {
	g.siblings(c, func(r *store.Record) bool { found = r.Get(field).Bool(); return !found })
	return found
}
