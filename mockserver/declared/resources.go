package declared

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// The indexes of every resource.
const (
	byOrder  = "order"
	byKey    = "key" // of those that are found by members of their documents
	byParent = "parent"
)

func (t *table) resources() (all []behavior.Resource) {
	for _, r := range t.of.Resources {
		all = append(all, t.resource(r))
	}
	all = append(all, t.bonds()...)
	return append(all, behavior.Resource{Name: fixtures.TableCallers,
		Indexes: []store.Index{{Name: byOrder, Key: func(*store.Record) string { return "caller" }}}})
}

func (t *table) resource(r *contract.Resource) behavior.Resource {
	out := behavior.Resource{
		Name: r.Name, Follows: r.Schema, Free: free(r.Schema), Private: r.Hidden,
		NewID: t.newID(r), Stamps: t.stamps(r), Defaults: defaults(r),
		Indexes: []store.Index{t.order(r)},
	}
	if !madeByServer(r) {
		out.Locate = t.locate(r)
		out.Indexes = append(out.Indexes, store.Index{Name: byKey, Key: key(r)})
	} else if r.Schema != nil {
		out.Locate = t.locateByID(r)
	}
	if r.Parent != nil {
		out.Nest = behavior.Nest{
			Resource: r.Parent.Resource,
			Field:    fixtures.ParentMember,
			Index:    byParent,
			Absent:   t.absent(r),
		}
		out.Indexes = append(out.Indexes, store.Index{Name: byParent,
			Key: func(rec *store.Record) string { return store.Key(rec.String(fixtures.ParentMember)) }})
	}
	out.Indexes = append(out.Indexes, t.groupIndexes(r)...)
	out.View = t.view(r)
	if o := t.of.Auth.Owner; o != nil && slices.Contains(o.Of, r.Name) {
		out.Owner = behavior.Owner{Field: o.Member, Lists: behavior.By(t.on(r, contract.RowOwned)),
			Items: behavior.Denies(t.on(r, contract.RowOwner))}
		if !o.Shown(r) {
			out.Private = append(slices.Clone(out.Private), o.Member)
		}
	}
	if r.Soft != nil {
		out.Trash = behavior.Trash{Field: deletedMember, Param: r.Soft.Param, Hidden: behavior.By(t.on(r, contract.RowGone))}
	}
	return out
}

// free tells whether records have members that the document does not name.
func free(s *contract.Schema) bool { return s == nil || len(s.Every()) == 0 }

// madeByServer tells whether the id of a record, as the API shows it, is the server's own.
func madeByServer(r *contract.Resource) bool {
	return r.ID.Make == contract.MakeUUID || r.ID.Make == contract.MakeInteger || r.ID.Make == contract.MakePrefix
}

// newID makes ids in the manner of the resource, none of which the data has.
func (t *table) newID(r *contract.Resource) func(*behavior.Call, uint64) string {
	return func(c *behavior.Call, ordinal uint64) string {
		switch r.ID.Make {
		case contract.MakeInteger:
			for ; ; ordinal++ { // the ids of data below parents have gaps
				id := strconv.FormatUint(ordinal, 10)
				if _, taken := c.Reader().Get(r.Name, id); !taken {
					return id
				}
			}
		case contract.MakeUUID:
			return fixtures.UUID(c.Seed, r.Name, ordinal)
		}
		return c.NewID(r.ID.Prefix, ordinal)
	}
}

// deletedMember is kept of a deleted record, with the time.
const deletedMember = "_deleted"

// order is the order of lists: by the members that the behavior names, else that of creation,
// each parent's and each owner's apart.
func (t *table) order(r *contract.Resource) store.Index {
	apart := ""
	if o := t.of.Auth.Owner; o != nil && slices.Contains(o.Of, r.Name) {
		apart = o.Member
	}
	if r.Parent != nil {
		apart = fixtures.ParentMember
	}
	return store.Index{Name: byOrder, Key: func(rec *store.Record) string {
		parts := []string{""}
		if apart != "" {
			parts[0] = rec.String(apart)
		}
		for _, member := range r.Order {
			parts = append(parts, sortable(rec.Get(strings.TrimPrefix(member, "-"))))
		}
		return store.Key(parts...)
	}}
}

// sortable writes a value so that the order of texts is its order.
func sortable(v gjson.Result) string {
	if v.Type == gjson.Number {
		return rule.SortableInt(int64(v.Num * 1000))
	}
	return strings.ToLower(v.String())
}

// keyMembers are the members whose values find a record, one for each path parameter of its
// own; "" where no member shows it, so that any value will do.
func keyMembers(r *contract.Resource) []string {
	return append(slices.Clone(r.ID.Composite), r.ID.Member)
}

func key(r *contract.Resource) func(*store.Record) string {
	return func(rec *store.Record) string {
		parts := []string{rec.String(fixtures.ParentMember)}
		for _, member := range keyMembers(r) {
			if member != "" {
				parts = append(parts, rec.String(member))
			}
		}
		return store.Key(parts...)
	}
}

