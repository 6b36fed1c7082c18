package engine

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// host is what a run does for the functions of a table.
type host struct{ *run }

func (h host) Inquire(requirement string) bool   { return h.holds(requirement) }
func (h host) Refuse(ref *behavior.Refusal) bool { return h.refuse(ref) }

func (h host) Wrap(resource string, fill func([]byte) []byte) behavior.Answer {
	a := h.call.OK(h.wrapped(h.call.Scratch[:0], h.wrapping(h.shelf(resource)), fill))
	a.Borrowed = true
	return a
}

func (h host) Show(to []byte, resource string, rec *store.Record) []byte {
	return h.show(to, h.shelf(resource), rec)
}

func (h host) Write(table string, before, after *store.Record) *behavior.Refusal {
	return h.write(table, before, after)
}

func (h host) Find(resource, param string, by behavior.Denies) (*store.Record, *behavior.Refusal) {
	return h.find(h.shelf(resource), param, by)
}

func (h host) Draft(resource string, sent map[string]string) *store.Record {
	return h.build(h.shelf(resource), sent, func(string) (bool, bool) { return true, false })
}

func (h host) Spend(credential string, perMinute int, now time.Time) time.Duration {
	return h.Server.Spend(credential, perMinute, now)
}

func (h host) Variant(name string) bool { return h.Server != nil && h.Server.Variant(name) }

// shelf finds a resource; the names are part of the program, so an unknown one
// is a bug of ours.
func (r *run) shelf(name string) *behavior.Shelf {
	s, ok := r.plan.Resource(name)
	if !ok {
		panic("engine: no resource " + name)
	}
	return s
}

// newID makes the id of a new record: an integer where the resource has those.
func (r *run) newID(s *behavior.Shelf, ordinal uint64) string {
	if s.Number > 0 {
		return strconv.FormatUint(s.Number+ordinal, 10)
	}
	return r.Server.NewID(s.IDPrefix, ordinal)
}

// declared panics, in a strict run, when no row of the table gives a requirement the
// defect that the engine is about to look for: nothing could ever break it, as with an id
// that was mistyped in a function.
func (r *run) declared(requirement string, op defect.Op) {
	if r.Strict && requirement != "" && !r.plan.Declares(requirement, op) {
		panic("engine: a function of the table " + r.plan.API.Contract + " names the requirement " + requirement +
			", of which no row says so; add it to Enforces or Refuses of the operation or of the table")
	}
}

// dirty tells whether a defect has this operation write what it refuses,
// whatever the reason, or when it refuses with the defect's status.
func (r *run) dirty(ref *behavior.Refusal) bool {
	for _, d := range r.at(defect.Dirty) {
		if len(d.Operations) > 0 && !d.OfRule && (d.On == 0 || d.On == ref.Status) {
			return true
		}
	}
	return false
}

// waved tells whether a defect lets a rule's refusal pass for one member only.
func (r *run) waved(ref *behavior.Refusal) bool {
	for _, d := range r.at(defect.Accept) {
		if d.Requirement == ref.Requirement && d.Path == ref.In+":"+ref.Pointer && d.Value == "" {
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
