package engine

import (
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// draft builds a new record of the request's body: the members of the document
// in the document's order, sent values as they were sent.
func (r *run) draft(v behavior.Create) *store.Record {
	return r.build(r.Operation.Records, r.sent(), func(name string) (take, first bool) {
		if r.taken(name, v.Ignores, v.Keeps) {
			return true, true
		}
		return r.writable(name), false
	})
}

// sent gives the members of the record in the body, each as it was written. The map is used
// again for the next call.
func (r *run) sent() map[string]string {
	body := store.View(r.call.Body)
	if in := r.Operation.Sent; in != "" {
		if name, listed := strings.CutSuffix(in, "[]"); listed {
			in = name + ".0"
		}
		body = gjson.Get(body, in).Raw
	}
	clear(r.members)
	addMembers(r.members, body)
	return r.members
}

// writable tells whether a client may set a member.
func (r *run) writable(name string) bool {
	if may, named := r.Operation.Writable[name]; named {
		return may
	}
	return r.Operation.Free || r.Operation.Records != nil && r.Operation.Records.Free
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
	r.unnamed(d, s, sent, nil)
	rec.SetDocument(d.close())
	return rec
}

// unnamed adds the members that no document names: those that are sent, else those that are kept.
func (r *run) unnamed(d *document, s *behavior.CompiledResource, sent, kept map[string]string) {
	if !s.Free {
		return
	}
	all := maps.Clone(kept)
	if all == nil {
		all = map[string]string{}
	}
	for name, raw := range sent {
		if r.writable(name) {
			all[name] = raw
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !s.Documents(name) {
			d.add(strings.Trim(rule.Text(name), `"`), all[name])
		}
	}
}

// merge builds the changed document: sent members over the stored ones.
func (r *run) merge(before *store.Record, v behavior.Update) *store.Record {
	s := r.Operation.Records
	sent := r.sent()
	var given map[string]string
	if s.Prepare != nil {
		given = s.Prepare(&r.call, before, sent)
	}
	partial, whole, document := r.call.Holds(v.Partial), v.Whole && r.call.Holds(v.Drops), before.Document()
	d := r.newDocument()
	for _, m := range s.Members {
		if slices.Contains(s.Private, m.Name) {
			continue
		}
		raw, ok := sent[m.Name]
		old := gjson.Get(store.View(document), m.Name).Raw
		made, decided := given[m.Name]
		switch {
		case ok && r.taken(m.Name, v.Ignores, v.Keeps):
			d.add(m.Name, raw)
		case decided:
			d.add(m.Name, made)
		case ok && r.writable(m.Name):
			d.add(m.Name, raw)
		case m.Stamp != nil && m.Stamp.Touch && r.call.Holds(m.Stamp.By) && r.call.Holds(v.Moves):
			d.add(m.Name, m.Stamp.Make(&r.call, before))
		case old != "" && (partial && !whole || !r.writable(m.Name)):
			d.add(m.Name, old)
		case m.Stamp != nil && !m.Stamp.Touch && whole:
			d.add(m.Name, m.Stamp.Make(&r.call, before))
		default:
			d.addMissing(&r.call, m)
		}
	}
	var kept map[string]string
	if partial && !whole && s.Free {
		kept = members(document)
	}
	r.unnamed(d, s, sent, kept)
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
			d.add(name, r.parentID(s))
		case sent[name] != "" && r.writable(name):
			d.add(name, sent[name])
		case before != nil && before.Get(name).Exists():
			d.add(name, before.Get(name).Raw)
		}
	}
	return d.close()
}

// parentID writes the id of the parent: a number where those of its resource are numbers.
func (r *run) parentID(s *behavior.CompiledResource) string {
	if of, ok := r.plan.Resource(s.Nest.Resource); ok && of.Number == 0 {
		return rule.Text(r.call.Parent.ID)
	}
	return r.call.Parent.ID
}

// members splits an object into its members, each as it was written.
func members(body []byte) map[string]string {
	all := map[string]string{}
	addMembers(all, store.View(body))
	return all
}

func addMembers(all map[string]string, body string) {
	if v := gjson.Parse(body); v.IsObject() {
		v.ForEach(func(k, v gjson.Result) bool { all[k.String()] = v.Raw; return true })
	}
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
