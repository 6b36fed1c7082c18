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
	for _, a := range r.resource.acts {
		if a.Verb == contract.VerbGet && a != r.resource.gets && env.Call(ctx, a.Operation, a.at(r.line())).Success() {
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
func (res *resource) naming(ctx context.Context, env *suite.Env, one *contract.Rule, r *record) *record {
	to := res.room.resources[one.To]
	if to.maker() == nil {
		env.Undetermined("no operation makes a %s", to.Name)
	}
	if s, ok := to.maker().input().Property(one.By); ok {
		return to.make(ctx, env, nil, kit.Body{one.By: asID(s, r.id())})
	}
	return to.make(ctx, env, r)
}

func restricted(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	r := res.make(ctx, env, res.parent(ctx, env))
	child := res.naming(ctx, env, one, r)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return a.remove(ctx, env, r) }, r.state(env), child.state(env))
	if child.resource.deletes == nil {
		control(ctx, env, a.remove(ctx, env, res.make(ctx, env, res.parent(ctx, env))))
		return
	}
	env.Must(ctx, child.resource.deletes.Operation, child.resource.deletes.at(child.line()))
	env.Expect(a.remove(ctx, env, r)).To(match.Success(), "when nothing names it any more")
}

func cascaded(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	r, other := res.make(ctx, env, res.parent(ctx, env)), res.make(ctx, env, res.parent(ctx, env))
	child, spared := res.naming(ctx, env, one, r), res.naming(ctx, env, one, other)
	env.ExpectAnswer(a.remove(ctx, env, r))
	if !child.gone(ctx, env) {
		env.Fail("the %s %s is still there, and the %s that it named is not", child.resource.Name, child.id(), res.Name)
	}
	spared.now(ctx, env)
}

func undeletable(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	r := res.underCondition(ctx, env, one.If)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return a.remove(ctx, env, r) }, r.state(env))
	control(ctx, env, a.remove(ctx, env, res.ready(ctx, env, a)))
}

// group makes what the records of a rule's group stand under, and says what they share. It
// ends the case as undetermined where the group would be all records of a target.
func (res *resource) group(ctx context.Context, env *suite.Env, one *contract.Rule) (above *record, share kit.Body) {
	above = res.parent(ctx, env)
	m := res.maker()
	if m == nil {
		env.Undetermined("no operation makes a %s", res.Name)
	}
	if s, ok := m.input().Property(one.Within); one.Within != "" && ok {
		if to := res.names(one.Within); to != nil {
			return above, kit.Body{one.Within: asID(s, to.make(ctx, env, nil).id())}
		}
		return above, kit.Body{one.Within: res.room.value(env, s, one.Within)}
	}
	if above == nil {
		env.Undetermined("the rule is about all of a %s that there are, and others make some, too", res.Name)
	}
	return above, nil
}

func keepOne(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, share := res.group(ctx, env, one)
	first, second := res.make(ctx, env, above, share), res.make(ctx, env, above, share)
	env.Expect(a.remove(ctx, env, second)).To(match.Success(), "when another one is left")
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return a.remove(ctx, env, first) }, first.state(env))
}

func keepOneRace(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, share := res.group(ctx, env, one)
	first, second := res.make(ctx, env, above, share), res.make(ctx, env, above, share)
	answers := env.Together(ctx, a.Operation, []client.Option{a.at(first.line())}, []client.Option{a.at(second.line())})
	expectWinners(env, answers, 1)
	if first.gone(ctx, env) == second.gone(ctx, env) {
		env.Fail("of two that were deleted at once one has to be left, and there are both or none")
	}
}

func limited(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, share := res.group(ctx, env, one)
	var all []*record
	for range one.Most - 1 {
		all = append(all, res.make(ctx, env, above, share))
	}
	last := res.fill(ctx, env, a, above, share)
	env.Expect(res.create(ctx, env, a, above, last)).To(match.Success(), "the last for which there is room")
	more := res.fill(ctx, env, a, above, share)
	reads := []suite.Read{}
	if res.lists != nil {
		reads = append(reads, kit.AnyOrder(env.StateOf(res.lists.Operation, res.lists.at(above.line()))))
	}
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return res.create(ctx, env, a, above, more) }, reads...)
	if apart, own := res.group(ctx, env, one); apart != nil || own != nil {
		first := res.fill(ctx, env, a, apart, own)
		env.Expect(res.create(ctx, env, a, apart, first)).To(match.Success(), "where there are no others")
	}
	if res.deletes == nil || len(all) == 0 {
		return
	}
	env.Must(ctx, res.deletes.Operation, res.deletes.at(all[0].line()))
	env.Expect(res.create(ctx, env, a, above, more)).To(match.Success(), "when there is room again")
}

