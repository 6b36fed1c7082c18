package contract

import (
	"slices"
	"strings"
)

// settleActs turns into replies the operations that are to list records, or to show the one that there is, and whose
// documented answer has no place for it: a list whose answer is one record, a record whose answer is a text. What is
// asked for by its name is still there or not, and what writes does so all the same; but nobody can tell by the answer.
func (c *Contract) settleActs(b *Behavior) {
	for _, a := range b.Operations {
		op, ok := c.Operation(a.Operation)
		if !ok || a.Verb == VerbReply || b.Tells(a, op) {
			continue
		}
		c.Requirements = slices.DeleteFunc(c.Requirements, func(q *Requirement) bool {
			return q.Check == CheckDistinct && slices.Contains(q.Operations, a.Operation)
		})
		if a.Verb != VerbList && a.Verb != VerbReadOne {
			continue
		}
		*a = Act{Operation: a.Operation, Verb: VerbReply, Reply: &Reply{Status: op.SuccessStatus(false)}, Origin: a.Origin}
		a.Why = strings.TrimPrefix(a.Why+"; but what the document has for its answer holds no such record", "; ")
	}
}

// Tells says whether the documented success of an operation has a place for what the act answers: a record of its
// resource, or a list of them. Where nothing is documented of a body, anything has.
func (b *Behavior) Tells(a *Act, op *Operation) bool {
	s := op.Success()
	switch {
	case op.Redirects():
		return false // what it leads to is told there
	case s == nil || s.MediaType == "":
		return true
	case !IsJSON(s.MediaType):
		return false
	}
	r, _ := b.Resource(a.Resource)
	if a.Verb == VerbDelete || a.Verb != VerbList && a.Resource == "" {
		return true
	}
	if a.Verb != VerbList {
		return r.fits(s.Schema.at(a.In))
	}
	items := ""
	if a.List != nil {
		items = a.List.Items
	}
	return r.fits(s.Schema.at(items + "[]"))
}

// at follows members with dots between them, and "[]" at the end into the items of a list: to the alternatives that
// there are for what stands there. Nothing is known of what they don't name; none is false.
func (s *Schema) at(place string) (forms []*Schema, ok bool) {
	name, list := strings.CutSuffix(place, "[]")
	forms = s.Forms()
	for step := range strings.SplitSeq(name, ".") {
		if step == "" || len(forms) == 0 {
			continue
		}
		next := stepAll(forms, step)
		if len(next) == 0 {
			return nil, isFree(forms)
		}
		forms = next
	}
	if !list || len(forms) == 0 {
		return forms, true
	}
	open, items := true, []*Schema(nil)
	for _, one := range forms {
		if open = open && one.Type == ""; one.Type == "array" || one.Items != nil {
			items, ok = append(items, one.Items.Forms()...), true
		}
	}
	return items, ok || open && isFree(forms)
}

// fits says whether one of the forms can hold a record of the resource: one that is an object, and names a member of
// the resource's or none at all.
func (r *Resource) fits(forms []*Schema, ok bool) bool {
	if !ok || len(forms) == 0 {
		return ok
	}
	names := map[string]bool{}
	if r != nil {
		for _, p := range r.Schema.Every() {
			names[p.Name] = true
		}
	}
	own := func(p *Property) bool {
		return names[p.Name] || len(names) == 0 && (r == nil || r.ID.Member == "" || r.ID.Member == p.Name)
	}
	return slices.ContainsFunc(forms, func(s *Schema) bool {
		if s.Type != "" && s.Type != "object" || s.Items != nil {
			return false
		}
		members := s.Every()
		if len(members) == 0 {
			free := s.Additional == nil || len(s.Additional.Every()) == 0 && s.Additional.Type == ""
			return !s.closed && free && (s.Type == "object" || len(forms) == 1)
		}
		return slices.ContainsFunc(members, own)
	})
}
