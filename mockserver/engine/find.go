package engine

import (
	"cmp"
	"net/http"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// parent loads the record that the resource's stand under, if they do. Param names the one of them
// that the call is about, "" for none.
func (r *run) parent(s *behavior.CompiledResource, param string) *behavior.Refusal {
	if s.Nest.Resource == "" || r.call.Parent != nil || s.Nest.Absent != nil && s.Nest.Absent(&r.call) {
		return nil
	}
	of, ok := r.plan.Resource(s.Nest.Resource)
	if !ok {
		return nil
	}
	rec, id, ok := r.locate(of, s.Nest.Param)
	if !ok {
		ref := r.missing(of, cmp.Or(r.Operation.Parents, s.Nest.Parents), id)
		if r.refuse(ref) {
			return ref
		}
		if rec = r.anyParent(s, of, param); rec == nil {
			return ref
		}
	}
	r.call.Parent = rec
	return nil
}

// locate gives the record of a resource that the path leads to, and the text that names it there.
func (r *run) locate(s *behavior.CompiledResource, param string) (rec *store.Record, id string, ok bool) {
	if s.Locate != nil {
		rec, ok = s.Locate(&r.call)
		return rec, r.Path.Get(param), ok
	}
	id = r.Path.Get(param)
	rec, ok = r.call.Reader().Get(s.Name, id)
	return rec, id, ok
}

func trashed(s *behavior.CompiledResource, rec *store.Record) bool {
	return s.Trash.Field != "" && rec.HasPrivate() && rec.Get(s.Trash.Field).Exists()
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// owner is the value that the caller's records have; "" when the resource is
// everybody's.
func (r *run) owner() string { return r.ownerOf(r.Operation.Records) }

func (r *run) ownerOf(s *behavior.CompiledResource) string {
	if o := s.Owner; o.Field != "" && r.call.Actor != nil {
		return r.call.Actor.String(o.Field)
	}
	return ""
}

// load finds the record a path parameter names, among those of the caller.
func (r *run) load(param string) (*store.Record, *behavior.Refusal) {
	return r.find(r.Operation.Records, param, r.Operation.Refuses)
}

func (r *run) find(s *behavior.CompiledResource, param string, by behavior.Denies) (*store.Record, *behavior.Refusal) {
	if ref := r.parent(s, param); ref != nil {
		return nil, ref
	}
	rec, id, ok := r.locate(s, param)
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
func (r *run) hidden(s *behavior.CompiledResource, by behavior.Denies, rec *store.Record) *behavior.Refusal {
	if f := s.Owner.Field; f != "" && rec.String(f) != r.ownerOf(s) {
		if !r.holds(string(s.Owner.Own)) {
			return nil
		}
		return r.missing(s, s.Owner.Items, rec.ID)
	}
	if p := r.call.Parent; s.Nest.Resource != "" && p != nil && rec.String(s.Nest.Field) != p.ID {
		if !r.holds(string(s.Nest.Own)) {
			return nil
		}
		return r.missing(s, cmp.Or(r.Operation.Others, s.Nest.Items), rec.ID)
	}
	if !trashed(s, rec) {
		return nil
	}
	if _, deletion := r.Operation.Verb.(behavior.Delete); deletion && s.Trash.Twice != "" {
		return r.missing(s, s.Trash.Twice, rec.ID)
	}
	if r.Operation.Contract.Method == http.MethodGet {
		return r.missing(s, cmp.Or(s.Trash.Items, by), rec.ID)
	}
	return r.missing(s, by, rec.ID)
}

func (r *run) missing(s *behavior.CompiledResource, by behavior.Denies, id string) *behavior.Refusal {
	if s.Numeric != "" && !digits(id) {
		by = s.Numeric
	}
	return &behavior.Refusal{
		Requirement: string(by), Status: http.StatusNotFound, In: "path", Pointer: "/" + id,
		Message: "there is no " + s.Name + " " + id, Hint: "use an id from a list or from a create answer",
	}
}

// anyParent gives the parent of the record that the path names, else some, for a defect that
// does not notice an unknown parent.
func (r *run) anyParent(s, of *behavior.CompiledResource, param string) *store.Record {
	if param != "" {
		if own, _, ok := r.locate(s, param); ok {
			if rec, ok := r.call.Reader().Get(of.Name, own.String(s.Nest.Field)); ok {
				return rec
			}
		}
	}
	return r.any(of)
}

// any gives some record, for a defect that does not notice an unknown id.
func (r *run) any(s *behavior.CompiledResource) *store.Record {
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
