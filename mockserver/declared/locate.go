package declared

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// line is a resource and those it stands under, the outermost first.
func (t *table) line(r *contract.Resource) (all []*contract.Resource) {
	for r != nil && !slices.Contains(all, r) {
		all = append(all, r)
		if r.Parent == nil {
			break
		}
		r, _ = t.of.Resource(r.Parent.Resource)
	}
	slices.Reverse(all)
	return all
}

// own is how many path parameters name one record of a resource.
func own(r *contract.Resource) int { return len(keyMembers(r)) }

// ofRecord tells whether the last parameters of an act name a record of its own resource: those
// of a list name its parent.
func ofRecord(a *contract.Act) bool {
	return a.Verb != contract.VerbList && !a.Makes() && a.Verb != contract.VerbReadOne &&
		a.Verb != contract.VerbSetOne
}

// values gives the path parameters that name a record of a resource on the path of a call, and
// those of the records above it; ok is false where the path names none.
func (t *table) values(c *behavior.Call, r *contract.Resource) (names []string, ok bool) {
	act, ok := t.of.Act(c.Operation.ID)
	if !ok {
		return nil, false
	}
	names = act.Params
	if this, known := t.of.Resource(act.Resource); known && t.of.Bound(act) && act.Under == r.Name {
		if ofRecord(act) && act.Named == "" {
			names = names[:max(0, len(names)-own(this))]
		}
		return names, len(names) > 0
	}
	for at, below := len(names), act.Resource; ; {
		this, known := t.of.Resource(below)
		if !known {
			return nil, false
		}
		from := at
		if below != act.Resource || ofRecord(act) {
			from = at - own(this)
		}
		if from < 0 || from == at && below == r.Name {
			return nil, false
		}
		if below == r.Name {
			return names[:at], true
		}
		if this.Parent == nil {
			return nil, false
		}
		at, below = from, this.Parent.Resource
	}
}

// absent tells whether the path of a call names no record above those of a resource.
func (t *table) absent(r *contract.Resource) func(*behavior.Call) bool {
	parent, _ := t.of.Resource(r.Parent.Resource)
	return func(c *behavior.Call) bool {
		_, ok := t.values(c, parent)
		return !ok
	}
}

// locateByID finds a record by its id, the last parameter of the path that is its own.
func (t *table) locateByID(r *contract.Resource) func(*behavior.Call) (*store.Record, bool) {
	return func(c *behavior.Call) (*store.Record, bool) {
		names, ok := t.values(c, r)
		if !ok {
			return nil, false
		}
		return c.Reader().Get(r.Name, c.Path.Get(names[len(names)-1]))
	}
}

// locate finds a record by members of its document, within its parent where the path names it.
func (t *table) locate(r *contract.Resource) func(*behavior.Call) (*store.Record, bool) {
	line := t.line(r)
	return func(c *behavior.Call) (*store.Record, bool) {
		names, ok := t.values(c, r)
		if !ok {
			return nil, false
		}
		return t.find(c, line, names)
	}
}

// find goes down a line of resources, each record found by its parameters.
func (t *table) find(c *behavior.Call, line []*contract.Resource, names []string) (*store.Record, bool) {
	r := line[len(line)-1]
	n := own(r)
	if len(names) < n {
		return nil, false
	}
	above := ""
	if len(line) > 1 && len(names) > n {
		parent, ok := t.find(c, line[:len(line)-1], names[:len(names)-n])
		if !ok {
			return nil, false
		}
		above = parent.ID
	}
	if madeByServer(r) {
		return c.Reader().Get(r.Name, c.Path.Get(names[len(names)-1]))
	}
	parts := []string{above}
	for i, name := range names[len(names)-n:] {
		if keyMembers(r)[i] != "" {
			parts = append(parts, c.Path.Get(name))
		}
	}
	found := c.Reader().Scan(r.Name, byKey, store.Key(parts...))
	if found.Len() == 0 {
		return nil, false
	}
	return found.At(0), true
}
