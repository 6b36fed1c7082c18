package engine

import (
	"net/http"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

func (r *run) verb() (behavior.Answer, *behavior.Refusal) {
	switch v := r.Operation.Verb.(type) {
	case behavior.List:
		return r.list(v)
	case behavior.Get:
		rec, ref := r.load(v.Param)
		if ref != nil {
			return behavior.Answer{}, ref
		}
		return r.one(rec), nil
	case behavior.Create:
		return r.create(v)
	case behavior.Update:
		return r.update(v)
	case behavior.Delete:
		return r.delete(v)
	case behavior.Func:
		return v.Run(&r.call)
	}
	return behavior.Answer{Status: http.StatusNotImplemented}, nil
}

// show appends a record as it is answered.
func (r *run) show(to []byte, s *behavior.Shelf, rec *store.Record) []byte {
	if s.View != nil {
		return s.View(&r.call, to, rec)
	}
	return rec.AppendDocument(to)
}

// owner is the value that the caller's records have; "" when the resource is
// everybody's.
func (r *run) owner() string { return r.ownerOf(r.Operation.Shelf) }

func (r *run) ownerOf(s *behavior.Shelf) string {
	if o := s.Owner; o.Field != "" && r.call.Actor != nil {
		return r.call.Actor.String(o.Field)
	}
	return ""
}

// load finds the record a path parameter names, among those of the caller.
func (r *run) load(param string) (*store.Record, *behavior.Refusal) {
	return r.find(r.Operation.Shelf, param, r.Operation.Refuses)
}

func (r *run) find(s *behavior.Shelf, param string, by behavior.Denies) (*store.Record, *behavior.Refusal) {
	if ref := r.parent(s); ref != nil {
		return nil, ref
	}
	id := r.Path.Get(param)
	rec, ok := r.call.Reader().Get(s.Name, id)
	if !ok {
		ref := r.missing(s, by, id)
		if r.refuse(ref) {
			return nil, ref
		}
		if rec = r.any(s); rec == nil {
			return nil, ref
		}
		return rec, nil
	}
	if ref := r.hidden(s, by, rec); ref != nil && r.refuse(ref) {
		return nil, ref
	}
	return rec, nil
}

// hidden says why a record that exists is not found: another owner's, another
// parent's, or deleted.
func (r *run) hidden(s *behavior.Shelf, by behavior.Denies, rec *store.Record) *behavior.Refusal {
	if f := s.Owner.Field; f != "" && rec.String(f) != r.ownerOf(s) {
		return r.missing(s, s.Owner.Items, rec.ID)
	}
	if p := r.call.Parent; s.Nest.Resource != "" && p != nil && rec.String(s.Nest.Field) != p.ID {
		return r.missing(s, s.Nest.Items, rec.ID)
	}
	if !trashed(s, rec) {
		return nil
	}
	if _, deletion := r.Operation.Verb.(behavior.Delete); deletion && s.Trash.Twice != "" {
		return r.missing(s, s.Trash.Twice, rec.ID)
	}
	if r.Operation.Contract.Method == http.MethodGet {
		return r.missing(s, s.Trash.Items, rec.ID)
	}
	return r.missing(s, by, rec.ID)
}

func (r *run) missing(s *behavior.Shelf, by behavior.Denies, id string) *behavior.Refusal {
	if s.Numeric != "" && !digits(id) {
		by = s.Numeric
	}
	return &behavior.Refusal{
		Requirement: string(by), Status: http.StatusNotFound, In: "path", Pointer: "/" + id,
		Message: "there is no " + s.Name + " " + id, Hint: "use an id from a list or from a create answer",
	}
}

// any gives some record, for a defect that does not notice an unknown id.
func (r *run) any(s *behavior.Shelf) *store.Record {
	run := r.call.Reader().Scan(s.Name, s.Indexes[0].Name, "")
	if p := r.call.Parent; s.Nest.Resource != "" && p != nil {
		if own := r.call.Reader().Scan(s.Name, s.Nest.Index, store.Key(p.ID)); own.Len() > 0 {
			run = own
		}
	}
	if run.Len() == 0 {
		return nil
	}
	return run.At(0)
}

func (r *run) create(v behavior.Create) (behavior.Answer, *behavior.Refusal) {
	if ref := r.parent(r.Operation.Shelf); ref != nil {
		return behavior.Answer{}, ref
	}
	rec := r.draft(v)
	after, ref := r.commit(nil, rec)
	if ref != nil {
		return behavior.Answer{}, ref
	}
	return r.one(after), nil
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
	return r.one(after), nil
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
	return r.enforce(r.Operation.Shelf, before, after)
}

// enforce asks the rules of a resource, checks before effects, and stores.
func (r *run) enforce(s *behavior.Shelf, before, after *store.Record) (*store.Record, *behavior.Refusal) {
	c := &rule.Change{Tx: r.call.Tx, Table: s.Name, Before: before, After: after, Actor: r.call.Actor, Sent: r.call.Body, Now: r.Now, Holds: r.holds}
	event := eventOf(before, after)
	for _, row := range s.Checks {
		if row.When&event == 0 || !r.concerns(row) {
			continue
		}
		why, ok := row.Kind.(rule.Check).Check(c)
		if ok {
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

func validJSON(b []byte) bool { return gjson.ValidBytes(b) }
