package engine

import (
	"bytes"
	"net/http"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

func (r *run) verb() (behavior.Answer, *behavior.Refusal) {
	switch v := r.Operation.Verb.(type) {
	case behavior.List:
		return r.list(v), nil
	case behavior.Get:
		rec, ref := r.load(v.Param)
		if ref != nil {
			return behavior.Answer{}, ref
		}
		return r.call.OK(r.view(rec)), nil
	case behavior.Create:
		return r.create(v)
	case behavior.Update:
		return r.update(v)
	case behavior.Func:
		return v.Run(&r.call)
	}
	return behavior.Answer{Status: http.StatusNotImplemented}, nil
}

func (r *run) view(rec *store.Record) []byte {
	if r.Operation.Shelf.View != nil {
		return r.Operation.Shelf.View(&r.call, rec)
	}
	return rec.Body
}

// owner is the value that the caller's records have; "" when the resource is
// everybody's.
func (r *run) owner() string {
	if o := r.Operation.Shelf.Owner; o.Field != "" && r.call.Actor != nil {
		return r.call.Actor.String(o.Field)
	}
	return ""
}

func (r *run) list(v behavior.List) behavior.Answer {
	s := r.Operation.Shelf
	prefix := ""
	if s.Owner.Field != "" && r.call.Holds(s.Owner.Lists) {
		prefix = store.Key(r.owner())
	}
	run := r.call.Reader().Scan(s.Name, v.Index, prefix)
	var b bytes.Buffer
	b.WriteByte('[')
	run.All(func(rec *store.Record) bool {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.Write(r.view(rec))
		return true
	})
	b.WriteByte(']')
	return r.call.OK(b.Bytes())
}

// load finds the record a path parameter names, among those of the caller.
func (r *run) load(param string) (*store.Record, *behavior.Refusal) {
	s := r.Operation.Shelf
	id := r.Path.Get(param)
	rec, ok := r.call.Reader().Get(s.Name, id)
	if !ok {
		ref := r.missing(string(r.Operation.Refuses), id)
		if r.refuse(ref) {
			return nil, ref
		}
		if rec = r.any(); rec == nil {
			return nil, ref
		}
		return rec, nil
	}
	if f := s.Owner.Field; f != "" && rec.String(f) != r.owner() {
		ref := r.missing(string(s.Owner.Items), id)
		if r.refuse(ref) {
			return nil, ref
		}
	}
	return rec, nil
}

func (r *run) missing(requirement, id string) *behavior.Refusal {
	return &behavior.Refusal{
		Requirement: requirement, Status: http.StatusNotFound, In: "path", Pointer: "/" + id,
		Message: "there is no " + r.Operation.Shelf.Name + " " + id, Hint: "use an id from a list or from a create answer",
	}
}

// any gives some record, for a defect that does not notice an unknown id.
func (r *run) any() *store.Record {
	s := r.Operation.Shelf
	run := r.call.Reader().Scan(s.Name, s.Indexes[0].Name, "")
	if run.Len() == 0 {
		return nil
	}
	return run.At(0)
}

func (r *run) create(v behavior.Create) (behavior.Answer, *behavior.Refusal) {
	rec := r.draft(v)
	after, ref := r.commit(nil, rec)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	return r.call.OK(r.view(after)), nil
}

func (r *run) update(v behavior.Update) (behavior.Answer, *behavior.Refusal) {
	before, ref := r.load(v.Param)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	after, ref := r.commit(before, r.merge(before, v))
	if ref != nil {
		return behavior.Answer{}, ref
	}
	return r.call.OK(r.view(after)), nil
}

// write is for functions: rules, then the store.
func (r *run) write(_ *behavior.Call, table string, before, after *store.Record) *behavior.Refusal {
	s, ok := r.plan.Resource(table)
	if !ok {
		return &behavior.Refusal{Status: http.StatusInternalServerError, Message: "no resource " + table}
	}
	_, ref := r.enforce(s, before, after)
	return ref
}

func (r *run) commit(before, after *store.Record) (*store.Record, *behavior.Refusal) {
	return r.enforce(r.Operation.Shelf, before, after)
}

// enforce asks the rules of a resource, checks before effects, and stores.
func (r *run) enforce(s *behavior.Shelf, before, after *store.Record) (*store.Record, *behavior.Refusal) {
	c := &rule.Change{Tx: r.call.Tx, Table: s.Name, Before: before, After: after, Actor: r.call.Actor, Sent: r.call.Body, Now: r.Now, Holds: r.holds}
	event := eventOf(before, after)
	for _, row := range s.Checks {
		if row.When&event == 0 {
			continue
		}
		why, ok := row.Kind.(rule.Check).Check(c)
		if ok {
			r.Trace.add("rule "+row.Requirement, "agreed")
			continue
		}
		r.Trace.add("rule "+row.Requirement, "refused")
		ref := &behavior.Refusal{Requirement: row.Requirement, Status: row.Status, In: "body",
			Pointer: why.Pointer, Message: why.Message, Hint: why.Hint, Details: why.Details}
		if r.refuse(ref) {
			return nil, ref
		}
	}
	for _, row := range s.Effects {
		if row.When&event != 0 && r.holds(row.Requirement) {
			row.Kind.(rule.Effect).Apply(c)
			r.Trace.add("rule "+row.Requirement, "applied")
		}
	}
	if c.After == nil {
		r.call.Tx.Delete(s.Name, before.ID)
		return nil, nil
	}
	r.call.Tx.Put(s.Name, c.After)
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

func validJSON(b []byte) bool { return gjson.ValidBytes(b) }
