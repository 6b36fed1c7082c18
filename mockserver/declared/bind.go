package declared

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// bond is the table in which records of one resource are bound to those of another.
func bond(a *contract.Act) string { return a.Under + bondMark + a.Resource }

const bondMark = "/"

// bonds are the tables of all pairs of resources that operations bind.
func (t *table) bonds() (all []behavior.Resource) {
	for _, a := range t.of.Operations {
		if a.Verb != contract.VerbRelate || !t.of.Bound(a) ||
			slices.ContainsFunc(all, func(r behavior.Resource) bool { return r.Name == bond(a) }) {
			continue
		}
		pair := func(rec *store.Record) string { return store.Key(rec.String(a.Under), rec.String(a.Resource)) }
		all = append(all, behavior.Resource{Name: bond(a), Indexes: []store.Index{{Name: byOrder, Key: pair}},
			Nest: behavior.Nest{Resource: a.Under, Field: a.Under, Index: byOrder}})
		last := &all[len(all)-1]
		last.Indexes = append(last.Indexes, store.Index{Name: byLower, Key: func(rec *store.Record) string {
			return store.Key(rec.String(a.Resource))
		}})
	}
	return all
}

// byLower orders what binds records by the second of the two.
const byLower = "lower"

// nameIn is what a record is called in what binds it: the name that it has for all, where there may be another one of
// that name when it is gone.
func (t *table) nameIn(resource string, rec *store.Record) string {
	if r, ok := t.of.Resource(resource); ok && !madeByServer(r) && r.ID.Member != "" && len(r.ID.Composite) == 0 &&
		r.Parent == nil {
		return shownID(r, rec)
	}
	return rec.ID
}

