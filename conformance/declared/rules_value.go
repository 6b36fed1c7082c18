package declared

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

func uniqueCreate(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above := res.aboveFor(ctx, env, a)
	first := res.make(ctx, env, above)
	right := res.fill(ctx, env, a, above, res.shared(one, first))
	wrong := kit.With(right, kit.Body{one.Member: first.sent[one.Member]})
	refused(ctx, env, res.creation(ctx, env, a, above), wrong, right, first.state(env),
		res.traces(env, above, one.Member, first.sent[one.Member]))
}

// shared is what a second record has to have as the first, so that the two are among those
// that a rule is about.
func (res *resource) shared(one *contract.Rule, first *record) kit.Body {
	if value, ok := first.sent[one.Within]; one.Within != "" && ok {
		return kit.Body{one.Within: value}
	}
	return nil
}

func uniqueChange(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above := res.parent(ctx, env)
	first := res.make(ctx, env, above)
	second := res.make(ctx, env, above, res.shared(one, first))
	right := res.freely(ctx, env, a, second, one.Member)
	wrong := kit.With(right, kit.Body{one.Member: first.sent[one.Member]})
	refused(ctx, env, res.alteration(ctx, env, a, second), wrong, right, first.state(env), second.state(env))
}

// freely is a change that gives the member a fresh value, where nothing forbids that; else one
// that leaves the member out, or has it as it is.
func (res *resource) freely(ctx context.Context, env *suite.Env, a *act, r *record, member string) kit.Body {
	s, _ := a.input().Property(member)
	if value, ok := res.another(ctx, env, a, r, &contract.Property{Name: member, Schema: s}); ok {
		return res.change(ctx, env, a, r, kit.Body{member: value})
	}
	return res.change(ctx, env, a, r, nil)
}

// uniqueApart makes two records that share nothing of what the rule holds within.
func uniqueApart(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	other := env
	o := res.room.behavior.Auth.Owner
	owned := o != nil && o.Member == one.Within
	if owned {
		other = as(env, res.room.behavior.Stranger())
	}
	first := res.make(ctx, other, res.aboveFor(ctx, other, a))
	above := res.aboveFor(ctx, env, a)
	if above == nil && !a.takes(one.Within) && !owned {
		env.Undetermined("no two of a %s can differ in %s", res.Name, one.Within)
	}
	body := res.fill(ctx, env, a, above, kit.Body{one.Member: first.sent[one.Member]})
	env.Expect(res.create(ctx, env, a, above, body)).To(match.Success())
}

func uniqueRace(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above := res.aboveFor(ctx, env, a)
	first := res.fill(ctx, env, a, above)
	var bodies []kit.Body
	for range racers {
		same := kit.Body{one.Member: first[one.Member]}
		if value, ok := first[one.Within]; ok {
			same[one.Within] = value
		}
		bodies = append(bodies, res.fill(ctx, env, a, above, same))
	}
	expectWinners(env, res.race(ctx, env, a, above, bodies), 1)
}

func uniqueSelf(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	r := res.make(ctx, env, res.parent(ctx, env))
	own := res.changed(ctx, env, a, r, kit.Body{one.Member: r.sent[one.Member]})
	env.Expect(res.alteration(ctx, env, a, r)(own)).To(match.Success())
	now, seen := r.now(ctx, env)
	res.expectHas(env, now, kit.Body{one.Member: own[one.Member]}, seen, "when read")
}

func uniqueFold(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above := res.aboveFor(ctx, env, a)
	first := res.make(ctx, env, above)
	right := res.fill(ctx, env, a, above, res.shared(one, first))
	wrong := kit.With(right, kit.Body{one.Member: turned(env, first, one)})
	refused(ctx, env, res.creation(ctx, env, a, above), wrong, right, first.state(env),
		res.traces(env, above, one.Member, first.sent[one.Member]))
}

func uniqueFoldChange(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above := res.parent(ctx, env)
	first := res.make(ctx, env, above)
	second := res.make(ctx, env, above, res.shared(one, first))
	right := res.freely(ctx, env, a, second, one.Member)
	wrong := kit.With(right, kit.Body{one.Member: turned(env, first, one)})
	refused(ctx, env, res.alteration(ctx, env, a, second), wrong, right, first.state(env), second.state(env))
}

// turned is a record's value in other letters, as far as that keeps the document.
func turned(env *suite.Env, r *record, one *contract.Rule) string {
	value := text(r.sent[one.Member])
	if name, domain, ok := strings.Cut(value, "@"); ok {
		return kit.OtherCase(env, name) + "@" + domain
	}
	return kit.OtherCase(env, value)
}

