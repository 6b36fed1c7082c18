package engine

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// The members of a given record that are no members of its document.
const (
	MemberID      = "_id"      // the key in its table, where the document has none
	MemberPrivate = "_private" // an object of the members that are never answered
)

// Row is a record that is given from outside all operations: by a file, or by the control API.
type Row struct {
	Table  string
	ID     string // "" means the one that the record says, else a new one
	Record []byte // a JSON object; nil: the record of the id is removed
	Merge  bool   // only the members that are there are changed
	Where  string // for what is said of it: file and line
	Texts  bool   // its members are texts, which get the types of the document
}

// mostFaults bounds how much is said of rows that can't be taken.
const mostFaults = 20

// Import puts rows into the world of a request, after it has emptied tables, and checks
// them by document and rules. Either all is done or, with an error that says of each row
// where it is and what is wrong, nothing. It gives the ids of the rows.
func (e *Engine) Import(q Request, rows []Row, emptied ...string) (ids []string, err error) {
	r := e.begin(q)
	var in *importing
	err = q.State.Commit(func(tx *store.Tx) error {
		in = &importing{run: r, gone: map[string]bool{}, seen: map[[2]string]bool{}}
		r.call.Tx, r.call.State = tx, tx.Snapshot
		if e.plan.API.Guest != nil {
			r.call.Actor = e.plan.API.Guest(&r.call) // who may do everything, before anything is gone
		}
		for _, table := range emptied {
			for _, old := range tx.Everything(table) {
				tx.Delete(table, old.ID)
			}
			in.gone[table] = true
		}
		for _, row := range rows {
			in.take(row)
		}
		in.settle()
		in.check()
		return in.failed()
	})
	for _, t := range in.taken {
		ids = append(ids, t.record.ID)
	}
	return ids, err
}

// importing is one call of Import.
type importing struct {
	*run
	taken  []taken
	gone   map[string]bool    // tables of which records were removed
	seen   map[[2]string]bool // by table and id
	faults []error
	more   int
}

type taken struct {
	Row
	resource *behavior.CompiledResource
	record   *store.Record
}

func (in *importing) fault(where, format string, args ...any) {
	if len(in.faults) >= mostFaults {
		in.more++
		return
	}
	text := fmt.Sprintf(format, args...)
	if where != "" {
		text = where + ": " + text
	}
	in.faults = append(in.faults, errors.New(text))
}

func (in *importing) failed() error {
	if in.more > 0 {
		in.faults = append(in.faults, fmt.Errorf("and %d more", in.more))
	}
	return errors.Join(in.faults...)
}

func (in *importing) take(row Row) {
	s, ok := in.plan.Resource(row.Table)
	if !ok {
		in.fault(row.Where, "there is no table %.80q", row.Table)
		return
	}
	tx := in.call.Tx
	if row.Record == nil {
		old, ok := tx.Get(row.Table, row.ID)
		if !ok {
			in.fault(row.Where, "there is no %s %.80q", row.Table, row.ID)
			return
		}
		tx.Delete(row.Table, row.ID)
		in.gone[row.Table] = true
		if s.Nest.Feeds {
			in.feed(s, old)
		}
		return
	}
	if !gjson.ValidBytes(row.Record) || !gjson.ParseBytes(row.Record).IsObject() {
		in.fault(row.Where, "a %s is a JSON object", row.Table)
		return
	}
	if s.Document != nil {
		row.Record = s.Document.Plain(row.Record) // 2e1 is 20, as in what operations are sent
	}
	sent := members(row.Record)
	if row.Texts {
		sent = typed(s, sent)
	}
	id := cmp.Or(row.ID, gjson.Parse(sent[MemberID]).String(), gjson.Parse(sent["id"]).String())
	before, known := tx.Get(row.Table, id)
	switch {
	case row.Merge && !known:
		in.fault(row.Where, "there is no %s %.80q", row.Table, id)
		return
	case row.ID != "" && sent["id"] != "" && gjson.Parse(sent["id"]).String() != row.ID:
		in.fault(row.Where, "id is %s, and the record is called %.80q; they must be the same", sent["id"], row.ID)
		return
	}
	rec := &store.Record{ID: id}
	if known {
		rec.Seq = before.Seq
	} else if rec.Seq = tx.Ordinal(s.Name); id == "" {
		rec.ID = in.newID(s, rec.Seq)
	}
	in.shape(row, s, rec, before, sent)
	tx.Put(s.Name, rec)
	if in.seen[[2]string{s.Name, rec.ID}] {
		in.fault(row.Where, "another %s is called %.80q, too", s.Name, rec.ID)
		return
	}
	in.seen[[2]string{s.Name, rec.ID}] = true
	in.taken = append(in.taken, taken{row, s, rec})
}

// settle computes what follows from other members and records, now that all are there.
func (in *importing) settle() {
	for i, t := range in.taken {
		if t.resource.Nest.Feeds {
			in.feed(t.resource, t.record)
		}
		if t.resource.Compute != nil {
			in.taken[i].record = t.resource.Compute(&in.call, t.record)
			in.call.Tx.Put(t.Table, in.taken[i].record)
		}
	}
}

