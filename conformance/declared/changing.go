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
func (res *resource) aboveFor(ctx context.Context, env *suite.Env, a *act) *record {
	if parent := a.parent(); parent != nil && len(a.Params) > 0 {
		return parent.make(ctx, env, nil)
	}
	return nil
}

// makeIn makes a record that the list of the operation under the other record is to hold.
func (res *resource) makeIn(ctx context.Context, env *suite.Env, a *act, above *record, changes ...kit.Body) *record {
	if !a.elsewhere() || above == nil {
		return res.make(ctx, env, above, changes...)
	}
	if binds := a.other(contract.VerbRelate); binds != nil {
		r := res.make(ctx, env, nil, changes...)
		env.Must(ctx, binds.Operation, binds.pair(ctx, env, above, r)...)
		return r
	}
	by := ""
	if res.canMake() {
		for _, p := range res.maker().input().Flat() {
			if res.names(p.Name) == above.resource {
				by = p.Name
			}
		}
	}
	if by == "" {
		env.Undetermined("nothing says how a %s comes under a %s", res.Name, above.resource.Name)
	}
	return res.make(ctx, env, nil, append([]kit.Body{{by: above.id()}}, changes...)...)
}

// ready makes a record on which the operation works as it should: it may be deleted, others of
// its group are there, and its state is one that the action leads on from.
func (res *resource) ready(ctx context.Context, env *suite.Env, a *act) *record {
	above := res.parent(ctx, env)
	if above != nil && res.most() != 1 || above == nil && len(res.rules(contract.RuleKeepOne)) > 0 {
		res.make(ctx, env, above)
	}
	return res.readyIn(ctx, env, a, above)
}

// readyIn is ready under a record, where others of the group are.
func (res *resource) readyIn(ctx context.Context, env *suite.Env, a *act, above *record) *record {
	r := res.make(ctx, env, above)
	for _, s := range a.Set {
		one := res.ruleOf(contract.RuleTransition, s.Member)
		if one == nil {
			continue
		}
		for _, step := range one.Steps {
			if slices.Contains(step.To, text(decoded(s.Value))) {
				if res.reach(ctx, env, r, one, step.From) {
					return r
				}
			}
		}
	}
	return r
}

// most is how many records of the resource there may be together, 0 for any number.
func (res *resource) most() int {
	for _, one := range res.rules(contract.RuleLimit) {
		return one.Most
	}
	return 0
}

// changed is a body that changes a record in all that may change, as the operation's body has
// it: what can't change is sent as it is, and what an update need not have is left out where
// a rule would have a say.
func (res *resource) changed(ctx context.Context, env *suite.Env, a *act, r *record, changes kit.Body) kit.Body {
	now, _ := r.now(ctx, env)
	body, s := kit.Body{}, a.input()
	for _, p := range s.Flat() {
		if _, said := changes[p.Name]; said || p.Schema.ReadOnly {
			continue
		}
		value, ok := res.another(ctx, env, a, r, p)
		is := now.Get(gjsonName(p.Name))
		switch {
		case ok:
			body[p.Name] = value
		case res.fixed(p.Name) && is.Exists():
			body[p.Name] = is.Value()
		case s.IsRequired(p.Name) && is.Exists():
			body[p.Name] = is.Value()
		case s.IsRequired(p.Name):
			body[p.Name] = r.sent[p.Name]
		}
	}
	res.inOrder(body, changes)
	return kit.With(body, changes)
}

// fixed says whether a record keeps the member whatever is sent.
func (res *resource) fixed(member string) bool {
	return res.ruleOf(contract.RuleImmutable, member) != nil || res.ruleOf(contract.RuleTransition, member) != nil ||
		res.ruleOf(contract.RuleExclusive, member) != nil || res.ruleOf(contract.RuleSequence, member) != nil ||
		member == res.ID.Member || res.Parent != nil && member == res.Parent.Member || len(res.decides(member)) > 0
}

// another makes another value for a member of a record, and false where it can't freely change.
func (res *resource) another(ctx context.Context, env *suite.Env, a *act, r *record, p *contract.Property) (any, bool) {
	if p.Schema.ReadOnly || res.fixed(p.Name) || res.ordered(p.Name) {
		return nil, false
	}
	now, _ := r.now(ctx, env)
	for range 20 {
		value, ok := res.member(ctx, env, a.input(), p, r.above)
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
func (res *resource) ordered(member string) bool {
	return res.ruleOf(contract.RuleOrdered, member) != nil
}

func (res *resource) defaultsTo(member string, value any) bool {
	return slices.ContainsFunc(res.Defaults, func(d contract.MemberValue) bool {
		return d.Member == member && same(decoded(d.Value), value)
	})
}

// strange is another value of the same sort, nil where there is none.
func strange(env *suite.Env, is gjson.Result) any {
	switch is.Type {
	case gjson.String:
		if at, ok := format.Instant(is.Str); ok {
			return at.AddDate(-9, 0, 0).Format(time.RFC3339)
		}
		if strings.TrimSpace(is.Str) == "" {
			return nil
		}
		return env.UnknownID(is.Str)
	case gjson.Number:
		return is.Num + 700_001
	case gjson.True, gjson.False:
		return !is.Bool()
	}
	return nil
}
