package declared

import (
	"strconv"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// view appends a record with the members that follow from others; nil where none do.
func (t *table) view(r *contract.Resource) func(*behavior.Call, []byte, *store.Record) []byte {
	if len(r.Derived) == 0 {
		return nil
	}
	return func(c *behavior.Call, to []byte, rec *store.Record) []byte {
		doc := rec.AppendDocument(nil)
		for _, d := range r.Derived {
			doc = set(doc, d.Member, t.follows(c, r, d, rec))
		}
		return append(to, doc...)
	}
}

// follows gives a derived member as JSON.
func (t *table) follows(c *behavior.Call, r *contract.Resource, d contract.Derived, rec *store.Record) string {
	if d.Count != "" {
		n := 0
		index, value := t.counted(r, d, rec)
		c.Reader().Each(d.Count, index, store.Key(value), func(*store.Record) bool { n++; return true })
		return strconv.Itoa(n)
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
func (t *table) counted(r *contract.Resource, d contract.Derived, rec *store.Record) (index, value string) {
	child, ok := t.of.Resource(d.Count)
	if ok && child.Parent != nil && child.Parent.Resource == r.Name && t.within(child, d.By) == fixtures.ParentMember {
		return byParent, rec.ID
	}
	return "by " + d.By, shownID(r, rec)
}
