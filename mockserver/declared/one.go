package declared

import (
	"maps"

	"github.com/tidwall/gjson"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

func moment(s *contract.Schema, c *behavior.Call) []byte { return fixtures.Moment(s, c.Now) }

// one reads or sets the one record that there is, of a parent or at all. It is there from the
// beginning: where nothing was set yet, it has what a new record has.
func (t *table) one(r *contract.Resource, a *contract.Act) behavior.Func {
	sets := a.Verb == contract.VerbSetOne
	return behavior.Func{Write: true, Refuses: denies(t.row(a.Operation, contract.RowParent)),
		Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
			if ref := t.above(c, r, a); ref != nil {
				return behavior.Answer{}, ref
			}
			before := only(c, r)
			if before == nil {
				before = c.Draft(r.Name, nil)
				if ref := c.Write(r.Name, nil, before); ref != nil {
					return behavior.Answer{}, ref
				}
			}
			after := before
			if sets {
				after = before.With(merged(before.Document(), c.Body))
				if ref := c.Write(r.Name, before, after); ref != nil {
					return behavior.Answer{}, ref
				}
			}
			return c.Wrap(r.Name, func(to []byte) []byte { return c.Show(to, r.Name, after) }), nil
		}}
}

// above loads the parent of a record that has no name of its own.
func (t *table) above(c *behavior.Call, r *contract.Resource, a *contract.Act) *behavior.Refusal {
	if r.Parent == nil || t.absent(r)(c) {
		return nil
	}
	parent, ref := c.Find(r.Parent.Resource, last(a.Params), behavior.Denies(t.row(a.Operation, contract.RowParent)))
	c.Parent = parent
	return ref
}

// only gives the one record of the parent, or of all; nil where there is none.
func only(c *behavior.Call, r *contract.Resource) *store.Record {
	index, prefix := byOrder, ""
	if c.Parent != nil {
		index, prefix = byParent, store.Key(c.Parent.ID)
	}
	if found := c.Reader().Scan(r.Name, index, prefix); found.Len() > 0 {
		return found.At(0)
	}
	return nil
}

// merged puts the members of a body over those of a document, in the document's order.
func merged(doc, body []byte) []byte {
	sent := map[string]string{}
	gjson.ParseBytes(body).ForEach(func(k, v gjson.Result) bool { sent[k.String()] = v.Raw; return true })
	out, rest := []byte{'{'}, maps.Clone(sent)
	add := func(name, raw string) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, encoded(name)...), ':'), raw...)
	}
	gjson.ParseBytes(doc).ForEach(func(k, v gjson.Result) bool {
		raw, ok := sent[k.String()]
		if !ok {
			raw = v.Raw
		}
		delete(rest, k.String())
		add(k.String(), raw)
		return true
	})
	gjson.ParseBytes(body).ForEach(func(k, v gjson.Result) bool {
		if _, left := rest[k.String()]; left {
			add(k.String(), v.Raw)
		}
		return true
	})
	return append(out, '}')
}