func defaults(r *contract.Resource) (all []behavior.Default) {
	for _, d := range r.Defaults {
		all = append(all, behavior.Default{Field: d.Member, Value: string(d.Value)})
	}
	return all
}

// stamps are the members that the server sets: the id, the times, the parent's id, and what
// a record must have and nobody sent.
func (t *table) stamps(r *contract.Resource) (all []behavior.Stamp) {
	for _, p := range r.Schema.Every() {
		if s, ok := t.stamp(r, p); ok {
			s.Field = p.Name
			all = append(all, s)
		}
	}
	return all
}

func (t *table) stamp(r *contract.Resource, p *contract.Property) (behavior.Stamp, bool) {
	i := slices.IndexFunc(r.Stamps, func(s contract.MemberStamp) bool { return s.Member == p.Name })
	defaulted := slices.ContainsFunc(r.Defaults, func(d contract.MemberValue) bool {
		return d.Member == p.Name && (d.Stated() || !p.Schema.ReadOnly)
	})
	o := t.of.Auth.Owner
	switch {
	case o != nil && p.Name == o.Member && slices.Contains(o.Of, r.Name):
		return behavior.Stamp{Make: func(c *behavior.Call, _ *store.Record) string {
			if c.Actor == nil {
				return "null"
			}
			return rule.Text(c.Actor.String(o.Member))
		}}, true
	case p.Name == r.ID.Member && r.ID.Make != contract.MakeGiven && r.ID.Make != contract.MakeSlug:
		return behavior.Stamp{Make: func(_ *behavior.Call, rec *store.Record) string { return as(p.Schema, rec.ID) }}, true
	case i >= 0:
		return behavior.Stamp{Touch: r.Stamps[i].Changed, Make: func(c *behavior.Call, _ *store.Record) string {
			return string(fixtures.Moment(p.Schema, c.Now))
		}}, true
	case r.Parent != nil && p.Name == r.Parent.Member:
		return behavior.Stamp{Make: func(c *behavior.Call, _ *store.Record) string {
			if c.Parent == nil {
				return "null"
			}
			return as(p.Schema, c.Parent.ID)
		}}, true
	case defaulted:
	case r.Schema.IsRequired(p.Name) && !p.Schema.Nullable && !t.sent(r, p.Name), p.Schema.ReadOnly, t.serverMade(r, p):
		return behavior.Stamp{Make: func(c *behavior.Call, rec *store.Record) string {
			if p.Schema.Type == "boolean" && len(p.Schema.Enum) == 0 {
				return "false"
			}
			return t.placed(c, r, p, string(t.maker.Member(r, rec.Seq+1_000_000, p)))
		}}, true
	}
	return behavior.Stamp{}, false
}

// serverMade tells whether a member is there though nobody can send it: a plain value, or one
// in which a part of the key stands.
func (t *table) serverMade(r *contract.Resource, p *contract.Property) bool {
	if outer(r, p) != "" {
		return true
	}
	for _, a := range t.of.Operations {
		if op, ok := t.Operation(a.Operation); ok && a.Resource == r.Name && op.Body != nil {
			if _, sent := op.Body.Schema.Property(p.Name); sent {
				return false
			}
		}
	}
	switch p.Schema.Type {
	case "string", "integer", "number", "boolean":
		return !p.Schema.WriteOnly
	}
	return false
}

// outer is the part of a composite key that stands in a member, "" where none does.
func outer(r *contract.Resource, p *contract.Property) string {
	for _, part := range r.ID.Composite {
		if strings.HasPrefix(part, p.Name+".") {
			return part
		}
	}
	return ""
}

// placed puts the name of the record above, where the path has it, into the part of a composite
// key that stands in a member.
func (t *table) placed(c *behavior.Call, r *contract.Resource, p *contract.Property, raw string) string {
	part := outer(r, p)
	a, ok := t.of.Act(c.Operation.ID)
	if part == "" || !ok || a.Under == "" || len(a.Params) == 0 {
		return raw
	}
	return string(set([]byte(raw), strings.TrimPrefix(part, p.Name+"."), rule.Text(c.Path.Get(last(a.Params)))))
}

// sent tells whether whoever creates a record has to send the member.
func (t *table) sent(r *contract.Resource, member string) bool {
	creates := false
	for _, a := range t.of.Operations {
		if a.Resource != r.Name || a.Verb != contract.VerbCreate && a.Verb != contract.VerbUpsert {
			continue
		}
		op, ok := t.Operation(a.Operation)
		if !ok || op.Body == nil || a.Sent != "" || !op.Body.Schema.IsRequired(member) {
			return false
		}
		creates = true
	}
	return creates
}

// as writes an id as its schema has it.
func as(s *contract.Schema, id string) string {
	if s != nil && (s.Type == "integer" || s.Type == "number") {
		return id
	}
	return rule.Text(id)
}
