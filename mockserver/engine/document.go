package engine

import (
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// draft builds a new record of the request's body: the members of the document
// in the document's order, sent values as they were sent.
func (r *run) draft(v behavior.Create) *store.Record {
	return r.build(r.Operation.Records, members(r.call.Body), func(name string) (take, first bool) {
		if r.taken(name, v.Ignores, v.Keeps) {
			return true, true
		}
		return r.Operation.Writable[name], false
	})
}

// build makes a new record of what was sent. Take says of a member whether it is
// taken from there, and whether even before what Prepare decides.
func (r *run) build(
	s *behavior.CompiledResource, sent map[string]string, take func(name string) (take, first bool),
) *store.Record {
	ordinal := r.call.Tx.Ordinal(s.Name)
	rec := &store.Record{ID: r.newID(s, ordinal), Seq: ordinal}
	var given map[string]string
	if s.Prepare != nil {
		given = s.Prepare(&r.call, nil, sent)
	}
	rec.SetPrivate(r.private(s, sent, given, nil))
	d := r.newDocument()
	for _, m := range s.Members {
		if slices.Contains(s.Private, m.Name) {
			continue
		}
		raw, ok := sent[m.Name]
		made, decided := given[m.Name]
		taken, first := take(m.Name)
		switch {
		case ok && first:
			d.add(m.Name, raw)
		case decided:
			d.add(m.Name, made)
		case ok && taken:
			d.add(m.Name, raw)
		case m.Stamp != nil:
			d.add(m.Name, m.Stamp.Make(&r.call, rec))
		default:
			d.addMissing(&r.call, m)
		}
	}
	rec.SetDocument(d.close())
	return rec
}

// merge builds the changed document: sent members over the stored ones.
func (r *run) merge(before *store.Record, v behavior.Update) *store.Record {
	s := r.Operation.Records
	sent := members(r.call.Body)
	var given map[string]string
	if s.Prepare != nil {
		given = s.Prepare(&r.call, before, sent)
	}
	partial, document := r.call.Holds(v.Partial), before.Document()
	d := r.newDocument()
	for _, m := range s.Members {
		if slices.Contains(s.Private, m.Name) {
			continue
		}
		raw, ok := sent[m.Name]
		old := gjson.GetBytes(document, m.Name).Raw
		made, decided := given[m.Name]
		switch {
		case ok && r.taken(m.Name, v.Ignores, v.Keeps):
			d.add(m.Name, raw)
		case decided:
			d.add(m.Name, made)
		case ok && r.Operation.Writable[m.Name]:
			d.add(m.Name, raw)
		case m.Stamp != nil && m.Stamp.Touch && r.call.Holds(m.Stamp.By):
			d.add(m.Name, m.Stamp.Make(&r.call, before))
		case old != "" && (partial || !r.Operation.Writable[m.Name]):
			d.add(m.Name, old)
		default:
			d.addMissing(&r.call, m)
		}
	}
	after := before.With(d.close())
	after.SetPrivate(r.private(s, sent, given, before))
	return after
}

// taken tells whether a defect takes a member of the server from the client.
func (r *run) taken(name string, ignores behavior.By, keeps []behavior.Keep) bool {
	if r.Operation.Writable[name] || !r.active.Any() {
		return false
	}
	for _, k := range keeps {
		if slices.Contains(k.Members, name) {
			return !r.call.Holds(k.By)
		}
	}
	return ignores != "" && !r.call.Holds(ignores)
}

// private keeps the members that are never answered, and those that say whose
// the record is.
func (r *run) private(s *behavior.CompiledResource, sent, given map[string]string, before *store.Record) []byte {
	names := s.Private
	if f := s.Nest.Field; f != "" && !s.Documents(f) {
		names = append(slices.Clone(names), f)
	}
	if len(names) == 0 {
		return nil
	}
	d := r.newDocument()
	for _, name := range names {
		switch {
		case given[name] != "":
			d.add(name, given[name])
		case name == s.Owner.Field && before == nil:
			d.add(name, rule.Text(r.ownerOf(s)))
		case name == s.Nest.Field && before == nil && r.call.Parent != nil:
			d.add(name, r.call.Parent.ID)
		case sent[name] != "" && r.Operation.Writable[name]:
			d.add(name, sent[name])
		case before != nil && before.Get(name).Exists():
			d.add(name, before.Get(name).Raw)
		}
	}
	return d.close()
}

// members splits an object into its members, each as it was written.
func members(body []byte) map[string]string {
	out := map[string]string{}
	if v := gjson.ParseBytes(body); v.IsObject() {
		v.ForEach(func(k, v gjson.Result) bool { out[k.String()] = v.Raw; return true })
	}
	return out
}

// document writes a JSON object member by member, in the call's scratch.
type document struct{ b []byte }

func (r *run) newDocument() *document { return &document{append(r.call.Scratch[:0], '{')} }

func (d *document) add(name, raw string) {
	if len(d.b) > 1 {
		d.b = append(d.b, ',')
	}
	d.b = append(d.b, '"')
	d.b = append(d.b, name...) // names come from the contract; the loader refuses ones to escape
	d.b = append(d.b, `":`...)
	d.b = append(d.b, raw...)
}

// addMissing gives a member that nobody sent its default, else null where the
// document allows it, else nothing.
func (d *document) addMissing(c *behavior.Call, m behavior.Member) {
	switch {
	case m.Default != nil && c.Holds(m.Default.By):
		d.add(m.Name, m.Default.Value)
	case m.Required || m.Nullable && m.Default != nil:
		d.add(m.Name, "null")
	}
}

// close gives the object, in bytes of its own.
func (d *document) close() []byte { return append(make([]byte, 0, len(d.b)+1), append(d.b, '}')...) }
