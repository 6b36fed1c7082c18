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
func (k kind) changesOnly(ctx context.Context, env *suite.Env) {
	changes := k.changes(env)
	changes[k.aside] = env.Unique("Changed to")
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		made := k.Made(ctx, env, k.full(env))
		changed := k.Change(ctx, env, made.Text("id"), kit.Body{name: changes[name]})
		env.Expect(changed).To(match.Success())
		for _, shown := range []*client.Exchange{changed, k.read(ctx, env, made.Text("id"))} {
			env.Expect(shown).To(match.Member(name, changes[name]))
			k.expectSame(env, shown, made, name, "updatedAt")
		}
	}
}

// answersChange returns a check that the answer to an update has the new value,
// for one member after the other, and the id of the record.
func (k kind) answersChange(names ...string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		made, changes := k.Made(ctx, env), k.changes(env)
		for _, name := range names {
			changed := k.Change(ctx, env, made.Text("id"), kit.Body{name: changes[name]})
			env.ExpectAnswer(changed)
			env.Expect(changed).To(match.Member(name, changes[name]))
			env.Expect(changed).To(match.Member("id", made.Text("id")))
		}
	}
}

// changesNone expects that an update of an id that nobody has is not found, and
// reaches nobody else.
func (k kind) changesNone(ctx context.Context, env *suite.Env) {
	made, changes := k.Made(ctx, env), k.changes(env)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return k.Change(ctx, env, kit.UnknownID(made.Text("id")), changes)
	}, k.Traces(env, changes, made.Text("id"))...)
}

// keepsApart expects that a record can't take the unique value of another, and
// keeps its own.
func (k kind) keepsApart(ctx context.Context, env *suite.Env) {
	first, second := k.Made(ctx, env), k.Made(ctx, env)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return k.Change(ctx, env, second.Text("id"), kit.Body{k.unique: first.Text(k.unique)})
	}, k.Excerpt(env, first.Text("id"), second.Text("id")))
	env.Expect(k.read(ctx, env, second.Text("id"))).To(match.Member(k.unique, second.Text(k.unique)))
}

// takesOwn expects that a record's own name is no conflict with itself.
func (k kind) takesOwn(ctx context.Context, env *suite.Env) {
	made := k.Made(ctx, env)
	own := kit.Body{k.unique: made.Text(k.unique)}
	changed := k.Change(ctx, env, made.Text("id"), own)
	env.ExpectAnswer(changed)
	env.Expect(changed).To(match.Member(k.unique, own[k.unique]))
	env.Expect(k.read(ctx, env, made.Text("id"))).To(match.Member(k.unique, own[k.unique]))
}

// showsChange changes every member that may be changed and expects a read to
// show each of the new values, and the list as well.
func (k kind) showsChange(ctx context.Context, env *suite.Env) {
	made, changes := k.Made(ctx, env), k.changes(env)
	id := made.Text("id")
	env.Expect(k.Change(ctx, env, id, changes)).To(match.Success())
	shown := k.read(ctx, env, id)
	env.Expect(shown).To(match.Success())
	item := k.Items.Item(k.Listed(ctx, env), id)
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		env.Expect(shown).To(match.Member(name, changes[name]))
		if listed := item.Get(name).Value(); listed != changes[name] {
			env.Fail("the list has %v as %q of %s, a read by itself has %v", listed, name, id, changes[name])
		}
	}
}

// staysReadable takes a record out of use and expects it to be read all the
// same, out of use.
func (k kind) staysReadable(ctx context.Context, env *suite.Env) {
	made := k.Made(ctx, env, kit.Body{"enabled": true})
	env.Expect(k.Change(ctx, env, made.Text("id"), kit.Body{"enabled": false})).To(match.Success())
	shown := k.read(ctx, env, made.Text("id"))
	env.Expect(shown).To(match.Success())
	env.Expect(shown).To(match.Member("id", made.Text("id")))
	env.Expect(shown).To(match.Member("enabled", false))
}

// takesNothing sends an update without a member. The comparison is with the
// answer to the creation: two reads could be wrong in the same way.
func (k kind) takesNothing(ctx context.Context, env *suite.Env) {
	made := k.Made(ctx, env, k.full(env))
	answer := k.Change(ctx, env, made.Text("id"), kit.Body{})
	if !answer.Success() && answer.Status/100 != 4 {
		env.Expect(answer).To(match.Success(), "an update with nothing in it is taken or refused")
	}
	k.expectSame(env, k.read(ctx, env, made.Text("id")), made, "updatedAt")
}