// unties are the rules by which what binds a record goes with it.
func (t *table) unties() (all []behavior.Rule) {
	for _, bonds := range t.bonds() {
		upper, lower, _ := strings.Cut(bonds.Name, bondMark)
		for name, index := range map[string]string{upper: byOrder, lower: byLower} {
			for _, a := range t.of.Operations {
				if r, ok := t.of.Resource(name); ok && a.Resource == name && a.Verb == contract.VerbDelete && r.Soft == nil {
					all = append(all, behavior.Rule{On: name, When: rule.Delete, Operations: []string{a.Operation},
						Requirement: t.row(a.Operation, contract.RowUntied),
						Kind:        rule.Cascade{Named: rule.Named{Table: bonds.Name, Index: index, Key: t.keyIn(r)}}})
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b behavior.Rule) int { return strings.Compare(a.On+a.Operations[0], b.On+b.Operations[0]) })
	return all
}

// keyIn is the member that nameIn reads, "" for the id.
func (t *table) keyIn(r *contract.Resource) string {
	if !madeByServer(r) && len(r.ID.Composite) == 0 && r.Parent == nil {
		return r.ID.Member
	}
	return ""
}

// bound finds what binds a record to another, nil where nothing does.
func (t *table) bound(c *behavior.Call, a *contract.Act, above, rec *store.Record) *store.Record {
	found := c.Reader().Scan(bond(a), byOrder, store.Key(t.nameIn(a.Under, above), t.nameIn(a.Resource, rec)))
	if found.Len() == 0 {
		return nil
	}
	return found.At(0)
}

// boundAlone has a list hold what is bound to the record that its path leads through.
func (t *table) boundAlone(a *contract.Act, list *behavior.List) {
	row := behavior.By(t.row(a.Operation, contract.RowWithin))
	if !t.of.Bound(a) || row == "" {
		return
	}
	hides := list.Hides
	list.Enforces = append(list.Enforces, row)
	list.Hides = func(c *behavior.Call, rec *store.Record) bool {
		return hides != nil && hides(c, rec) || c.Holds(row) && c.Above != nil && t.bound(c, a, c.Above, rec) == nil
	}
}

// bind binds the record that the path ends in to the one that it leads through, or frees it.
func (t *table) bind(r *contract.Resource, a *contract.Act) behavior.Func {
	upper, lower := t.row(a.Operation, contract.RowParent), t.row(a.Operation, contract.RowFound)
	does := t.row(a.Operation, contract.RowBound)
	if a.Verb == contract.VerbUnbind {
		does = t.row(a.Operation, contract.RowFreed)
	}
	return behavior.Func{Write: true, Enforces: by(does), Refuses: denies(upper, lower),
		Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
			above, ref := c.Find(a.Under, a.Params[0], behavior.Denies(upper))
			if ref != nil {
				return behavior.Answer{}, ref
			}
			c.Parent = nil // the other stands under its own
			named, ref := t.namedBy(c, r, a, lower)
			if ref != nil {
				return behavior.Answer{}, ref
			}
			var rec *store.Record
			for _, rec = range named {
				if !c.Holds(behavior.By(does)) {
					continue
				}
				if ref := t.rebind(c, a, above, rec); ref != nil {
					return behavior.Answer{}, ref
				}
			}
			if rec != nil && t.shows(c.Operation, r) {
				return c.Wrap(r.Name, func(to []byte) []byte { return c.Show(to, r.Name, rec) }), nil
			}
			if of, ok := t.of.Resource(a.Under); ok && t.shows(c.Operation, of) {
				return c.Wrap(of.Name, func(to []byte) []byte { return c.Show(to, of.Name, above) }), nil
			}
			return t.answer(c)
		}}
}

// namedBy finds the records that a call is to bind: the one that its path ends in, or those that its body names.
func (t *table) namedBy(c *behavior.Call, r *contract.Resource, a *contract.Act, lower string) ([]*store.Record,
	*behavior.Refusal) {
	if a.Named == "" {
		rec, ref := c.Find(r.Name, last(a.Params), behavior.Denies(lower))
		return []*store.Record{rec}, ref
	}
	name, list := strings.CutSuffix(a.Named, "[]")
	sent := gjson.ParseBytes(c.Body)
	if name != "" {
		sent = sent.Get(gjson.Escape(name))
	}
	ids := []gjson.Result{sent}
	if list {
		ids = sent.Array()
	}
	var all []*store.Record
	for _, id := range ids {
		rec, ok := t.byName(c, r, id.String())
		if !ok {
			ref := &behavior.Refusal{Requirement: lower, In: "body", Pointer: "/" + name,
				Message: "there is no " + r.Name + " " + id.String(), Hint: "use an id from a list or from a create answer"}
			if q, ok := t.Requirement(lower); ok {
				ref.Status = q.Expect.Status
			}
			if c.Refuse(ref) {
				return nil, ref
			}
			if rec = some(c, r); rec == nil {
				return nil, ref
			}
		}
		all = append(all, rec)
	}
	return all, nil
}

// byName finds a record by the id that the API shows of it, among those of the caller.
func (t *table) byName(c *behavior.Call, r *contract.Resource, id string) (*store.Record, bool) {
	rec, ok := c.Reader().Get(r.Name, id)
	if !madeByServer(r) {
		rec, ok = nil, false
		prefix := ""
		if r.Parent == nil && len(r.ID.Composite) == 0 {
			prefix = store.Key("", id)
		}
		c.Reader().Each(r.Name, byKey, prefix, func(one *store.Record) bool {
			if shownID(r, one) == id {
				rec, ok = one, true
			}
			return !ok
		})
	}
	if !ok || rec.Get(deletedMember).Exists() {
		return nil, false
	}
	o := t.of.Auth.Owner
	if o != nil && slices.Contains(o.Of, r.Name) && c.Actor != nil && rec.String(o.Member) != c.Actor.String(o.Member) {
		return nil, false
	}
	return rec, true
}

// some gives a record, for a defect that does not notice an unknown id.
func some(c *behavior.Call, r *contract.Resource) *store.Record {
	if all := c.Reader().Scan(r.Name, byOrder, ""); all.Len() > 0 {
		return all.At(0)
	}
	return nil
}

// rebind writes, or takes away, what binds two records, where that is news.
func (t *table) rebind(c *behavior.Call, a *contract.Act, above, rec *store.Record) *behavior.Refusal {
	is := t.bound(c, a, above, rec)
	c.Parent = above
	switch {
	case a.Verb == contract.VerbUnbind && is != nil:
		return c.Write(bond(a), is, nil)
	case a.Verb == contract.VerbRelate && is == nil:
		made := c.Draft(bond(a), nil)
		made.SetDocument([]byte("{" + rule.Text(a.Under) + ":" + rule.Text(t.nameIn(a.Under, above)) + "," +
			rule.Text(a.Resource) + ":" + rule.Text(t.nameIn(a.Resource, rec)) + "}"))
		return c.Write(bond(a), nil, made)
	}
	return nil
}
