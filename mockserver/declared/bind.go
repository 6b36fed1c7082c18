package declared

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// bond is the table in which records of one resource are bound to those of another.
func bond(a *contract.Act) string { return a.Under + "/" + a.Resource }

// bonds are the tables of all pairs of resources that operations bind.
func (t *table) bonds() (all []behavior.Resource) {
	for _, a := range t.of.Operations {
		if a.Verb != contract.VerbRelate || !t.of.Bound(a) ||
			slices.ContainsFunc(all, func(r behavior.Resource) bool { return r.Name == bond(a) }) {
			continue
		}
		pair := func(rec *store.Record) string { return store.Key(rec.String(a.Under), rec.String(a.Resource)) }
		all = append(all, behavior.Resource{Name: bond(a), Indexes: []store.Index{{Name: byOrder, Key: pair}},
			Nest: behavior.Nest{Resource: a.Under, Field: a.Under, Index: byOrder}})
	}
	return all
}

// bound finds what binds a record to another, nil where nothing does.
func bound(c *behavior.Call, a *contract.Act, above, rec *store.Record) *store.Record {
	found := c.Reader().Scan(bond(a), byOrder, store.Key(above.ID, rec.ID))
	if found.Len() == 0 {
		return nil
	}
	return found.At(0)
}

// boundAlone has a list hold what is bound to the record that its path leads through.
func (t *table) boundAlone(a *contract.Act, list *behavior.List) {
	row := behavior.By(t.row(a.Operation, contract.RowWithin))
	if !t.of.Bound(a) || row == "" {
		return
	}
	hides := list.Hides
	list.Enforces = append(list.Enforces, row)
	list.Hides = func(c *behavior.Call, rec *store.Record) bool {
		return hides != nil && hides(c, rec) || c.Holds(row) && c.Above != nil && bound(c, a, c.Above, rec) == nil
	}
}

// bind binds the record that the path ends in to the one that it leads through, or frees it.
func (t *table) bind(r *contract.Resource, a *contract.Act) behavior.Func {
	upper, lower := t.row(a.Operation, contract.RowParent), t.row(a.Operation, contract.RowFound)
	does := t.row(a.Operation, contract.RowBound)
	if a.Verb == contract.VerbUnbind {
		does = t.row(a.Operation, contract.RowFreed)
	}
	return behavior.Func{Write: true, Enforces: by(does), Refuses: denies(upper, lower),
		Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
			above, ref := c.Find(a.Under, a.Params[0], behavior.Denies(upper))
			if ref != nil {
				return behavior.Answer{}, ref
			}
			c.Parent = nil // the other stands under its own
			rec, ref := c.Find(r.Name, last(a.Params), behavior.Denies(lower))
			if ref != nil {
				return behavior.Answer{}, ref
			}
			if c.Holds(behavior.By(does)) {
				if ref := t.rebind(c, a, above, rec); ref != nil {
					return behavior.Answer{}, ref
				}
			}
			if t.shows(c.Operation, r) {
				return c.Wrap(r.Name, func(to []byte) []byte { return c.Show(to, r.Name, rec) }), nil
			}
			if of, ok := t.of.Resource(a.Under); ok && t.shows(c.Operation, of) {
				return c.Wrap(of.Name, func(to []byte) []byte { return c.Show(to, of.Name, above) }), nil
			}
			return t.answer(c)
		}}
}

// rebind writes, or takes away, what binds two records, where that is news.
func (t *table) rebind(c *behavior.Call, a *contract.Act, above, rec *store.Record) *behavior.Refusal {
	is := bound(c, a, above, rec)
	c.Parent = above
	switch {
	case a.Verb == contract.VerbUnbind && is != nil:
		return c.Write(bond(a), is, nil)
	case a.Verb == contract.VerbRelate && is == nil:
		made := c.Draft(bond(a), nil)
		made.SetDocument([]byte("{" + rule.Text(a.Under) + ":" + rule.Text(above.ID) + "," + rule.Text(a.Resource) + ":" +
			rule.Text(rec.ID) + "}"))
		return c.Write(bond(a), nil, made)
	}
	return nil
}
