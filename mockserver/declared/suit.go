package declared

import (
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/specs/contract"
)

// suit makes of the record or the list that a verb answers what the document has for it: a form with other members, a
// text, or nothing at all. Nil where the document has the resource's own records.
func (t *table) suit(r *contract.Resource, a *contract.Act, op *contract.Operation) behavior.Suit {
	if t.shows(op, r) || t.lists(r, a, op) {
		return nil
	}
	return func(c *behavior.Call, answer behavior.Answer) behavior.Answer {
		documented, ok := c.Operation.Response(answer.Status)
		switch {
		case !ok || documented.Open:
			return answer
		case documented.Schema == nil || !contract.IsJSON(documented.MediaType):
			return t.documentedAnswer(c, documented, answer.Status)
		case len(answer.Body) > 0 && documented.Schema.Fits(answer.Body):
			return answer
		}
		body := t.suited(c, documented.Schema, answer.Body, 0)
		if body == nil {
			return t.documentedAnswer(c, documented, answer.Status)
		}
		answer.Body, answer.Borrowed = body, false
		return answer
	}
}

// lists tells whether the success of a list is one of the resource's own records.
func (t *table) lists(r *contract.Resource, a *contract.Act, op *contract.Operation) bool {
	s := op.Success()
	return a.Verb == contract.VerbList && s != nil && s.Schema != nil && s.Schema.Items != nil && s.Schema.Items == r.Schema
}

// suited gives of a value what the schema takes of it, with what it wants besides; nil where nothing can be made of it.
func (t *table) suited(c *behavior.Call, s *contract.Schema, raw []byte, depth int) []byte {
	if s.Fits(raw) {
		return raw
	}
	const deepest = 5
	value, members := gjson.ParseBytes(raw), s.Every()
	var out []byte
	switch {
	case depth == deepest:
	case s.Items != nil && value.IsArray():
		out = t.suitedItems(c, s.Items, value.Array(), depth)
	case s.Items != nil && value.IsObject():
		out = t.suitedItems(c, s.Items, []gjson.Result{value}, depth)
	case value.IsObject() && len(members) > 0:
		out = []byte{'{'}
		for _, m := range members {
			own := t.suitedMember(c, s, m, value.Get(gjson.Escape(m.Name)), depth)
			if own == nil {
				continue
			}
			if len(out) > 1 {
				out = append(out, ',')
			}
			out = append(append(append(out, encoded(m.Name)...), ':'), own...)
		}
		out = append(out, '}')
	}
	if out == nil || !s.Fits(out) {
		return nil
	}
	return out
}

func (t *table) suitedItems(c *behavior.Call, s *contract.Schema, items []gjson.Result, depth int) []byte {
	out := []byte{'['}
	for i, item := range items {
		own := t.suited(c, s, []byte(item.Raw), depth+1)
		if own == nil {
			return nil
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, own...)
	}
	return append(out, ']')
}

// suitedMember gives the member of a value, or one of its schema where it has to be there.
func (t *table) suitedMember(
	c *behavior.Call, s *contract.Schema, m *contract.Property, value gjson.Result, depth int,
) []byte {
	if value.Exists() {
		if own := t.suited(c, m.Schema, []byte(value.Raw), depth+1); own != nil {
			return slices.Clone(own)
		}
	}
	if !s.IsRequired(m.Name) {
		return nil
	}
	return t.maker.Reply(c.Operation.ID+" "+m.Name, asked(c), m.Schema)
}
