package engine

import (
	"bytes"
	"encoding/json"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// draft builds a new record of the request's body: the members of the document
// in the document's order, sent values as they were sent.
func (r *run) draft(v behavior.Create) *store.Record {
	s := r.Operation.Shelf
	ordinal := r.call.Tx.Ordinal(s.Name)
	rec := &store.Record{ID: r.NewID(s.IDPrefix, ordinal), Seq: ordinal}
	sent := members(r.call.Body)
	rec.Private = r.private(sent, nil)
	d := newDocument()
	for _, m := range s.Members {
		raw, ok := sent[m.Name]
		switch {
		case ok && (r.Operation.Writable[m.Name] || v.Ignores != "" && !r.call.Holds(v.Ignores)):
			d.add(m.Name, raw)
		case m.Stamp != nil:
			d.add(m.Name, m.Stamp.Make(&r.call, rec))
		default:
			d.addMissing(&r.call, m)
		}
	}
	rec.Body = d.close()
	return rec
}

// merge builds the changed document: sent members over the stored ones.
func (r *run) merge(before *store.Record, v behavior.Update) *store.Record {
	s := r.Operation.Shelf
	sent := members(r.call.Body)
	partial := r.call.Holds(v.Partial)
	d := newDocument()
	for _, m := range s.Members {
		raw, ok := sent[m.Name]
		old := gjson.GetBytes(before.Body, m.Name).Raw
		switch {
		case ok && (r.Operation.Writable[m.Name] || v.Ignores != "" && !r.call.Holds(v.Ignores)):
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
	after.Private = r.private(sent, before)
	return after
}

// private keeps the members that are never answered, and the owner.
func (r *run) private(sent map[string]string, before *store.Record) []byte {
	s := r.Operation.Shelf
	d := newDocument()
	for _, name := range s.Private {
		switch {
		case name == s.Owner.Field && before == nil:
			d.add(name, quote(r.owner()))
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

// document writes a JSON object member by member.
type document struct{ b bytes.Buffer }

func newDocument() *document {
	d := &document{}
	d.b.WriteByte('{')
	return d
}

func (d *document) add(name, raw string) {
	if d.b.Len() > 1 {
		d.b.WriteByte(',')
	}
	d.b.WriteByte('"')
	d.b.WriteString(name) // names come from the contract; the loader refuses ones to escape
	d.b.WriteString(`":`)
	d.b.WriteString(raw)
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

func (d *document) close() []byte {
	d.b.WriteByte('}')
	return bytes.Clone(d.b.Bytes())
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}
