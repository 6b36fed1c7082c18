package declared

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
	"rollcall/specs/format"
)

// aboveFor makes what the operation's records stand under; nil for nothing.
func (k *kind) aboveFor(ctx context.Context, env *suite.Env, a *act) *record {
	if parent := a.parent(); parent != nil && len(a.Params) > 0 {
		return parent.make(ctx, env, nil)
	}
	return nil
}

// makeIn makes a record that the list of the operation under the other record is to hold.
func (k *kind) makeIn(ctx context.Context, env *suite.Env, a *act, above *record, changes ...kit.Body) *record {
	if !a.elsewhere() || above == nil {
		return k.make(ctx, env, above, changes...)
	}
	by := ""
	if k.canMake() {
		for _, p := range k.maker().input().Flat() {
			if k.names(p.Name) == above.kind {
				by = p.Name
			}
		}
	}
	if by == "" {
		env.Undetermined("nothing says how a %s comes under a %s", k.Name, above.kind.Name)
	}
	return k.make(ctx, env, nil, append([]kit.Body{{by: above.id()}}, changes...)...)
}

// ready makes a record on which the operation works as it should: it may be deleted, others of
// its group are there, and its state is one that the action leads on from.
func (k *kind) ready(ctx context.Context, env *suite.Env, a *act) *record {
	above := k.parent(ctx, env)
	if above != nil && k.most() != 1 || above == nil && len(k.rules(contract.RuleKeepOne)) > 0 {
		k.make(ctx, env, above)
	}
	return k.readyIn(ctx, env, a, above)
}

// readyIn is ready under a record, where others of the group are.
func (k *kind) readyIn(ctx context.Context, env *suite.Env, a *act, above *record) *record {
	r := k.make(ctx, env, above)
	for _, s := range a.Set {
		one := k.ruleOf(contract.RuleTransition, s.Member)
		if one == nil {
			continue
		}
		for _, step := range one.Steps {
			if slices.Contains(step.To, text(decoded(s.Value))) {
				if k.reach(ctx, env, r, one, step.From) {
					return r
				}
			}
		}
	}
	return r
}

// most is how many records of the kind there may be together, 0 for any number.
func (k *kind) most() int {
	for _, one := range k.rules(contract.RuleLimit) {
		return one.Most
	}
	return 0
}

// changed is a body that changes a record in all that may change, as the operation's body has
// it: what can't change is sent as it is, and what an update need not have is left out where
// a rule would have a say.
func (k *kind) changed(ctx context.Context, env *suite.Env, a *act, r *record, changes kit.Body) kit.Body {
	now, _ := r.now(ctx, env)
	body, s := kit.Body{}, a.input()
	for _, p := range s.Flat() {
		if _, said := changes[p.Name]; said || p.Schema.ReadOnly {
			continue
		}
		value, ok := k.another(ctx, env, a, r, p)
		is := now.Get(gjsonName(p.Name))
		switch {
		case ok:
			body[p.Name] = value
		case k.fixed(p.Name) && is.Exists():
			body[p.Name] = is.Value()
		case s.IsRequired(p.Name) && is.Exists():
			body[p.Name] = is.Value()
		case s.IsRequired(p.Name):
			body[p.Name] = r.sent[p.Name]
		}
	}
	k.inOrder(body, changes)
	return kit.With(body, changes)
}

// fixed says whether a record keeps the member whatever is sent.
func (k *kind) fixed(member string) bool {
	return k.ruleOf(contract.RuleImmutable, member) != nil || k.ruleOf(contract.RuleTransition, member) != nil ||
		k.ruleOf(contract.RuleExclusive, member) != nil || k.ruleOf(contract.RuleSequence, member) != nil ||
		member == k.ID.Member || k.Parent != nil && member == k.Parent.Member || len(k.decides(member)) > 0
}

// another makes another value for a member of a record, and false where it can't freely change.
func (k *kind) another(ctx context.Context, env *suite.Env, a *act, r *record, p *contract.Property) (any, bool) {
	if p.Schema.ReadOnly || k.fixed(p.Name) || k.ordered(p.Name) {
		return nil, false
	}
	now, _ := r.now(ctx, env)
	for range 20 {
		value, ok := k.member(ctx, env, a.input(), p, r.above)
		if !ok {
			return nil, false
		}
		if is := now.Get(gjsonName(p.Name)); !alike(is, value, env.Strict()) {
			return value, true
		}
		if !p.Schema.Nullable && len(p.Schema.Enum) == 1 {
			return nil, false
		}
	}
	return nil, false
}

// ordered says whether the member is one of two in an order, which change together.
func (k *kind) ordered(member string) bool { return k.ruleOf(contract.RuleOrdered, member) != nil }

func (k *kind) defaultsTo(member string, value any) bool {
	return slices.ContainsFunc(k.Defaults, func(d contract.MemberValue) bool {
		return d.Member == member && same(decoded(d.Value), value)
	})
}

// serverMembers are those that nobody sends: ids, times, what is counted or copied, and what
// the document says is only read.
func (k *kind) serverMembers(a *act) (names []string) {
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) && !a.takes(name) && k.shows(name) {
			names = append(names, name)
		}
	}
	if k.ID.Make != contract.MakeGiven {
		add(k.ID.Member)
	}
	for _, s := range k.Stamps {
		add(s.Member)
	}
	for _, one := range k.rules(contract.RuleSequence) {
		add(one.Member)
	}
	for _, d := range k.Derived {
		add(d.Member)
	}
	for _, p := range k.Schema.Flat() {
		if p.Schema.ReadOnly {
			add(p.Name)
		}
	}
	return names
}

// strange is another value of the same sort, nil where there is none.
func strange(is gjson.Result) any {
	switch is.Type {
	case gjson.String:
		if at, ok := format.Instant(is.Str); ok {
			return at.AddDate(-9, 0, 0).Format(time.RFC3339)
		}
		if strings.TrimSpace(is.Str) == "" {
			return nil
		}
		return kit.UnknownID(is.Str)
	case gjson.Number:
		return is.Num + 700_001
	case gjson.True, gjson.False:
		return !is.Bool()
	}
	return nil
}