// shape makes document and private members of what was sent.
func (in *importing) shape(row Row, s *behavior.CompiledResource, rec, before *store.Record, sent map[string]string) {
	private := members([]byte(sent[MemberPrivate]))
	delete(sent, MemberPrivate)
	delete(sent, MemberID)
	if before != nil {
		for name, raw := range members(before.Private()) {
			if _, ok := private[name]; !ok {
				private[name] = raw
			}
		}
	}
	for _, name := range s.Private {
		if raw, ok := sent[name]; ok {
			private[name] = raw
			delete(sent, name)
		}
	}
	if f := s.Nest.Field; f != "" && !s.Documents(f) && sent[f] != "" {
		private[f] = sent[f]
		delete(sent, f)
	}
	if len(private) > 0 {
		rec.SetPrivate(object(private))
	}
	if s.Document == nil {
		rec.SetDocument(ordered(row, before, sent))
		return
	}
	d := &document{[]byte{'{'}}
	for _, m := range s.Members {
		raw, ok := sent[m.Name]
		delete(sent, m.Name)
		var old gjson.Result
		if before != nil {
			old = gjson.GetBytes(before.Document(), gjson.Escape(m.Name))
		}
		switch {
		case ok:
			d.add(m.Name, raw)
		case old.Exists() && (row.Merge || m.Stamp != nil):
			d.add(m.Name, old.Raw)
		case m.Name == "id" && m.Stamp == nil:
			d.add(m.Name, in.idAs(s, rec.ID))
		case m.Stamp != nil:
			d.add(m.Name, m.Stamp.Make(&in.call, rec))
		default:
			d.addMissing(&in.call, m)
		}
	}
	for name := range sent {
		in.fault(row.Where, "a %s has no member %.80q; it has %s", s.Name, name, strings.Join(in.names(s), ", "))
	}
	rec.SetDocument(d.close())
}

// ordered writes members in the order in which they came, behind those that stay.
func ordered(row Row, before *store.Record, sent map[string]string) []byte {
	d := &document{[]byte{'{'}}
	add := func(k, v gjson.Result) bool {
		raw, ok := sent[k.String()]
		switch {
		case ok:
			d.add(k.Raw[1:len(k.Raw)-1], raw)
			delete(sent, k.String())
		case row.Merge:
			d.add(k.Raw[1:len(k.Raw)-1], v.Raw)
		}
		return true
	}
	if row.Merge {
		gjson.ParseBytes(before.Document()).ForEach(add)
	}
	row.Merge = false
	gjson.ParseBytes(row.Record).ForEach(add)
	return d.close()
}

// idAs writes an id as records of the resource have it.
func (in *importing) idAs(s *behavior.CompiledResource, id string) string {
	if p, ok := s.Document.Property("id"); ok && p.Type == "integer" && digits(id) {
		return id
	}
	return rule.Text(id)
}

func (in *importing) names(s *behavior.CompiledResource) []string {
	var names []string
	for _, m := range s.Members {
		names = append(names, m.Name)
	}
	return append(names, s.Private...)
}

// Whole gives a record as Import takes it: its document, its key where the document has
// none, and the members that are never answered.
func Whole(rec *store.Record) []byte {
	all := members(rec.Document())
	out := append(make([]byte, 0, len(rec.Document())), rec.Document()...)
	d := &document{out[:len(out)-1]}
	if gjson.Parse(all["id"]).String() != rec.ID {
		d.add(MemberID, rule.Text(rec.ID))
	}
	if private := rec.Private(); len(private) > len("{}") {
		d.add(MemberPrivate, string(private))
	}
	return d.close()
}

// object writes members in the order of their names.
func object(of map[string]string) []byte {
	d := &document{[]byte{'{'}}
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		text := rule.Text(name)
		d.add(text[1:len(text)-1], of[name])
	}
	return d.close()
}

// check holds what is there now against document and rules.
func (in *importing) check() {
	for _, t := range in.taken {
		if t.resource.Document != nil {
			for _, v := range t.resource.Document.CheckValue(t.record.Document()) {
				if !standsFor(t.resource, t.record, v) {
					in.fault(t.Where, "%s %s: %s %s", t.Table, t.record.ID, v.Pointer, v.Message)
				}
			}
		}
		in.stands(t.resource, t.record, t.Where, func(rule.Standing) bool { return true })
	}
	for _, s := range in.plan.API.Resources {
		res, _ := in.plan.Resource(s.Name)
		names := func(k rule.Standing) bool { r, ok := k.(rule.Reference); return ok && in.gone[r.Table] }
		if !slices.ContainsFunc(res.Checks, func(row behavior.Rule) bool {
			k, ok := row.Kind.(rule.Standing)
			return ok && names(k)
		}) {
			continue
		}
		for _, rec := range in.call.Tx.Everything(s.Name) {
			in.stands(res, rec, "", names)
		}
	}
}

// standsFor tells whether a violation is that of a member that is answered as an object and
// kept as the id of a record.
func standsFor(s *behavior.CompiledResource, rec *store.Record, v contract.Violation) bool {
	if s.View == nil || v.Keyword != "type" {
		return false
	}
	kept := sentAt(rec.Document(), v.Pointer)
	return kept != "" && kept[0] != '{' && kept[0] != '['
}

func (in *importing) stands(s *behavior.CompiledResource, rec *store.Record, where string, which func(rule.Standing) bool) {
	c := &rule.Change{Tx: in.call.Tx, Table: s.Name, After: rec, Actor: in.call.Actor, Now: in.Now,
		Holds: func(string) bool { return true }}
	for _, row := range s.Checks {
		k, ok := row.Kind.(rule.Standing)
		if !ok || !which(k) {
			continue
		}
		if why, ok := k.Stands(c); !ok {
			in.fault(where, "%s %s: %s (%s); %s", s.Name, rec.ID, why.Message, row.Requirement, why.Hint)
		}
	}
}
