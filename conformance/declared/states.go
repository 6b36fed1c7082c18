package declared

import (
	"context"
	"fmt"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// states lists those that a rule of steps knows, in its order.
func states(one *contract.Rule) (all []string) {
	for _, step := range one.Steps {
		for _, name := range append([]string{step.From}, step.To...) {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}

// allowed says whether a step is.
func allowed(one *contract.Rule, from, to string) bool {
	return slices.ContainsFunc(one.Steps, func(s contract.Step) bool { return s.From == from && slices.Contains(s.To, to) })
}

// way is the shortest way from one state to another, without the first; nil where there is none.
func way(one *contract.Rule, from, to string) []string {
	if from == to {
		return []string{}
	}
	ways, seen := [][]string{{from}}, map[string]bool{from: true}
	for len(ways) > 0 {
		first := ways[0]
		ways = ways[1:]
		for _, next := range states(one) {
			if seen[next] || !allowed(one, first[len(first)-1], next) {
				continue
			}
			longer := append(slices.Clone(first), next)
			if next == to {
				return longer[1:]
			}
			seen[next] = true
			ways = append(ways, longer)
		}
	}
	return nil
}

// stepper is an operation that leads a record to a state.
type stepper struct {
	act  *act
	body kit.Body // of a change; nil for an action
}

// steppers are the operations that may lead to a state: changes that name it, and actions that set it.
func (res *resource) steppers(member, to string) (all []stepper) {
	for _, a := range res.changing() {
		if a.takes(member) {
			all = append(all, stepper{a, kit.Body{member: to}})
		}
	}
	for _, a := range res.acts {
		for _, s := range a.Set {
			if s.Member == member && text(decoded(s.Value)) == to {
				all = append(all, stepper{act: a})
			}
		}
	}
	return all
}

// request leads a record to the state of the stepper.
func (s stepper) request(ctx context.Context, env *suite.Env, r *record) []client.Option {
	options := []client.Option{s.act.at(r.line())}
	if s.body != nil {
		return append(options, s.act.sent(r.resource.change(ctx, env, s.act, r, s.body)))
	}
	if s.act.input() != nil {
		options = append(options, s.act.sent(r.resource.changed(ctx, env, s.act, r, nil)))
	}
	return options
}

// change is a body with as little as the operation allows beside the changes: of an update
// nothing, of a replacement all that the record was.
func (res *resource) change(ctx context.Context, env *suite.Env, a *act, r *record, changes kit.Body) kit.Body {
	body := kit.Body{}
	now, _ := r.now(ctx, env)
	for _, p := range a.input().Flat() {
		is := now.Get(gjsonName(p.Name))
		switch {
		case p.Schema.ReadOnly || a.Verb == contract.VerbUpdate && !a.input().IsRequired(p.Name):
		case is.Exists() && (is.Value() != nil || p.Schema.Nullable):
			body[p.Name] = is.Value()
		case r.sent[p.Name] != nil && !res.shows(p.Name):
			body[p.Name] = r.sent[p.Name]
		}
	}
	return kit.With(body, changes)
}

// reach leads a record to a state, and says whether it got there.
func (res *resource) reach(ctx context.Context, env *suite.Env, r *record, one *contract.Rule, to string) bool {
	now, _ := r.now(ctx, env)
	steps := way(one, now.Get(memberPath(one.Member)).String(), to)
	if steps == nil {
		return false
	}
	for _, next := range steps {
		by := res.steppers(one.Member, next)
		if len(by) == 0 {
			return false
		}
		env.Must(ctx, by[0].act.Operation, by[0].request(ctx, env, r)...)
	}
	return true
}

// transitionCases make a case of each pair of states and each operation that could lead there.
func (res *resource) transitionCases(one *contract.Rule) (all []suite.Case) {
	for _, from := range states(one) {
		for _, to := range states(one) {
			if from == to {
				continue
			}
			for _, by := range res.steppers(one.Member, to) {
				what := "refused"
				if allowed(one, from, to) {
					what = "taken"
				}
				title := fmt.Sprintf("%s: from %s to %s is %s", by.act, from, to, what)
				all = append(all, kit.One(one.ID, title, func(ctx context.Context, env *suite.Env) {
					res.steps(ctx, env, one, by, from, to)
				})...)
			}
		}
	}
	return all
}

func (res *resource) steps(ctx context.Context, env *suite.Env, one *contract.Rule, by stepper, from, to string) {
	r := res.make(ctx, env, nil)
	if !res.reach(ctx, env, r, one, from) {
		if !res.maker().takes(one.Member) {
			env.Undetermined("no operation leads a %s to %s", res.Name, from)
		}
		r = res.make(ctx, env, nil, kit.Body{one.Member: from})
	}
	request := by.request(ctx, env, r)
	if !allowed(one, from, to) {
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return env.Call(ctx, by.act.Operation, request...)
		}, r.state(env))
		return
	}
	answer := env.Call(ctx, by.act.Operation, request...)
	env.Expect(answer).To(match.Success())
	now, seen := r.now(ctx, env)
	res.expectHas(env, now, kit.Body{one.Member: to}, seen, "when read")
}

// maker is the operation that makes records, nil where there is none.
func (res *resource) maker() *act {
	if res.creates != nil {
		return res.creates
	}
	if res.upserts != nil {
		return res.upserts
	}
	return res.bulks
}
