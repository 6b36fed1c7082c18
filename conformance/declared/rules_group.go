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

// gone says whether a record is no longer there, wherever it may be read.
func (r *record) gone(ctx context.Context, env *suite.Env) bool {
	for _, a := range r.kind.acts {
		if a.Verb == contract.VerbGet && a != r.kind.gets && env.Call(ctx, a.Operation, a.at(r.line())).Success() {
			return false
		}
	}
	found, _ := r.read(ctx, env)
	return !found.Exists()
}

// remove deletes a record by the operation.
func (a *act) remove(ctx context.Context, env *suite.Env, r *record) *client.Exchange {
	return env.Call(ctx, a.Operation, a.at(r.line()))
}

// naming makes a record that names another one by the member of a rule, or stands under it.
func (k *kind) naming(ctx context.Context, env *suite.Env, one *contract.Rule, r *record) *record {
	to := k.room.kinds[one.To]
	if to.maker() == nil {
		env.Undetermined("no operation makes a %s", to.Name)
	}
	if s, ok := to.maker().input().Property(one.By); ok {
		return to.make(ctx, env, nil, kit.Body{one.By: asID(s, r.id())})
	}
	return to.make(ctx, env, r)
}

func restricted(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	r := k.make(ctx, env, k.parent(ctx, env))
	child := k.naming(ctx, env, one, r)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return a.remove(ctx, env, r) }, r.state(env), child.state(env))
	if child.kind.deletes == nil {
		control(ctx, env, a.remove(ctx, env, k.make(ctx, env, k.parent(ctx, env))))
		return
	}
	env.Must(ctx, child.kind.deletes.Operation, child.kind.deletes.at(child.line()))
	env.Expect(a.remove(ctx, env, r)).To(match.Success(), "when nothing names it any more")
}

func cascaded(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	r, other := k.make(ctx, env, k.parent(ctx, env)), k.make(ctx, env, k.parent(ctx, env))
	child, spared := k.naming(ctx, env, one, r), k.naming(ctx, env, one, other)
	env.ExpectAnswer(a.remove(ctx, env, r))
	if !child.gone(ctx, env) {
		env.Fail("the %s %s is still there, and the %s that it named is not", child.kind.Name, child.id(), k.Name)
	}
	spared.now(ctx, env)
}

func undeletable(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	r := k.underCondition(ctx, env, one.If)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return a.remove(ctx, env, r) }, r.state(env))
	control(ctx, env, a.remove(ctx, env, k.ready(ctx, env, a)))
}

// group makes what the records of a rule's group stand under, and says what they share. It
// ends the case as undetermined where the group would be all records of a target.
func (k *kind) group(ctx context.Context, env *suite.Env, one *contract.Rule) (above *record, share kit.Body) {
	above = k.parent(ctx, env)
	m := k.maker()
	if m == nil {
		env.Undetermined("no operation makes a %s", k.Name)
	}
	if s, ok := m.input().Property(one.Within); one.Within != "" && ok {
		if to := k.names(one.Within); to != nil {
			return above, kit.Body{one.Within: asID(s, to.make(ctx, env, nil).id())}
		}
		return above, kit.Body{one.Within: k.room.value(env, s, one.Within)}
	}
	if above == nil {
		env.Undetermined("the rule is about all of a %s that there are, and others make some, too", k.Name)
	}
	return above, nil
}

func keepOne(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	above, share := k.group(ctx, env, one)
	first, second := k.make(ctx, env, above, share), k.make(ctx, env, above, share)
	env.Expect(a.remove(ctx, env, second)).To(match.Success(), "when another one is left")
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return a.remove(ctx, env, first) }, first.state(env))
}

func keepOneRace(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	above, share := k.group(ctx, env, one)
	first, second := k.make(ctx, env, above, share), k.make(ctx, env, above, share)
	answers := env.Together(ctx, a.Operation, []client.Option{a.at(first.line())}, []client.Option{a.at(second.line())})
	expectWinners(env, answers, 1)
	if first.gone(ctx, env) == second.gone(ctx, env) {
		env.Fail("of two that were deleted at once one has to be left, and there are both or none")
	}
}

