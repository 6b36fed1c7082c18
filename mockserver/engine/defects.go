package engine

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"

	"github.com/tidwall/sjson"
)

// declared panics, where it is told what rows declare, when no row of the table gives a requirement the
// defect that the engine is about to look for: nothing could ever break it, as with an id
// that was mistyped in a function.
func (e *Engine) declared(requirement string, op defect.Op) {
	if e.Declares != nil && requirement != "" && !e.Declares(requirement, op) {
		panic("engine: a function of the table " + e.plan.API.Contract + " names the requirement " + requirement +
			", of which no row says so; add it to Enforces or Refuses of the operation or of the table")
	}
}

// dirty tells whether a defect has this operation write what it refuses,
// whatever the reason, or when it refuses with the defect's status.
func (r *run) dirty(ref *behavior.Refusal) bool {
	for _, d := range r.defects(defect.Dirty) {
		if len(d.Operations) > 0 && !d.OfRule && (d.On == 0 || d.On == ref.Status) {
			return true
		}
	}
	return false
}

// acceptedForMember tells whether a defect lets a rule's refusal pass for one member only.
func (r *run) acceptedForMember(ref *behavior.Refusal) bool {
	for _, d := range r.defects(defect.Accept) {
		if d.Requirement == ref.Requirement && d.Path == ref.In+":"+ref.Pointer && d.Value == "" {
			return true
		}
	}
	return false
}

// exempted tells whether a defect lets a rule's refusal pass for records that have a value.
func (r *run) exempted(requirement string, record *store.Record) bool {
	for _, d := range r.defects(defect.Accept) {
		if name, of := strings.CutPrefix(d.Path, "record:"); of && d.Requirement == requirement && record != nil &&
			record.Get(name).Raw == d.Value {
			return true
		}
	}
	return false
}

// unknown lists the members of a body that the document does not have, when a
// defect refuses them.
func (r *run) unknown() (all []contract.Violation) {
	if by := r.plan.API.Unknown; by == "" || r.call.Holds(by) {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(members(r.Body))) {
		if _, known := r.Operation.Writable[name]; !known {
			all = append(all, contract.Violation{In: "body", Pointer: "/" + name, Keyword: "unknown", Message: "is unknown"})
		}
	}
	return all
}

// broke gives the active defect of a requirement in this operation.
func (r *run) broke(requirement string, ops ...defect.Op) (defect.Defect, bool) {
	if !r.active.Any() {
		return defect.Defect{}, false
	}
	operation := ""
	if r.Operation != nil {
		operation = r.Operation.ID
	}
	return r.active.On(requirement, operation, ops...)
}

func (r *run) holds(requirement string) bool {
	r.declared(requirement, defect.Omit)
	_, omit := r.broke(requirement, defect.Omit)
	return !omit
}

// defects gives the active defects of this operation.
func (r *run) defects(ops ...defect.Op) []defect.Defect {
	if !r.active.Any() || r.Operation == nil {
		return nil
	}
	return r.active.At(r.Operation.ID, ops...)
}

// wrongCode is a status that nobody takes for that refusal. Where any of the client's
// faults will do, it is one of the server's.
func (r *run) wrongCode(ref *behavior.Refusal) int {
	if req, ok := r.plan.Contract.Requirement(ref.Requirement); ok && req.Expect.Allows(http.StatusTeapot, false) {
		return http.StatusInternalServerError
	}
	return http.StatusTeapot
}

// Serves tells whether a "serve" defect with that path acts on an operation: it is then
// answered to a method that its path does not have, or, with the path "/", behind a slash
// too many.
func (e *Engine) Serves(operation, path string) bool {
	return slices.ContainsFunc(e.active.At(operation, defect.Serve), func(d defect.Defect) bool { return d.Path == path })
}

// refusedThoughAllowed lets a "refuse" defect find fault with a value that the document allows.
func (r *run) refusedThoughAllowed() (all []contract.Violation) {
	for _, d := range r.defects(defect.Refuse) {
		in, pointer, sent := "body", d.Path, sentAt(r.Body, d.Path)
		if name, query := strings.CutPrefix(d.Path, "query:/"); query {
			in, pointer, sent = "query", "/"+name, strings.Join(r.call.Query()[name], ",")
		}
		if sent == d.Value {
			all = append(all, contract.Violation{In: in, Pointer: pointer, Keyword: "choosy", Message: "is not wanted"})
		}
	}
	return all
}

// accepted tells whether an active defect lets a violation through.
func (r *run) accepted(v contract.Violation) bool {
	if !r.active.Any() {
		return false
	}
	for _, d := range r.defects(defect.Accept) {
		if d.Path == v.In+":"+generalise(v.Pointer) && d.Value == v.Keyword {
			return true
		}
	}
	if c := r.attribution(v); c != nil {
		_, omit := r.broke(c.Requirement, defect.Omit)
		return omit
	}
	return false
}

// repair makes a body that a defect let through usable: what is not an object
// or array counts as an empty one.
func (r *run) repair() {
	if t := strings.TrimLeft(string(r.call.Body), " \t\r\n"); t == "" || (t[0] != '{' && t[0] != '[') || !validJSON(r.call.Body) {
		r.call.Body = []byte("{}")
	}
}

// ignore makes active defects forget parameters and members of the body.
func (r *run) ignore() {
	for _, d := range r.defects(defect.Ignore) {
		if name, query := strings.CutPrefix(d.Path, "query:"); query {
			r.call.Drop(name)
			continue
		}
		if out, err := sjson.DeleteBytes(r.call.Body, d.Path); err == nil {
			r.call.Body = out
		}
	}
}

// touch makes a reading operation write, for a "touch" defect.
func (r *run) touch() {
	for _, d := range r.defects(defect.Touch) {
		s := r.Operation.Records
		_ = r.State.Commit(func(tx *store.Tx) error {
			for _, rec := range tx.Everything(s.Name) {
				if doc, err := sjson.SetRawBytes(rec.Document(), d.Path, []byte(d.Value)); err == nil {
					tx.Put(s.Name, rec.With(doc))
				}
			}
			return nil
		})
	}
}
