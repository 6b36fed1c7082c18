package engine

import (
	"net/http"
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// concerns tells whether a rule is in force in this operation.
func (r *run) concerns(row behavior.Rule) bool {
	return len(row.Operations) == 0 || slices.Contains(row.Operations, r.Operation.ID)
}

// store writes a change that every rule agreed to, and completes the parent
// whose computed members depend on it.
func (r *run) store(s *behavior.CompiledResource, c *rule.Change) {
	some := c.After
	switch {
	case c.After != nil:
		if s.Compute != nil {
			c.After = s.Compute(&r.call, c.After)
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
func (r *run) feed(s *behavior.CompiledResource, child *store.Record) {
	of, ok := r.plan.Resource(s.Nest.Resource)
	if !ok || of.Compute == nil {
		return
	}
	if parent, ok := r.call.Tx.Get(of.Name, child.String(s.Nest.Field)); ok {
		r.call.Tx.Put(of.Name, of.Compute(&r.call, parent))
	}
}

// write is for functions: rules, then the store.
func (r *run) write(table string, before, after *store.Record) *behavior.Refusal {
	s, ok := r.plan.Resource(table)
	if !ok {
		return &behavior.Refusal{Status: http.StatusInternalServerError, Message: "no resource " + table}
	}
	_, ref := r.enforce(s, before, after)
	return ref
}

func (r *run) commit(before, after *store.Record) (*store.Record, *behavior.Refusal) {
	return r.enforce(r.Operation.Records, before, after)
}

// enforce asks the rules of a resource, checks before effects, and stores.
func (r *run) enforce(s *behavior.CompiledResource, before, after *store.Record) (*store.Record, *behavior.Refusal) {
	c := &r.change
	*c = rule.Change{Tx: r.call.Tx, Table: s.Name, Before: before, After: after, Actor: r.call.Actor,
		Sent: r.call.Body, Now: r.Now, Holds: c.Holds}
	event := eventOf(before, after)
	for _, row := range s.Checks {
		if row.When&event == 0 || !r.concerns(row) {
			continue
		}
		why, ok := row.Kind.(rule.Check).Check(c)
		if ok || r.exempted(row.Requirement, before) {
			r.Trace.add(row.Requirement, "agreed")
			continue
		}
		r.Trace.add(row.Requirement, "refused")
		ref := &behavior.Refusal{Requirement: row.Requirement, Status: row.Status, In: "body",
			Pointer: why.Pointer, Message: why.Message, Hint: why.Hint, Details: why.Details}
		if r.refuse(ref) {
			return nil, ref
		}
	}
	for _, row := range s.Effects {
		if row.When&event != 0 && r.concerns(row) && r.holds(row.Requirement) {
			row.Kind.(rule.Effect).Apply(c)
			r.Trace.add(row.Requirement, "applied")
		}
	}
	r.store(s, c)
	return c.After, nil
}

func eventOf(before, after *store.Record) rule.Event {
	switch {
	case before == nil:
		return rule.Create
	case after == nil:
		return rule.Delete
	}
	return rule.Update
}