func limitRace(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, share := res.group(ctx, env, one)
	for range one.Most - 1 {
		res.make(ctx, env, above, share)
	}
	var bodies []kit.Body
	for range racers {
		bodies = append(bodies, res.fill(ctx, env, a, above, share))
	}
	expectWinners(env, res.race(ctx, env, a, above, bodies), 1)
}

// counting is where new records are counted, and from which number on: in a group of their own, or in a list that
// nobody else writes to.
func (res *resource) counting(ctx context.Context, env *suite.Env, one *contract.Rule) (above *record, share kit.Body,
	from int64) {
	m := res.maker()
	if m == nil || res.above != nil || m.takes(one.Within) || !env.Has("worlds") || res.lists == nil {
		above, share = res.group(ctx, env, one)
		return above, share, one.From
	}
	from = one.From
	list := res.lists.walk(ctx, env, nil, 0)
	if !list.whole {
		env.Undetermined("the list is longer than %d pages, so that nobody knows its highest number", mostPages)
	}
	for _, item := range list.items {
		from = max(from, item.Get(memberPath(one.Member)).Int()+1)
	}
	return nil, nil, from
}

func sequence(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, share, from := res.counting(ctx, env, one)
	for i := range int64(3) {
		if most := res.most(); most > 0 && int(i) >= most {
			break
		}
		answer := res.create(ctx, env, a, above, res.fill(ctx, env, a, above, share))
		env.ExpectAnswer(answer)
		r := &record{resource: res, above: above, key: res.key(a.recordIn(answer), answer)}
		now, seen := r.now(ctx, env)
		res.expectHas(env, now, kit.Body{one.Member: from + i}, seen, "when read")
	}
}

// sequenceRace makes records at once: each has a number of its own, and none is left out.
func sequenceRace(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, share, from := res.counting(ctx, env, one)
	n := racers
	if most := res.most(); most > 0 {
		n = min(n, most)
	}
	var bodies []kit.Body
	for range n {
		bodies = append(bodies, res.fill(ctx, env, a, above, share))
	}
	var numbers, want []int64
	for i, answer := range res.race(ctx, env, a, above, bodies) {
		env.Expect(answer).To(match.Success())
		r := &record{resource: res, above: above, key: res.key(a.recordIn(answer), answer)}
		now, _ := r.now(ctx, env)
		numbers, want = append(numbers, now.Get(memberPath(one.Member)).Int()), append(want, from+int64(i))
	}
	if slices.Sort(numbers); !slices.Equal(numbers, want) {
		env.Fail("%d of a %s that were made at once have the numbers %v, not %v", n, res.Name, numbers, want)
	}
}

func exclusiveCreate(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, share := res.group(ctx, env, one)
	flagged := kit.Body{one.Member: true}
	first := res.make(ctx, env, above, share, flagged)
	expectHolder(ctx, env, one, first)
	answer := res.create(ctx, env, a, above, res.fill(ctx, env, a, above, share, flagged))
	env.ExpectAnswer(answer)
	second := &record{resource: res, above: above, key: res.key(a.recordIn(answer), answer)}
	expectHolder(ctx, env, one, second, first)
	third := res.make(ctx, env, above, share, kit.Body{one.Member: false})
	expectHolder(ctx, env, one, second, first, third)
}

func exclusiveChange(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, share := res.group(ctx, env, one)
	first := res.make(ctx, env, above, share, kit.Body{one.Member: true})
	second := res.make(ctx, env, above, share, kit.Body{one.Member: false})
	env.ExpectAnswer(res.alteration(ctx, env, a, second)(res.change(ctx, env, a, second, kit.Body{one.Member: true})))
	expectHolder(ctx, env, one, second, first)
}

// expectHolder expects one record to have the flag, and the others not to.
func expectHolder(ctx context.Context, env *suite.Env, one *contract.Rule, holder *record, others ...*record) {
	for _, r := range append([]*record{holder}, others...) {
		now, seen := r.now(ctx, env)
		flag := now.Get(memberPath(one.Member))
		if flag.Bool() != (r == holder) {
			want := fmt.Sprintf("%s of one %s alone, the last that it was given to", one.Member, r.resource.Name)
			env.Expect(seen).To(match.That(want,
				func(*client.Exchange) string { return "it is " + shown(flag) }))
		}
	}
}