// nobody is an id of the resource that a rule names, of the look of one that there is.
func (res *resource) nobody(ctx context.Context, env *suite.Env, one *contract.Rule, s *contract.Schema) any {
	return asID(s, env.UnknownID(res.room.resources[one.To].make(ctx, env, nil).id()))
}

func referenced(one *contract.Rule) string {
	if one.SentAs != "" {
		return one.SentAs
	}
	return one.Member
}

func referenceCreate(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above, name := res.aboveFor(ctx, env, a), referenced(one)
	s, _ := a.input().Property(name)
	right, value := res.fill(ctx, env, a, above), res.nobody(ctx, env, one, s)
	refused(ctx, env, res.creation(ctx, env, a, above), kit.With(right, kit.Body{name: value}), right,
		res.traces(env, above, one.Member, value))
}

func referenceChange(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	r, name := res.make(ctx, env, res.parent(ctx, env)), referenced(one)
	s, _ := a.input().Property(name)
	right := res.freely(ctx, env, a, r, name)
	wrong := kit.With(right, kit.Body{name: res.nobody(ctx, env, one, s)})
	refused(ctx, env, res.alteration(ctx, env, a, r), wrong, right, r.state(env))
}

func referenceNull(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	if a.Makes() || a.Verb == contract.VerbUpsert {
		above := res.aboveFor(ctx, env, a)
		body := res.fill(ctx, env, a, above, kit.Body{referenced(one): nil})
		env.Expect(res.create(ctx, env, a, above, body)).To(match.Success())
		return
	}
	r := res.make(ctx, env, res.parent(ctx, env))
	body := res.change(ctx, env, a, r, kit.Body{referenced(one): nil})
	env.Expect(res.alteration(ctx, env, a, r)(body)).To(match.Success())
}

func immutableOther(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	r := res.make(ctx, env, res.parent(ctx, env))
	for _, name := range one.Members {
		s, ok := a.input().Property(name)
		if !ok {
			continue
		}
		right := res.change(ctx, env, a, r, nil)
		wrong := kit.With(right, kit.Body{name: res.room.value(env, s, name)})
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return res.alteration(ctx, env, a, r)(wrong) }, r.state(env))
	}
	control(ctx, env, res.alteration(ctx, env, a, r)(res.changed(ctx, env, a, r, res.without(one, a))))
}

// without leaves out what can't be changed, where it need not be sent.
func (res *resource) without(one *contract.Rule, a *act) kit.Body {
	change := kit.Body{}
	for _, name := range one.Members {
		if !a.input().IsRequired(name) && a.Verb == contract.VerbUpdate {
			change[name] = kit.Omit
		}
	}
	return change
}

func immutableSame(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	r := res.make(ctx, env, res.parent(ctx, env))
	body := res.changed(ctx, env, a, r, nil)
	env.Expect(res.alteration(ctx, env, a, r)(body)).To(match.Success())
	now, seen := r.now(ctx, env)
	res.expectHas(env, now, body, seen, "when read")
}

func orderedCreate(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	above := res.aboveFor(ctx, env, a)
	right := res.fill(ctx, env, a, above)
	wrong, ok := swapped(right, one)
	if !ok {
		env.Undetermined("no two different values of %s and %s could be made", one.Members[0], one.Members[1])
	}
	from := one.Members[0]
	equal := kit.With(res.fill(ctx, env, a, above), kit.Body{from: right[from], one.Members[1]: right[from]})
	refused(ctx, env, res.creation(ctx, env, a, above), wrong, right, res.traces(env, above, from, wrong[from]))
	env.Expect(res.create(ctx, env, a, above, equal)).To(match.Success())
}

func swapped(body kit.Body, one *contract.Rule) (kit.Body, bool) {
	from, until := body[one.Members[0]], body[one.Members[1]]
	other := kit.With(body, kit.Body{one.Members[0]: until, one.Members[1]: from})
	return other, from != nil && until != nil && after(until, from)
}

func orderedChange(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act) {
	r := res.make(ctx, env, res.parent(ctx, env))
	from, until := one.Members[0], one.Members[1]
	right := res.change(ctx, env, a, r, kit.Body{from: r.sent[from], until: r.sent[until]})
	wrong, ok := swapped(right, one)
	if !ok {
		env.Undetermined("no two different values of %s and %s could be made", one.Members[0], one.Members[1])
	}
	refused(ctx, env, res.alteration(ctx, env, a, r), wrong, right, r.state(env))
	if a.Verb == contract.VerbUpdate { // one of the two alone may break it
		earlier := res.make(ctx, env, r.above, kit.Body{from: right[from], until: right[from]})
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
			return res.alteration(ctx, env, a, earlier)(kit.Body{from: wrong[from]})
		}, earlier.state(env))
	}
}
