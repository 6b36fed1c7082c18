package council

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// changesOnly changes one member after the other, each of a record of its own that has
// them all, once in use and once out of use. It expects every other member but updatedAt to
// stay, in the answer and in a read after it. Whether the new value is taken is for other cases.
func (r resource) changesOnly(ctx context.Context, env *suite.Env) {
	changes := r.changes(env)
	changes[r.aside] = env.Unique("Changed To")
	// beside has already what others are given, but for words by which one category may be told
	beside := r.Send(ctx, env, r.full(env, without(without(changes, r.unique), "keywords")))
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		for _, made := range []func(context.Context, *suite.Env) *client.Exchange{r.madeFull, r.madeUnusual} {
			before := made(ctx, env)
			changed := r.Change(ctx, env, before.Text("id"), kit.Body{name: changes[name]})
			if locked(before, changed) {
				continue
			}
			env.Expect(changed).To(match.Success())
			r.expectOnly(ctx, env, changed, before, name)
			changes[name] = r.changes(env)[name]
		}
	}
	r.expectLeft(ctx, env, beside)
	enabled := r.madeUnusual(ctx, env)
	if changed := r.Change(ctx, env, enabled.Text("id"), kit.Body{"enabled": true}); changed.Success() {
		r.expectOnly(ctx, env, changed, enabled, "enabled")
	}
	for i := range r.moves(env) {
		for _, made := range []func(context.Context, *suite.Env) *client.Exchange{r.madeFull, r.madeUnusual} {
			before, m := made(ctx, env), r.moves(env)[i]
			if changed := r.Change(ctx, env, before.Text("id"), m.as(before)); changed.Success() {
				r.expectOnly(ctx, env, changed, before, m.member())
			}
		}
	}
}

// locked tells that what is out of use is not to be changed, which is a target's right. That it is not found is not.
func locked(before, changed *client.Exchange) bool {
	return before.Get("enabled").Type == gjson.False && slices.Contains([]int{http.StatusForbidden, http.StatusConflict,
		http.StatusUnprocessableEntity, http.StatusLocked}, changed.Status)
}

// expectLeft expects a record that nobody has changed to be as it was, where the target has made it.
func (r resource) expectLeft(ctx context.Context, env *suite.Env, before *client.Exchange) {
	if before.Success() {
		r.expectSame(env, r.read(ctx, env, r.IDOf(before)), before, "updatedAt")
	}
}

// changesTogether expects that what an update takes of one member alone, it takes of all at once.
func (r resource) changesTogether(ctx context.Context, env *suite.Env) {
	alone, together := r.madeFull(ctx, env), kit.Body{}
	first, second := r.singles(env), r.singles(env)
	for i, change := range first {
		for name, value := range change {
			ok, err := asSent(name, value).Match(r.afterChange(ctx, env, alone, change))
			if ok && err == nil {
				together[name] = second[i][name]
			}
		}
	}
	made := r.madeFull(ctx, env)
	changed := r.Change(ctx, env, r.IDOf(made), together)
	env.ExpectAnswer(changed)
	for name, value := range kit.InOrder(together) {
		env.Expect(changed).To(asSent(name, value))
		env.Expect(r.read(ctx, env, r.IDOf(made))).To(asSent(name, value))
	}
	back := kit.Body{"enabled": true}
	if together["enabled"] == false && back["enabled"] == r.afterChange(ctx, env, alone, back).Get("enabled").Value() {
		env.Expect(r.afterChange(ctx, env, made, kit.With(back, kit.Body{r.aside: env.Unique("Changed To")}))).
			To(match.Member("enabled", true))
	}
}

// changesWhoIsInThePath sends with a change the id of another record, which stays as it is. It may be refused.
func (r resource) changesWhoIsInThePath(ctx context.Context, env *suite.Env) {
	made, other := r.madeFull(ctx, env), r.madeFull(ctx, env)
	change := kit.Body{"id": r.IDOf(other), r.aside: env.Unique("Changed To")}
	changed := r.Change(ctx, env, r.IDOf(made), change)
	r.expectLeft(ctx, env, other)
	if changed.Success() {
		env.Expect(r.read(ctx, env, r.IDOf(made))).To(asSent(r.aside, change[r.aside]))
	}
}

// afterChange is what is shown of a record after a change: the refusal, or what is read.
func (r resource) afterChange(ctx context.Context, env *suite.Env, of *client.Exchange, change kit.Body) *client.Exchange {
	if changed := r.Change(ctx, env, r.IDOf(of), change); !changed.Success() {
		return changed
	}
	return r.read(ctx, env, r.IDOf(of))
}

