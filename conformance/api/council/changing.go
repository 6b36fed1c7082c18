package council

import (
	"context"
	"maps"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// changesOnly changes one member after the other, each of a record of its own that has
// them all, and expects every other one but updatedAt to
// stay, in the answer and in a read after it.
func (r resource) changesOnly(ctx context.Context, env *suite.Env) {
	changes := r.changes(env)
	changes[r.aside] = env.Unique("Changed to")
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		made := r.Made(ctx, env, r.full(env))
		changed := r.Change(ctx, env, made.Text("id"), kit.Body{name: changes[name]})
		env.Expect(changed).To(match.Success())
		for _, shown := range []*client.Exchange{changed, r.read(ctx, env, made.Text("id"))} {
			env.Expect(shown).To(match.Member(name, changes[name]))
			r.expectSame(env, shown, made, name, "updatedAt")
		}
	}
}

// answersChange returns a check that the answer to an update has the new value,
// for one member after the other, and the id of the record.
func (r resource) answersChange(names ...string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		made, changes := r.Made(ctx, env), r.changes(env)
		for _, name := range names {
			changed := r.Change(ctx, env, made.Text("id"), kit.Body{name: changes[name]})
			env.ExpectAnswer(changed)
			env.Expect(changed).To(match.Member(name, changes[name]))
			env.Expect(changed).To(match.Member("id", made.Text("id")))
		}
	}
}

// changesNone expects that an update of an id that nobody has is not found, and
// reaches nobody else.
func (r resource) changesNone(ctx context.Context, env *suite.Env) {
	made, changes := r.Made(ctx, env), r.changes(env)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return r.Change(ctx, env, kit.UnknownID(made.Text("id")), changes)
	}, r.Traces(env, changes, made.Text("id"))...)
}

// keepsApart expects that a record can't take the unique value of another, and
// keeps its own.
func (r resource) keepsApart(ctx context.Context, env *suite.Env) {
	first, second := r.Made(ctx, env), r.Made(ctx, env)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return r.Change(ctx, env, second.Text("id"), kit.Body{r.unique: first.Text(r.unique)})
	}, r.Excerpt(env, first.Text("id"), second.Text("id")))
	env.Expect(r.read(ctx, env, second.Text("id"))).To(match.Member(r.unique, second.Text(r.unique)))
}

// takesOwn expects that a record's own name is no conflict with itself.
func (r resource) takesOwn(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env)
	own := kit.Body{r.unique: made.Text(r.unique)}
	changed := r.Change(ctx, env, made.Text("id"), own)
	env.ExpectAnswer(changed)
	env.Expect(changed).To(match.Member(r.unique, own[r.unique]))
	env.Expect(r.read(ctx, env, made.Text("id"))).To(match.Member(r.unique, own[r.unique]))
}

// showsChange changes every member that may be changed and expects a read to
// show each of the new values, and the list as well.
func (r resource) showsChange(ctx context.Context, env *suite.Env) {
	made, changes := r.Made(ctx, env), r.changes(env)
	id := made.Text("id")
	env.Expect(r.Change(ctx, env, id, changes)).To(match.Success())
	shown := r.read(ctx, env, id)
	env.Expect(shown).To(match.Success())
	item := r.Items.Item(r.Listed(ctx, env), id)
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		env.Expect(shown).To(match.Member(name, changes[name]))
		if listed := item.Get(name).Value(); listed != changes[name] {
			env.Fail("the list has %v as %q of %s, a read by itself has %v", listed, name, id, changes[name])
		}
	}
}

// staysReadable takes a record out of use and expects it to be read all the
// same, out of use.
func (r resource) staysReadable(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env, kit.Body{"enabled": true})
	env.Expect(r.Change(ctx, env, made.Text("id"), kit.Body{"enabled": false})).To(match.Success())
	shown := r.read(ctx, env, made.Text("id"))
	env.Expect(shown).To(match.Success())
	env.Expect(shown).To(match.Member("id", made.Text("id")))
	env.Expect(shown).To(match.Member("enabled", false))
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
