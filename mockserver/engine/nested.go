package engine

import (
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// parent loads the record that the resource's stand under, if they do.
func (r *run) parent(s *behavior.Shelf) *behavior.Refusal {
	if s.Nest.Resource == "" || r.call.Parent != nil {
		return nil
	}
	of, ok := r.plan.Resource(s.Nest.Resource)
	if !ok {
		return nil
	}
	id := r.Path.Get(s.Nest.Param)
	rec, ok := r.call.Reader().Get(of.Name, id)
	if !ok {
		ref := r.missing(of, s.Nest.Parents, id)
		if r.refuse(ref) {
			return ref
		}
		if rec = r.any(of); rec == nil {
			return ref
		}
	}
	r.call.Parent = rec
	return nil
}

// one is the answer with a single record.
func (r *run) one(rec *store.Record) behavior.Answer {
	s := r.Operation.Shelf
	wrap := r.wrapping(s)
	if s.View == nil && wrap == "" {
		return r.call.OK(rec.Document())
	}
	a := r.call.OK(r.wrapped(r.call.Scratch[:0], wrap, func(b []byte) []byte { return r.show(b, s, rec) }))
	a.Borrowed = true
	return a
}

// wrapped appends what fill does, as the only member of an object if it has a
// name.
func (r *run) wrapped(to []byte, name string, fill func([]byte) []byte) []byte {
	if name == "" {
		return fill(to)
	}
	to = append(append(append(to, `{"`...), name...), `":`...)
	return append(fill(to), '}')
}

// wrapping is the name of the member that holds a single record, "" for none.
func (r *run) wrapping(s *behavior.Shelf) string {
	member := s.Wrap.Member
	if member != "" && !r.holds(string(s.Wrap.By)) {
		member = ""
	}
	loose := s.Wrap.Loose != "" && host{r}.Variant(s.Wrap.Loose)
	if member == "" && (loose || s.Wrap.Bare != "" && !r.holds(string(s.Wrap.Bare))) {
		member = "data"
	}
	return member
}

func (r *run) delete(v behavior.Delete) (behavior.Answer, *behavior.Refusal) {
	before, ref := r.load(v.Param)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	if r.call.Holds(v.Gone) {
		if _, ref = r.commit(before, nil); ref != nil {
			return behavior.Answer{}, ref
		}
	}
	return r.call.OK(nil), nil
}

// concerns tells whether a rule is in force in this operation.
func (r *run) concerns(row behavior.Rule) bool {
	return len(row.Operations) == 0 || slices.Contains(row.Operations, r.Operation.ID)
}

// store writes a change that every rule agreed to, and completes the parent
// whose derived members depend on it.
func (r *run) store(s *behavior.Shelf, c *rule.Change) {
	some := c.After
	switch {
	case c.After != nil:
		if s.Derive != nil {
			c.After = s.Derive(&r.call, c.After)
		}
		r.call.Tx.Put(s.Name, c.After)
	case s.Trash.Field != "":
		kept := c.Before.With(c.Before.Document())
		kept.SetPrivate(discard(kept, s.Trash.Field, r.Now.UTC().Format("2006-01-02T15:04:05Z")))
		r.call.Tx.Put(s.Name, kept)
		some = c.Before
	default:
		r.call.Tx.Delete(s.Name, c.Before.ID)
		some = c.Before
	}
	if r.active.Any() {
		r.writes = append(r.writes, written{s, some})
	}
	if s.Nest.Feeds {
		r.feed(s, some)
	}
}

// discard gives a record's private members with the time of its deletion.
func discard(rec *store.Record, field, when string) []byte {
	d := &document{[]byte{'{'}}
	for name, raw := range members(rec.Private()) {
		d.add(name, raw)
	}
	d.add(field, rule.Text(when))
	return d.close()
}

// feed completes the parent of a record, unless it does not exist yet.
func (r *run) feed(s *behavior.Shelf, child *store.Record) {
	of, ok := r.plan.Resource(s.Nest.Resource)
	if !ok || of.Derive == nil {
		return
	}
	if parent, ok := r.call.Tx.Get(of.Name, child.String(s.Nest.Field)); ok {
		r.call.Tx.Put(of.Name, of.Derive(&r.call, parent))
	}
}

func trashed(s *behavior.Shelf, rec *store.Record) bool {
	return s.Trash.Field != "" && rec.HasPrivate() && rec.Get(s.Trash.Field).Exists()
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
