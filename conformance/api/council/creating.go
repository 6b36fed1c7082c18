package council

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// isCreated expects a new record to be answered with an id, and to be there.
func (r resource) isCreated(ctx context.Context, env *suite.Env) {
	sent := r.Body(env)
	made := r.Send(ctx, env, sent)
	env.ExpectAnswer(made)
	env.Expect(made).To(match.Member("id", filled()))
	env.Expect(made).To(match.Member(r.unique, sent[r.unique]))
	shown := r.read(ctx, env, made.Text("id"))
	env.Expect(shown).To(match.Member("id", made.Text("id")))
	env.Expect(shown).To(match.Member(r.unique, sent[r.unique]))
}

// echoes returns a check that the answer to a new record repeats the named
// members as they were sent.
func (r resource) echoes(names []string, changes ...kit.Body) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		sent := r.full(env, changes...)
		repeats(env, r.Send(ctx, env, sent), sent, names)
	}
}

// echoesWhereTaken is echoes for values that a target may refuse.
func (r resource) echoesWhereTaken(names []string, changes ...kit.Body) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		sent := r.full(env, changes...)
		made := r.Send(ctx, env, sent)
		if kit.Invalid(made) {
			r.Made(ctx, env, r.full(env)) // it is those values that are refused
			env.NotApplicable("the target takes no such value: %s", made)
		}
		repeats(env, made, sent, names)
	}
}

func repeats(env *suite.Env, made *client.Exchange, sent kit.Body, names []string) {
	env.ExpectAnswer(made)
	for _, name := range names {
		env.Expect(made).To(match.Member(name, sent[name]))
	}
}

// keepsUnique expects that a second record with a taken value is refused, and
// that the list has the value once.
func (r resource) keepsUnique(ctx context.Context, env *suite.Env) {
	taken := r.Made(ctx, env).Text(r.unique)
	second := kit.With(r.Body(env), kit.Body{r.unique: taken})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return r.Send(ctx, env, second) }, r.Traces(env, second)...)
	list := env.Must(ctx, r.Lists)
	found := slices.DeleteFunc(list.Texts("#."+r.unique), func(value string) bool { return value != taken })
	env.Expect(found).To(gomega.HaveLen(1), "how often %s is in the list", taken)
}

// isEnabled expects a record that was created without enabled to have it true.
func (r resource) isEnabled(ctx context.Context, env *suite.Env) {
	made := r.Send(ctx, env, kit.With(r.Body(env), kit.Without("enabled")))
	env.ExpectAnswer(made)
	env.Expect(made).To(match.Member("enabled", true))
	env.Expect(r.read(ctx, env, made.Text("id"))).To(match.Member("enabled", true))
}

// readsBack expects a read by id to show each documented member as the answer to
// the creation did.
func (r resource) readsBack(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env, r.full(env))
	shown := r.read(ctx, env, made.Text("id"))
	env.ExpectAnswer(shown)
	r.expectSame(env, shown, made)
}

// findsNone expects that an id that nobody has is not found.
func (r resource) findsNone(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env)
	env.ExpectRefused(r.read(ctx, env, kit.UnknownID(made.Text("id"))))
}

// valueOf is the value of a documented member in one spelling, nil for null and for none.
func valueOf(of *client.Exchange, name string) any { return gjson.GetBytes(of.Known(), name).Value() }

// expectSame expects the documented members of a record to be as they were, but
// for the excepted ones.
func (r resource) expectSame(env *suite.Env, shown, before *client.Exchange, except ...string) {
	for _, name := range slices.Sorted(maps.Keys(r.members)) {
		if !slices.Contains(except, name) {
			env.Expect(reflect.DeepEqual(valueOf(shown, name), valueOf(before, name))).
				To(gomega.BeTrue(), "the member %q is %s and was %s", name, shown.Get(name).Raw, before.Get(name).Raw)
		}
	}
}
