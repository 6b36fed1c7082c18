package declared

import (
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// bulk makes a record of each item of a list, or of none where one is refused: the transaction of the call ends with
// the first refusal.
func (t *table) bulk(r *contract.Resource, a *contract.Act) behavior.Func {
	each, none := behavior.By(t.row(a.Operation, contract.RowSeveral)), behavior.By(t.row(a.Operation, contract.RowAtomic))
	server := behavior.By(t.row(a.Operation, contract.RowServer))
	return behavior.Func{Write: true, Enforces: by(string(each), string(none), string(server)),
		Refuses: denies(t.row(a.Operation, contract.RowParent)),
		Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
			if ref := t.above(c, r, a); ref != nil {
				return behavior.Answer{}, ref
			}
			body := c.Body
			defer func() { c.Body = body }()
			var made []*store.Record
			for i, item := range listIn(body, a.Sent) {
				if i > 0 && !c.Holds(each) {
					break
				}
				c.Body = []byte(item.Raw) // rules look at what was sent of the one record
				rec := c.Draft(r.Name, t.item(c, a, item, server))
				switch ref := c.Write(r.Name, nil, rec); {
				case ref == nil:
					made = append(made, rec)
				case c.Holds(none):
					return behavior.Answer{}, ref
				}
			}
			return t.many(c, r, a, made)
		}}
}

// listIn are the items of the list at a place such as books[]; [] is the whole.
func listIn(body []byte, place string) []gjson.Result {
	list := gjson.ParseBytes(body)
	if name := strings.TrimSuffix(place, "[]"); name != "" {
		list = list.Get(gjson.Escape(name))
	}
	return list.Array()
}

// item gives the members of one item that its sender may set.
func (t *table) item(c *behavior.Call, a *contract.Act, item gjson.Result, server behavior.By) map[string]string {
	s := c.Operation.Body.Schema
	if name := strings.TrimSuffix(a.Sent, "[]"); name != "" {
		s, _ = s.Property(name)
	}
	all := map[string]string{}
	item.ForEach(func(k, v gjson.Result) bool {
		p, ok := s.Items.Property(k.String())
		if ok && !p.ReadOnly || !c.Holds(server) {
			all[k.String()] = v.Raw
		}
		return true
	})
	return all
}

// many answers the records that were made where the document has a list of them, else what it says.
func (t *table) many(c *behavior.Call, r *contract.Resource, a *contract.Act, made []*store.Record) (behavior.Answer,
	*behavior.Refusal) {
	name, listed := strings.CutSuffix(a.In, "[]")
	if !listed {
		return t.answer(c)
	}
	list := []byte{'['}
	for i, rec := range made {
		if i > 0 {
			list = append(list, ',')
		}
		now, ok := c.Reader().Get(r.Name, rec.ID)
		if !ok {
			now = rec
		}
		list = c.Show(list, r.Name, now)
	}
	list = append(list, ']')
	if name == "" {
		return c.OK(list), nil
	}
	out, ref := t.answer(c)
	out.Body = set(out.Body, name, string(list))
	return out, ref
}
