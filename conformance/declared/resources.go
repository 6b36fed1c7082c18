package declared

import (
	"context"
	"fmt"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// resourceCases are those of the rows that follow from what is said of resources, and of who may
// call: one for each operation that a row names.
func (r *room) resourceCases() (all []suite.Case) {
	each := func(q *contract.Requirement, title string, check check) {
		if q == nil {
			return
		}
		for _, id := range q.Operations {
			a := r.act(id)
			all = append(all, kit.One(q.ID, id+": "+title, func(ctx context.Context, env *suite.Env) { check(ctx, env, a) })...)
		}
	}
	each(r.contract.ScopeRow(), "who lacks the scope is refused", scoped)
	for _, of := range r.behavior.Resources {
		each(r.contract.RowOn(of.Name, contract.RowHidden), "it is in no answer", hidden)
		each(r.contract.RowOn(of.Name, contract.RowOwner), "another one's is not found", othersFound)
		each(r.contract.RowOn(of.Name, contract.RowOwned), "each lists their own", listsOwn)
		each(r.contract.RowOn(of.Name, contract.RowGone), "what was deleted is not listed", listsGone)
		each(r.contract.RowOn(of.Name, contract.RowShown), "what was deleted is listed where that is asked for", listsShown)
		for _, d := range of.Computed {
			each(r.contract.RowOn(of.Name, contract.RowComputed+d.Member), "it follows from other records",
				func(ctx context.Context, env *suite.Env, a *act) { follows(ctx, env, a, d) })
		}
	}
	return all
}

// as is a caller of the behavior, as who a case calls.
func as(env *suite.Env, who *contract.Caller) *suite.Env {
	if who == nil {
		env.Undetermined("the behavior has no other caller")
	}
	return env.As(who.Name)
}

// attempt is a valid request of any operation, and reads of what it would change.
func (r *room) attempt(ctx context.Context, env *suite.Env, a *act) (options []client.Option, reads []suite.Read) {
	res := a.resource
	switch {
	case res == nil || !res.canMake() || a.Verb == contract.VerbList:
		return r.sample(ctx, env, a), nil
	case a.Makes() || a.Verb == contract.VerbUpsert:
		above := res.aboveFor(ctx, env, a)
		body := res.fill(ctx, env, a, above)
		if member := res.mark(a, body); member != "" {
			reads = append(reads, res.traces(env, above, member, body[member]))
		}
		return append(r.needed(env, a), a.at(res.lineOf(env, a, above, body)), a.sent(body)), reads
	}
	one := res.ready(ctx, env, a)
	return append(r.needed(env, a), a.request(ctx, env, one)...), []suite.Read{one.state(env)}
}

func scoped(ctx context.Context, env *suite.Env, a *act) {
	r := a.room
	options, reads := r.attempt(ctx, env, a)
	other := as(env, r.behavior.Lacking(a.op))
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return other.Call(ctx, a.Operation, options...) }, reads...)
	control(ctx, env, env.Call(ctx, a.Operation, options...))
}

func hidden(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	var record gjson.Result
	var answer *client.Exchange
	switch a.Verb {
	case contract.VerbList:
		above := res.aboveFor(ctx, env, a)
		one := res.makeIn(ctx, env, a, above)
		list := a.walk(ctx, env, above, 0)
		record, answer = list.of(one), list.pages[len(list.pages)-1]
	case contract.VerbCreate:
		above := res.aboveFor(ctx, env, a)
		body := res.fill(ctx, env, a, above)
		answer = res.create(ctx, env, a, above, body)
		record = a.recordIn(answer)
	default:
		one := res.ready(ctx, env, a)
		answer = env.Call(ctx, a.Operation, a.request(ctx, env, one)...)
		record = a.recordIn(answer)
	}
	env.ExpectAnswer(answer)
	for _, member := range res.Hidden {
		if found := record.Get(gjsonName(member)); found.Exists() {
			env.Expect(answer).To(match.That("no "+member, func(*client.Exchange) string { return "it is " + shown(found) }))
		}
	}
}

func othersFound(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	one := res.ready(ctx, env, a)
	options := a.request(ctx, env, one)
	other := as(env, res.room.behavior.Stranger())
	var reads []suite.Read
	if !a.op.Reads() {
		reads = append(reads, one.state(env))
	}
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return other.Call(ctx, a.Operation, options...) }, reads...)
	control(ctx, env, env.Call(ctx, a.Operation, options...))
}

func listsOwn(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	other := as(env, res.room.behavior.Stranger())
	mine, theirs := res.make(ctx, env, nil), res.make(ctx, other, nil)
	for _, pair := range []struct {
		env      *suite.Env
		in, none *record
	}{{env, mine, theirs}, {other, theirs, mine}} {
		settled(env, nil, func() string {
			list := a.walk(ctx, pair.env, nil, 0)
			switch {
			case list.count(pair.none) > 0:
				return fmt.Sprintf("the %s %s is another one's, and is in the list\n%s", res.Name, pair.none.id(), list.show())
			case list.count(pair.in) == 0 && !list.whole:
				env.Undetermined("the list is longer than %d pages, and what was made is on none of them", mostPages)
			case list.count(pair.in) != 1:
				return fmt.Sprintf(
					"the caller's own %s %s is %d times in the list\n%s",
					res.Name,
					pair.in.id(),
					list.count(pair.in),
					list.show(),
				)
			}
			return ""
		})
	}
}

