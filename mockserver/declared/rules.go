package declared

import (
	"slices"
	"strings"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// rules makes a row of each rule of the behavior, and one for ids that whoever creates a
// record gives.
func (t *table) rules() (all []behavior.Rule) {
	for _, a := range t.of.Operations {
		r, ok := t.of.Resource(a.Resource)
		if ok && a.Verb == contract.VerbCreate && r.ID.Make == contract.MakeGiven && r.ID.Member != "" {
			row := behavior.Rule{Requirement: t.row(a.Operation, contract.RowKey), On: r.Name, When: rule.Create,
				Operations: []string{a.Operation}, Kind: rule.Unique{Field: r.ID.Member, Within: t.within(r, "")}}
			if q, ok := t.Requirement(row.Requirement); ok {
				row.Status = q.Expect.Status
			}
			all = append(all, row)
		}
	}
	for _, one := range t.of.Rules {
		r, ok := t.of.Resource(one.On)
		if !ok {
			continue
		}
		if kind := t.kind(one, r); kind != nil {
			all = append(all, behavior.Rule{Requirement: one.ID, On: one.On, When: when(one.Kind), Kind: kind,
				Operations: one.In, Status: one.Refuse})
		}
	}
	return append(all, t.unties()...)
}

// within is the stored member that records share: that of the parent has a name of its own.
func (t *table) within(r *contract.Resource, member string) string {
	if r.Parent == nil {
		return member
	}
	if member == "" || member == r.Parent.Member || member == r.Parent.Resource || member == r.Parent.Resource+"Id" {
		return fixtures.ParentMember
	}
	return member
}

func when(kind contract.RuleKind) rule.Event {
	switch kind {
	case contract.RuleRestrict, contract.RuleCascade, contract.RuleKeepOne, contract.RuleUndeletable:
		return rule.Delete
	case contract.RuleImmutable, contract.RuleTransition:
		return rule.Update
	case contract.RuleLimit, contract.RuleSequence:
		return rule.Create
	}
	return rule.Write
}

// kind compiles one rule.
func (t *table) kind(one *contract.Rule, r *contract.Resource) rule.Kind {
	switch one.Kind {
	case contract.RuleUnique:
		u := rule.Unique{Field: one.Member, Self: t.known(one.Part(contract.PartSelf))}
		if one.Within != "" {
			u.Within = t.within(r, one.Within)
		}
		if one.Fold {
			u.Fold = one.Part(contract.PartFold)
		}
		return u
	case contract.RuleReference:
		to, _ := t.of.Resource(one.To)
		return rule.Reference{Field: one.Member, Table: one.To, Find: t.named(to)}
	case contract.RuleRestrict:
		return rule.Restrict{Named: t.naming(one, r)}
	case contract.RuleCascade:
		return rule.Cascade{Named: t.naming(one, r)}
	case contract.RuleImmutable:
		return rule.Immutable{Members: one.Members}
	case contract.RuleTransition:
		steps := map[string][]string{}
		for _, s := range one.Steps {
			steps[s.From] = s.To
		}
		return rule.Transition{Field: one.Member, Steps: steps}
	case contract.RuleRequired:
		return rule.RequiredIf{Field: one.Member, If: one.If.Member, Is: string(one.If.Value)}
	case contract.RuleUndeletable:
		return rule.Kept{Field: one.If.Member, Is: string(one.If.Value)}
	case contract.RuleKeepOne:
		return rule.KeepOne{Group: t.group(r, one), What: r.Name}
	case contract.RuleExclusive:
		return rule.Exclusive{Group: t.group(r, one), Field: one.Member}
	case contract.RuleLimit:
		return rule.Limit{Group: t.group(r, one), Most: one.Most, What: r.Name}
	case contract.RuleSequence:
		return rule.Sequence{Field: one.Member, Within: t.within(r, one.Within), Start: one.From}
	case contract.RuleOrdered:
		return rule.Ordered{From: one.Members[0], Until: one.Members[1]}
	}
	return nil
}

// known is the id of a requirement, "" where there is none.
func (t *table) known(id string) string {
	if _, ok := t.Requirement(id); ok {
		return id
	}
	return ""
}

// group is the records among which a rule holds, found by the index that groupIndexes makes.
func (t *table) group(r *contract.Resource, one *contract.Rule) rule.Group {
	within := t.within(r, one.Within)
	if within == fixtures.ParentMember {
		return rule.Group{Within: within, Index: byParent}
	}
	return rule.Group{Within: within, Index: "by " + within}
}

// naming is how the records are found that name one.
func (t *table) naming(one *contract.Rule, r *contract.Resource) rule.Named {
	child, ok := t.of.Resource(one.To)
	n := rule.Named{Table: one.To, Index: "by " + one.By}
	if ok && t.within(child, one.By) == fixtures.ParentMember && child.Parent.Resource == r.Name {
		return rule.Named{Table: one.To, Index: byParent}
	}
	if !madeByServer(r) {
		n.Key = r.ID.Member
	}
	return n
}

// groupIndexes are those of a resource that rules look into.
func (t *table) groupIndexes(r *contract.Resource) (all []store.Index) {
	add := func(member string) {
		if t.within(r, member) == fixtures.ParentMember {
			return
		}
		name := "by " + member
		for _, x := range all {
			if x.Name == name {
				return
			}
		}
		all = append(all, store.Index{Name: name, Key: func(rec *store.Record) string {
			if member == "" {
				return store.Key("")
			}
			if v := rec.String(member); v != "" {
				return store.Key(v)
			}
			return ""
		}})
	}
	for _, other := range t.of.Resources {
		for _, d := range other.Computed {
			if d.Count == r.Name {
				add(d.By)
			}
		}
	}
	for _, one := range t.of.Rules {
		switch {
		case one.On == r.Name && slices.Contains([]contract.RuleKind{contract.RuleKeepOne, contract.RuleExclusive,
			contract.RuleLimit}, one.Kind):
			add(one.Within)
		case one.To == r.Name && (one.Kind == contract.RuleRestrict || one.Kind == contract.RuleCascade):
			add(one.By)
		}
	}
	return all
}

// named finds a record by the id that the API shows of it; nil: by its id.
func (t *table) named(to *contract.Resource) func(rule.Lookup, string) bool {
	if to == nil || madeByServer(to) || to.Parent != nil {
		return nil
	}
	return func(in rule.Lookup, id string) bool {
		found := false
		in.Each(to.Name, byKey, store.Key("", strings.TrimSpace(id)), func(*store.Record) bool { found = true; return false })
		return found
	}
}