func limited(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	above, share := k.group(ctx, env, one)
	var all []*record
	for range one.Most - 1 {
		all = append(all, k.make(ctx, env, above, share))
	}
	last := k.fill(ctx, env, a, above, share)
	env.Expect(k.create(ctx, env, a, above, last)).To(match.Success(), "the last for which there is room")
	more := k.fill(ctx, env, a, above, share)
	reads := []suite.Read{}
	if k.lists != nil {
		reads = append(reads, kit.AnyOrder(env.StateOf(k.lists.Operation, k.lists.at(above.line()))))
	}
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return k.create(ctx, env, a, above, more) }, reads...)
	if k.deletes == nil || len(all) == 0 {
		return
	}
	env.Must(ctx, k.deletes.Operation, k.deletes.at(all[0].line()))
	env.Expect(k.create(ctx, env, a, above, more)).To(match.Success(), "when there is room again")
}

func limitRace(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	above, share := k.group(ctx, env, one)
	for range one.Most - 1 {
		k.make(ctx, env, above, share)
	}
	var bodies []kit.Body
	for range racers {
		bodies = append(bodies, k.fill(ctx, env, a, above, share))
	}
	expectWinners(env, k.race(ctx, env, a, above, bodies), 1)
}

func sequence(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	above, share := k.group(ctx, env, one)
	for i := range int64(3) {
		if most := k.most(); most > 0 && int(i) >= most {
			break
		}
		answer := k.create(ctx, env, a, above, k.fill(ctx, env, a, above, share))
		env.ExpectAnswer(answer)
		r := &record{kind: k, above: above, key: k.key(a.recordIn(answer), answer)}
		now, seen := r.now(ctx, env)
		k.expectHas(env, now, kit.Body{one.Member: one.From + i}, seen, "when read")
	}
}

// sequenceRace makes records at once: each has a number of its own, and none is left out.
func sequenceRace(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	above, share := k.group(ctx, env, one)
	n := racers
	if most := k.most(); most > 0 {
		n = min(n, most)
	}
	var bodies []kit.Body
	for range n {
		bodies = append(bodies, k.fill(ctx, env, a, above, share))
	}
	var numbers, want []int64
	for i, answer := range k.race(ctx, env, a, above, bodies) {
		env.Expect(answer).To(match.Success())
		r := &record{kind: k, above: above, key: k.key(a.recordIn(answer), answer)}
		now, _ := r.now(ctx, env)
		numbers, want = append(numbers, now.Get(memberPath(one.Member)).Int()), append(want, one.From+int64(i))
	}
	if slices.Sort(numbers); !slices.Equal(numbers, want) {
		env.Fail("%d of a %s that were made at once have the numbers %v, not %v", n, k.Name, numbers, want)
	}
}

func exclusiveCreate(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	above, share := k.group(ctx, env, one)
	flagged := kit.Body{one.Member: true}
	first := k.make(ctx, env, above, share, flagged)
	expectHolder(ctx, env, one, first)
	answer := k.create(ctx, env, a, above, k.fill(ctx, env, a, above, share, flagged))
	env.ExpectAnswer(answer)
	second := &record{kind: k, above: above, key: k.key(a.recordIn(answer), answer)}
	expectHolder(ctx, env, one, second, first)
	third := k.make(ctx, env, above, share, kit.Body{one.Member: false})
	expectHolder(ctx, env, one, second, first, third)
}

func exclusiveChange(ctx context.Context, env *suite.Env, k *kind, one *contract.Rule, a *act) {
	above, share := k.group(ctx, env, one)
	first := k.make(ctx, env, above, share, kit.Body{one.Member: true})
	second := k.make(ctx, env, above, share, kit.Body{one.Member: false})
	env.ExpectAnswer(k.alteration(ctx, env, a, second)(k.change(ctx, env, a, second, kit.Body{one.Member: true})))
	expectHolder(ctx, env, one, second, first)
}

// expectHolder expects one record to have the flag, and the others not to.
func expectHolder(ctx context.Context, env *suite.Env, one *contract.Rule, holder *record, others ...*record) {
	for _, r := range append([]*record{holder}, others...) {
		now, seen := r.now(ctx, env)
		flag := now.Get(memberPath(one.Member))
		if flag.Bool() != (r == holder) {
			want := fmt.Sprintf("%s of one %s alone, the last that it was given to", one.Member, r.kind.Name)
			env.Expect(seen).To(match.That(want,
				func(*client.Exchange) string { return "it is " + shown(flag) }))
		}
	}
}