// deleted makes two records that the list of the operation holds, and deletes the first.
func (res *resource) deleted(ctx context.Context, env *suite.Env, a *act) (above, gone, left *record) {
	above = res.aboveFor(ctx, env, a)
	gone, left = res.makeIn(ctx, env, a, above), res.makeIn(ctx, env, a, above)
	env.Must(ctx, res.deletes.Operation, res.deletes.at(gone.line()))
	return above, gone, left
}

func listsGone(ctx context.Context, env *suite.Env, a *act) { deletedListed(ctx, env, a, 0) }

func listsShown(ctx context.Context, env *suite.Env, a *act) {
	deletedListed(ctx, env, a, 1, client.Query(a.resource.Soft.Param, "true"))
}

// deletedListed expects a list to hold what was deleted so many times, and once what was not.
func deletedListed(ctx context.Context, env *suite.Env, a *act, times int, options ...client.Option) {
	res := a.resource
	above, gone, left := res.deleted(ctx, env, a)
	settled(env, above, func() string {
		list := a.walk(ctx, env, above, 0, options...)
		for _, one := range []struct {
			record *record
			times  int
			what   string
		}{{gone, times, "that was deleted"}, {left, 1, "that is left"}} {
			n := list.count(one.record)
			if n < one.times && !list.whole {
				env.Undetermined("the list is longer than %d pages, and what was made is on none of them", mostPages)
			}
			if n != one.times {
				return fmt.Sprintf(
					"the %s %s, %s, is %d times in the list, and not %d\n%s",
					res.Name,
					one.record.id(),
					one.what,
					n,
					one.times,
					list.show(),
				)
			}
		}
		return ""
	})
}

// follows expects a member to follow from other records, at first and after they have changed.
func follows(ctx context.Context, env *suite.Env, a *act, d contract.Computed) {
	if d.Count != "" {
		counts(ctx, env, a, d)
		return
	}
	res, of := a.resource, a.resource.room.resources[d.Of]
	if of == nil || !of.canMake() {
		env.Undetermined("no operation makes a %s", d.Of)
	}
	source := of.make(ctx, env, nil)
	s, ok := res.maker().input().Property(d.By)
	if !ok {
		env.Undetermined("nobody can say the %s of a %s", d.By, res.Name)
	}
	one := res.make(ctx, env, nil, kit.Body{d.By: asID(s, source.id())})
	expectCopied(ctx, env, one, source, d)
	if of.updates == nil || !of.updates.takes(d.Copy) {
		return
	}
	inner, _ := of.updates.input().Property(d.Copy)
	if value, ok := of.another(ctx, env, of.updates, source, &contract.Property{Name: d.Copy, Schema: inner}); ok {
		env.Must(ctx, of.updates.Operation, of.updates.at(source.line()), of.updates.sent(kit.Body{d.Copy: value}))
		expectCopied(ctx, env, one, source, d)
	}
}

func expectCopied(ctx context.Context, env *suite.Env, one, source *record, d contract.Computed) {
	of, _ := source.now(ctx, env)
	now, seen := one.now(ctx, env)
	want, is := of.Get(memberPath(d.Copy)), now.Get(gjsonName(d.Member))
	if !is.Exists() || !same(is.Value(), want.Value()) {
		env.Expect(seen).
			To(match.That(d.Member+", the "+d.Copy+" of the "+d.Of+", "+shown(want), func(*client.Exchange) string {
				return "it is " + shown(is)
			}))
	}
}

// counts makes records that name one, and takes one of them away.
func counts(ctx context.Context, env *suite.Env, a *act, d contract.Computed) {
	res, of := a.resource, a.resource.room.resources[d.Count]
	one := res.make(ctx, env, res.parent(ctx, env))
	rule := &contract.Rule{To: d.Count, By: d.By}
	var last *record
	n := 0
	for ; n < 3; n++ {
		if n > 0 {
			last = res.naming(ctx, env, rule, one)
		}
		expectCount(ctx, env, one, d, n)
	}
	n--
	if of.deletes != nil {
		env.Must(ctx, of.deletes.Operation, of.deletes.at(last.line()))
		n--
		expectCount(ctx, env, one, d, n)
	}
	expectCount(ctx, env, one, d, n+of.crowd(ctx, env, rule, one))
}

// crowd makes several records at once that name one, and says how many were made.
func (res *resource) crowd(ctx context.Context, env *suite.Env, rule *contract.Rule, r *record) (made int) {
	a, above, names := res.maker(), r, kit.Body(nil)
	if s, ok := a.input().Property(rule.By); ok {
		above, names = res.aboveFor(ctx, env, a), kit.Body{rule.By: asID(s, r.id())}
	}
	var bodies []kit.Body
	for range racers {
		bodies = append(bodies, res.fill(ctx, env, a, above, names))
	}
	for _, answer := range res.race(ctx, env, a, above, bodies) {
		if answer.Success() {
			made++
		}
	}
	return made
}

func expectCount(ctx context.Context, env *suite.Env, one *record, d contract.Computed, want int) {
	now, seen := one.now(ctx, env)
	if is := now.Get(gjsonName(d.Member)); is.Type != gjson.Number || int(is.Int()) != want {
		env.Expect(seen).To(match.That(fmt.Sprintf("%s %d, as many as there are of %s", d.Member, want, d.Count),
			func(*client.Exchange) string { return "it is " + shown(is) }))
	}
}