// singles are changes of one member each. The last takes a record out of use, which may end all others.
func (r resource) singles(env *suite.Env) (all []kit.Body) {
	for name, value := range kit.InOrder(r.changes(env)) {
		all = append(all, kit.Body{name: value})
	}
	for _, m := range r.moves(env) {
		if m.from == nil && m.to["sortOrder"] != next {
			all = append(all, m.to)
		}
	}
	return append(all, kit.Body{"enabled": false})
}

func (r resource) expectOnly(ctx context.Context, env *suite.Env, changed, before *client.Exchange, name string) {
	except := []string{name, "updatedAt"}
	r.expectSame(env, r.read(ctx, env, before.Text("id")), before, except...)
	for member := range r.members { // what an answer has to show is for others
		if !changed.Get(member).Exists() {
			except = append(except, member)
		}
	}
	r.expectSame(env, changed, before, except...)
}

func (r resource) madeFull(ctx context.Context, env *suite.Env) *client.Exchange {
	return r.Made(ctx, env, r.full(env))
}

// madeUnusual makes a record whose members all have a value that no default has, as far as the
// target lets that be, and returns what is shown of it last.
func (r resource) madeUnusual(ctx context.Context, env *suite.Env) *client.Exchange {
	made := r.Send(ctx, env, r.full(env, r.unusual))
	if !made.Success() {
		made = r.Made(ctx, env, r.full(env))
	}
	if !r.Change(ctx, env, made.Text("id"), kit.Body{"enabled": false}).Success() {
		return made
	}
	shown := r.read(ctx, env, made.Text("id"))
	r.expectSame(env, shown, made, "enabled", "updatedAt")
	return shown
}

// answersChange returns a check that the answer to an update has the new value,
// for one member after the other, and the id of the record.
func (r resource) answersChange(names ...string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		made, changes := r.Made(ctx, env), r.changes(env)
		for _, name := range names {
			changed := r.Change(ctx, env, made.Text("id"), kit.Body{name: changes[name]})
			env.ExpectAnswer(changed)
			env.Expect(changed).To(asSent(name, changes[name]))
			env.Expect(changed).To(match.Member("id", made.Text("id")))
		}
	}
}

// changesNone expects that an update of an id that nobody has is not found, and
// reaches nobody else.
func (r resource) changesNone(ctx context.Context, env *suite.Env) {
	made, changes := r.Made(ctx, env), r.changes(env)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return r.Change(ctx, env, env.UnknownID(made.Text("id")), changes)
	}, r.Traces(env, changes, made.Text("id"))...)
	for _, id := range r.idsOfOthers(ctx, env) {
		env.ExpectRefused(r.Change(ctx, env, id, r.changes(env)))
	}
}

// takesOwn expects that a record's own name is no conflict with itself. A target may take no
// such change at all.
func (r resource) takesOwn(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env)
	own := kit.Body{r.unique: gjson.GetBytes(made.RequestBody, r.unique).String()} // as sent: the answer may be anything
	changed := r.Change(ctx, env, made.Text("id"), own)
	another := kit.Body{r.unique: r.bare(env)[r.unique]}
	if r.unique != "name" && !changed.Success() && !r.Change(ctx, env, made.Text("id"), another).Success() {
		env.NotApplicable("the target lets nobody change the %s: %s", r.unique, changed)
	}
	env.ExpectAnswer(changed)
	env.Expect(changed).To(match.Member(r.unique, own[r.unique]))
	env.Expect(r.read(ctx, env, made.Text("id"))).To(match.Member(r.unique, own[r.unique]))
	recased := r.Change(ctx, env, made.Text("id"), kit.Body{r.unique: kit.OtherCase(env, made.Text(r.unique))})
	env.Expect(recased).NotTo(match.Status(http.StatusConflict), "in other letters its own is no conflict with itself either")
}

// answersWhereTaken returns a check that an update to values which a target may refuse is
// answered and shown as it was sent.
func (r resource) answersWhereTaken(change func(env *suite.Env) kit.Body) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		if changed := r.answersTaken(ctx, env, change(env)); changed != nil {
			env.NotApplicable("the target takes no such value: %s", changed)
		}
	}
}

// answersTaken is that for one update. It returns the answer that refused it.
func (r resource) answersTaken(ctx context.Context, env *suite.Env, sent kit.Body) *client.Exchange {
	id := r.Made(ctx, env, r.full(env)).Text("id")
	changed := r.Change(ctx, env, id, sent)
	if kit.Invalid(changed) {
		env.Must(ctx, r.Updates, append(r.At(id), client.JSON(r.changes(env)))...) // it is those values that are refused
		return changed
	}
	env.ExpectAnswer(changed)
	for _, shown := range append(r.views(ctx, env, id), changed) {
		for name, value := range kit.InOrder(sent) {
			env.Expect(shown).To(asSent(name, value))
		}
	}
	return nil
}

