package declared

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

func requiredCreate(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above := res.aboveFor(ctx, env, a)
	without := kit.Without(one.Member)
	if !a.takes(one.If.Member) { // nobody says the condition in the body
		env.Expect(res.create(ctx, env, a, above, res.fill(ctx, env, a, above, without))).To(match.Success())
		return
	}
	under := kit.Body{one.If.Member: decoded(one.If.Value)}
	right := res.fill(ctx, env, a, above, under)
	wrongs := []kit.Body{kit.With(right, without)}
	if s, _ := a.input().Property(one.Member); s != nil && s.Nullable {
		wrongs = append(wrongs, kit.With(right, kit.Body{one.Member: nil}))
	}
	for _, wrong := range wrongs {
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return res.create(ctx, env, a, above, wrong) },
			res.traces(env, above, res.telling(right), right[res.telling(right)]))
	}
	env.Expect(res.create(ctx, env, a, above, res.fill(ctx, env, a, above, without))).To(match.Success(), "without the condition")
	control(ctx, env, res.create(ctx, env, a, above, right))
}

// telling is a member whose text no other record has.
func (res *resource) telling(body kit.Body) string {
	const long = 12
	best := res.ID.Member
	for name, value := range body {
		s, ok := value.(string)
		if ok && len(s) > long && res.shows(name) && res.names(name) == nil && (best == res.ID.Member || name < best) {
			best = name
		}
	}
	return best
}

// requiredChange brings a record without the member under the condition.
func requiredChange(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	if !a.takes(one.If.Member) {
		env.NotApplicable("%s says nothing of %s", a.Operation, one.If.Member)
	}
	r := res.make(ctx, env, nil, kit.Without(one.Member))
	under := kit.Body{one.If.Member: decoded(one.If.Value)}
	wrong := kit.With(res.change(ctx, env, a, r, under), kit.Without(one.Member))
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return res.alteration(ctx, env, a, r)(wrong) }, r.state(env))
	if s, ok := res.maker().input().Property(one.Member); ok && a.takes(one.Member) {
		control(ctx, env, res.alteration(ctx, env, a, r)(kit.With(wrong,
			kit.Body{one.Member: res.room.value(env, s, one.Member)})))
	}
}

// requiredTaken takes the member from a record that is under the condition.
func requiredTaken(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	s, ok := a.input().Property(one.Member)
	if !ok || !s.Nullable && a.Verb == contract.VerbUpdate {
		env.NotApplicable("%s can't take %s from a %s", a.Operation, one.Member, res.Name)
	}
	r := res.underCondition(ctx, env, one.If)
	right := res.change(ctx, env, a, r, kit.Body{one.Member: res.room.value(env, s, one.Member)})
	gone := kit.Without(one.Member)
	if s.Nullable {
		gone = kit.Body{one.Member: nil}
	}
	refused(ctx, env, res.alteration(ctx, env, a, r), kit.With(right, gone), right, r.state(env))
}

// underCondition makes a record that has the value of a condition.
func (res *resource) underCondition(ctx context.Context, env *suite.Env, c *contract.Condition) *record {
	value := decoded(c.Value)
	if one := res.ruleOf(contract.RuleTransition, c.Member); one != nil {
		r := res.make(ctx, env, res.parent(ctx, env))
		if res.reach(ctx, env, r, one, text(value)) {
			return r
		}
	}
	if !res.maker().takes(c.Member) {
		env.Undetermined("no operation gives a %s the value %s as %s", res.Name, text(value), c.Member)
	}
	return res.make(ctx, env, res.parent(ctx, env), kit.Body{c.Member: value})
}

// requiredActions are the cases of actions that bring a record under the condition.
func (res *resource) requiredActions(one *contract.Rule) (all []suite.Case) {
	for _, a := range res.acts {
		for _, s := range a.Set {
			if s.Member != one.If.Member || !same(decoded(s.Value), decoded(one.If.Value)) {
				continue
			}
			all = append(all, kit.One(one.ID, a.Operation+": what lacks it is refused", res.lacking(one, a))...)
		}
	}
	return all
}

// lacking expects an action to refuse a record without the member, and to take one with it.
func (res *resource) lacking(one *contract.Rule, a *act) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		r := res.make(ctx, env, nil, kit.Without(one.Member))
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return env.Call(ctx, a.Operation, a.at(r.line()))
		}, r.state(env))
		control(ctx, env, env.Call(ctx, a.Operation, a.at(res.ready(ctx, env, a).line())))
	}
}
