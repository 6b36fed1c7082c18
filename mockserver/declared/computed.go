package declared

import (
	"cmp"
	"slices"
	"strconv"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// view appends a record with the members that follow from others; nil where none do.
func (t *table) view(r *contract.Resource) func(*behavior.Call, []byte, *store.Record) []byte {
	if len(r.Computed)+len(r.Hidden) == 0 && !t.includes(r) {
		return nil
	}
	hides := behavior.By(t.on(r, contract.RowHidden))
	return func(c *behavior.Call, to []byte, rec *store.Record) []byte {
		doc := rec.AppendDocument(nil)
		for _, d := range r.Computed {
			doc = set(doc, d.Member, t.follows(c, r, d, rec))
		}
		if !c.Holds(hides) {
			for _, name := range r.Hidden {
				doc = set(doc, name, cmp.Or(rec.Get(name).Raw, "null"))
			}
		}
		return append(to, t.included(c, doc, rec)...)
	}
}

// includes tells whether records of others may come along with those of a resource.
func (t *table) includes(r *contract.Resource) bool {
	return slices.ContainsFunc(t.of.Operations, func(a *contract.Act) bool { return a.Resource == r.Name && len(a.Includes) > 0 })
}

// enforces are the requirements that views ask about.
func (t *table) enforces() (all []behavior.By) {
	for _, r := range t.of.Resources {
		all = append(all, by(t.on(r, contract.RowHidden))...)
		for _, d := range r.Computed {
			all = append(all, by(t.on(r, contract.RowComputed+d.Member))...)
		}
	}
	for _, a := range t.of.Operations {
		for _, one := range a.Includes {
			all = append(all, by(t.row(a.Operation, contract.RowInclude+one.Name))...)
		}
	}
	return all
}

// follows gives a computed member as JSON.
func (t *table) follows(c *behavior.Call, r *contract.Resource, d contract.Computed, rec *store.Record) string {
	holds := c.Holds(behavior.By(t.on(r, contract.RowComputed+d.Member)))
	if d.Count != "" {
		n := 0
		index, value := t.counted(r, d, rec)
		c.Reader().Each(d.Count, index, store.Key(value), func(one *store.Record) bool {
			if holds && !one.Get(deletedMember).Exists() {
				n++
			}
			return true
		})
		return strconv.Itoa(n)
	}
	if !holds {
		return "null"
	}
	other, ok := c.Reader().Get(d.Of, rec.String(d.By))
	if !ok {
		return "null"
	}
	if raw := other.Get(d.Copy).Raw; raw != "" {
		return raw
	}
	return "null"
}

// counted is the index that holds what is counted, and the value under which it holds it.
func (t *table) counted(r *contract.Resource, d contract.Computed, rec *store.Record) (index, value string) {
	child, ok := t.of.Resource(d.Count)
	if ok && child.Parent != nil && child.Parent.Resource == r.Name && t.within(child, d.By) == fixtures.ParentMember {
		return byParent, rec.ID
	}
	return "by " + d.By, shownID(r, rec)
}