// showsMoves makes the changes that a target may refuse, each of a record of its own. What is
// taken is answered and shown as it was sent.
func (r resource) showsMoves(ctx context.Context, env *suite.Env) {
	taken := 0
	for _, m := range r.moves(env) {
		before := r.Send(ctx, env, r.full(env, m.from))
		if !m.shown || !before.Success() {
			continue
		}
		changed := r.Change(ctx, env, r.IDOf(before), m.to)
		if !changed.Success() {
			continue
		}
		taken++
		for _, shown := range append(r.views(ctx, env, r.IDOf(before)), changed) {
			for name, value := range m.to {
				env.Expect(shown).To(match.Member(name, value))
			}
		}
	}
	if taken == 0 {
		env.NotApplicable("the target takes none of these changes")
	}
}

// showsChange changes every member that may be changed, twice, and then back to what it was. It
// expects a read to show each of the new values, and the list as well. Both have shown the old
// ones before: what is kept for the next who asks would show them still. What comes last stays,
// also when another record is changed after this one.
func (r resource) showsChange(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env, r.full(env))
	id, back := made.Text("id"), r.changes(env)
	for name := range back {
		if back[name] = made.Get(name).Value(); back[name] == nil {
			delete(back, name)
		}
	}
	for _, changes := range []kit.Body{r.changes(env), r.changes(env), back} {
		r.views(ctx, env, id)
		env.Expect(r.Change(ctx, env, id, changes)).To(match.Success())
		for _, shown := range r.views(ctx, env, id) {
			env.Expect(shown).To(match.Success())
			for name, value := range kit.InOrder(changes) {
				env.Expect(shown).To(asSent(name, value))
			}
		}
	}
	r.Change(ctx, env, r.IDOf(r.Made(ctx, env)), r.changes(env))
	for _, shown := range r.views(ctx, env, id) {
		for name, value := range kit.InOrder(back) {
			env.Expect(shown).To(asSent(name, value), "after a change of another one")
		}
	}
	r.showsEmptied(ctx, env, id)
	off := r.Change(ctx, env, id, kit.Body{"enabled": false})
	for range 3 { // how often a record is changed, and what it is, makes no difference
		changes := r.changes(env)
		changed := r.Change(ctx, env, id, changes)
		if !off.Success() || !changed.Success() {
			return
		}
		for name, value := range kit.InOrder(changes) {
			env.Expect(r.read(ctx, env, id)).To(asSent(name, value), "out of use")
		}
	}
}

// showsEmptied sends an empty text for what may be null. It may be refused, and be null then.
func (r resource) showsEmptied(ctx context.Context, env *suite.Env, id string) {
	was := r.read(ctx, env, id).Get(r.aside)
	if r.aside == "name" || was.String() == "" || !r.Change(ctx, env, id, kit.Body{r.aside: ""}).Success() {
		return
	}
	env.Expect(r.read(ctx, env, id)).ToNot(match.Member(r.aside, was.Value()), "it was sent as an empty text")
}

// staysReadable takes a record out of use and expects it to be read all the
// same, out of use, and in use again when it is taken back.
func (r resource) staysReadable(ctx context.Context, env *suite.Env) {
	beside := r.Made(ctx, env, r.full(env))
	made := r.Made(ctx, env, r.full(env, kit.Body{"enabled": true}))
	env.Expect(r.Change(ctx, env, made.Text("id"), kit.Body{"enabled": false})).To(match.Success())
	for _, shown := range r.views(ctx, env, made.Text("id")) {
		env.Expect(shown).To(match.Success())
		env.Expect(shown).To(match.Member("id", made.Text("id")))
		env.Expect(shown).To(match.Member("enabled", false))
		r.expectSame(env, shown, made, "enabled", "updatedAt")
	}
	r.expectLeft(ctx, env, beside)
	if changed := r.Change(ctx, env, made.Text("id"), kit.Body{"enabled": true}); changed.Success() {
		for _, shown := range append(r.views(ctx, env, made.Text("id")), changed) {
			env.Expect(shown).To(match.Member("enabled", true))
		}
	}
}

// takesNothing sends an update without a member. The comparison is with the
// answer to the creation: two reads could be wrong in the same way.
func (r resource) takesNothing(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env, r.full(env))
	answer := r.Change(ctx, env, made.Text("id"), kit.Body{})
	if !answer.Success() && answer.Status/100 != 4 {
		env.Expect(answer).To(match.Success(), "an update with nothing in it is taken or refused")
	}
	r.expectSame(env, r.read(ctx, env, made.Text("id")), made, "updatedAt")
}
