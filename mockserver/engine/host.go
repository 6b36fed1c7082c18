package engine

import (
	"strconv"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// What a run does for the functions of a table: it is the behavior.Host of its call.

// Inquire tells whether what a requirement asks for is in force.
func (r *run) Inquire(requirement string) bool { return r.holds(requirement) }

// Refuse tells whether a refusal stands.
func (r *run) Refuse(ref *behavior.Refusal) bool { return r.refuse(ref) }

// Wrap answers what fill appends, as a single record is wrapped.
func (r *run) Wrap(resource string, fill func([]byte) []byte) behavior.Answer {
	a := r.call.OK(r.wrapped(r.call.Scratch[:0], r.wrapping(r.resource(resource)), fill))
	a.Borrowed = true
	return a
}

// Show appends a record as it is answered.
func (r *run) Show(to []byte, resource string, rec *store.Record) []byte {
	return r.show(to, r.resource(resource), rec)
}

// Write runs the rules of a change, then stores it.
func (r *run) Write(table string, before, after *store.Record) *behavior.Refusal {
	return r.write(table, before, after)
}

// Find loads what a path parameter names, with its parent.
func (r *run) Find(resource, param string, by behavior.Denies) (*store.Record, *behavior.Refusal) {
	return r.find(r.resource(resource), param, by)
}

// Draft makes a new record of members that a function has put together.
func (r *run) Draft(resource string, sent map[string]string) *store.Record {
	return r.build(r.resource(resource), sent, func(string) (bool, bool) { return true, false })
}

// resource finds a resource; the names are part of the program, so an unknown one
// is a bug of ours.
func (r *run) resource(name string) *behavior.CompiledResource {
	s, ok := r.plan.Resource(name)
	if !ok {
		panic("engine: no resource " + name)
	}
	return s
}

// newID makes the id of a new record: an integer where the resource has those.
func (r *run) newID(s *behavior.CompiledResource, ordinal uint64) string {
	if r.named != "" && s == r.Operation.Records {
		return r.named
	}
	if s.NewID != nil {
		return s.NewID(&r.call, ordinal)
	}
	if s.Number > 0 {
		return strconv.FormatUint(s.Number+ordinal, 10)
	}
	return r.Server.NewID(s.IDPrefix, ordinal)
}
