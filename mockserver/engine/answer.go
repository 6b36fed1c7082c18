package engine

import (
	"cmp"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// one is the answer with a single record.
func (r *run) one(rec *store.Record) behavior.Answer {
	s := r.Operation.Records
	wrap := r.wrapping(s)
	if s.View == nil && wrap == "" {
		return r.call.OK(rec.Document())
	}
	a := r.call.OK(r.wrapped(r.call.Scratch[:0], wrap, func(b []byte) []byte { return r.show(b, s, rec) }))
	a.Borrowed = true
	return a
}

// wrapped appends what fill does, as the only member of an object if it has a
// name, or of several where that has dots, and in a list where it ends so.
func (r *run) wrapped(to []byte, name string, fill func([]byte) []byte) []byte {
	if name == "" {
		return fill(to)
	}
	if name == "[]" { // a list of one
		return append(fill(append(to, '[')), ']')
	}
	outer, inner, _ := strings.Cut(name, ".")
	if rest, listed := strings.CutSuffix(outer, "[]"); listed {
		outer, inner = rest, "[]"
	}
	to = append(append(append(to, `{"`...), outer...), `":`...)
	return append(r.wrapped(to, inner, fill), '}')
}

// wrapping is the name of the member that holds a single record, "" for none.
func (r *run) wrapping(s *behavior.CompiledResource) string {
	member := cmp.Or(r.Operation.In, s.Wrap.Member)
	if member != "" && !r.holds(string(s.Wrap.By)) {
		member = ""
	}
	loose := s.Wrap.Loose != "" && r.Server.Variant(s.Wrap.Loose)
	if member == "" && (loose || s.Wrap.Bare != "" && !r.holds(string(s.Wrap.Bare))) {
		member = "data"
	}
	return member
}

// show appends a record as it is answered.
func (r *run) show(to []byte, s *behavior.CompiledResource, rec *store.Record) []byte {
	if s.View != nil {
		return s.View(&r.call, to, rec)
	}
	return rec.AppendDocument(to)
}
