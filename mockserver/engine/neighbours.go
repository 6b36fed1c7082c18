package engine

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/store"
)

// written is a record that a call has written.
type written struct {
	resource *behavior.CompiledResource
	record   *store.Record
}

// neighbour lets a "neighbour" defect hit, in the transaction of a write, a record that
// the request does not name.
func (r *run) neighbour() {
	for _, d := range r.defects(defect.Neighbour) {
		what, which, _ := strings.Cut(d.Value, ":")
		for _, hit := range r.neighbours(which) {
			if what == "deleted" {
				r.call.Tx.Delete(hit.resource.Name, hit.record.ID)
			} else {
				r.call.Tx.Put(hit.resource.Name, spoilt(hit))
			}
		}
	}
}

// neighbours are the record that was made just before or after the first one that the
// call has written, under the same parent and of the same owner; the first of all these; or that parent. Where
// the records are not made by calls of the contract, nobody knows which is next: then it
// is all that were made before, or after.
func (r *run) neighbours(which string) []written {
	if len(r.writes) == 0 {
		return nil
	}
	own := r.writes[0]
	for _, w := range r.writes {
		if w.resource == r.Operation.Records {
			own = w
			break
		}
	}
	if which == "parent" {
		return r.above(own)
	}
	found := r.others(own, which, alike)
	if len(found) == 0 { // the call has all that stands under its parent to itself
		found = r.others(own, which, func(written, *store.Record) bool { return true })
	}
	_, free := r.Operation.Verb.(behavior.Func)
	if free && which != "first" && own.resource.IDPrefix == "" && own.resource.Number == 0 {
		return found
	}
	return nearest(found, which)
}

func (r *run) others(own written, which string, choose func(written, *store.Record) bool) (found []written) {
	for _, other := range r.call.Tx.Everything(own.resource.Name) {
		before := other.Seq < own.record.Seq || own.record.Seq == 0
		if !r.wrote(own.resource, other.ID) && choose(own, other) && (which == "first" || before == (which == "previous")) {
			found = append(found, written{own.resource, other})
		}
	}
	return found
}

func (r *run) above(own written) []written {
	of, ok := r.plan.Resource(own.resource.Nest.Resource)
	if !ok || r.call.Parent == nil {
		return nil
	}
	now, ok := r.call.Tx.Get(of.Name, r.call.Parent.ID)
	if !ok {
		return nil
	}
	return []written{{of, now}}
}

// nearest is the last of the earlier records, or the first of the later ones.
func nearest(all []written, which string) []written {
	if len(all) == 0 {
		return nil
	}
	order := func(a, b written) int { return cmp.Compare(a.record.Seq, b.record.Seq) }
	if which == "previous" {
		return []written{slices.MaxFunc(all, order)}
	}
	return []written{slices.MinFunc(all, order)}
}

func (r *run) wrote(s *behavior.CompiledResource, id string) bool {
	for _, w := range r.writes {
		if w.resource == s && w.record.ID == id {
			return true
		}
	}
	return false
}

func alike(own written, other *store.Record) bool {
	for _, field := range []string{own.resource.Owner.Field, own.resource.Nest.Field} {
		if field != "" && own.record.String(field) != other.String(field) {
			return false
		}
	}
	return !trashed(own.resource, other)
}

// spoilt is the record with another text, number or truth in its first member that is
// none of the server's own.
func spoilt(hit written) *store.Record {
	document := hit.record.Document()
	done, number := false, ""
	gjson.ParseBytes(document).ForEach(func(key, value gjson.Result) bool {
		name := key.String()
		if stamped(hit.resource, name) {
			return true
		}
		var to any
		switch value.Type {
		case gjson.String:
			to = value.String() + " (touched)"
		case gjson.True, gjson.False:
			to = !value.Bool()
		case gjson.Number:
			number = name
			return true
		default:
			return true
		}
		if out, err := sjson.SetBytes(document, name, to); err == nil {
			document, done = out, true
		}
		return !done
	})
	var to any = true
	switch { // nothing else is there to be changed
	case number != "":
		to = gjson.GetBytes(document, number).Int() + 1
	case hit.resource.Free:
		number = "touched"
	default:
		done = true
	}
	if out, err := sjson.SetBytes(document, number, to); err == nil && !done {
		document = out
	}
	return hit.record.With(document)
}

func stamped(s *behavior.CompiledResource, name string) bool {
	if name == "id" || name == s.Nest.Field || name == s.Owner.Field {
		return true
	}
	for _, stamp := range s.Stamps {
		if stamp.Field == name {
			return true
		}
	}
	return false
}
