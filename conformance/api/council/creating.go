package council

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
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
// members as they were sent, and that they are kept so.
func (r resource) echoes(names []string, changes ...kit.Body) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		sent := r.full(env, changes...)
		r.repeats(ctx, env, r.Send(ctx, env, sent), sent, names)
	}
}

// echoesWhereTaken is echoes for values that a target may refuse.
func (r resource) echoesWhereTaken(names []string, changes ...kit.Body) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		if made := r.echoesTaken(ctx, env, names, changes...); made != nil {
			env.NotApplicable("the target takes no such value: %s", made)
		}
	}
}

// echoesTaken is that for one new record. It returns the answer that refused it.
func (r resource) echoesTaken(ctx context.Context, env *suite.Env, names []string, changes ...kit.Body) *client.Exchange {
	sent := r.full(env, changes...)
	made := r.Send(ctx, env, sent)
	if kit.Invalid(made) {
		r.Made(ctx, env, r.full(env)) // it is those values that are refused
		return made
	}
	r.repeats(ctx, env, made, sent, names)
	return nil
}

func (r resource) repeats(ctx context.Context, env *suite.Env, made *client.Exchange, sent kit.Body, names []string) {
	env.ExpectAnswer(made)
	for _, shown := range append([]*client.Exchange{made}, r.views(ctx, env, r.IDOf(made))...) {
		for _, name := range names {
			env.Expect(shown).To(asSent(name, sent[name]))
		}
	}
}

// isEnabled expects a record that was created without enabled to have it true, and one that is out of use to stay so.
func (r resource) isEnabled(ctx context.Context, env *suite.Env) {
	off := r.read(ctx, env, r.outOfUse(ctx, env))
	made := r.Send(ctx, env, kit.With(r.Body(env), kit.Without("enabled")))
	env.ExpectAnswer(made)
	env.Expect(made).To(match.Member("enabled", true))
	env.Expect(r.read(ctx, env, made.Text("id"))).To(match.Member("enabled", true))
	r.expectLeft(ctx, env, off)
}

// readsBack expects a read by id to show each documented member as the answer to
// the creation did.
func (r resource) readsBack(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env, r.full(env))
	shown := r.read(ctx, env, made.Text("id"))
	env.ExpectAnswer(shown)
	r.expectSame(env, shown, made)
}

// listsAsMade expects the list to show each documented member as the answer to the creation did.
func (r resource) listsAsMade(ctx context.Context, env *suite.Env) {
	for _, body := range []kit.Body{r.full(env), r.Body(env)} {
		made := r.Made(ctx, env, body)
		r.expectSame(env, r.listed(ctx, env, r.IDOf(made)), made)
	}
}

// findsNone expects that an id that nobody has is not found.
func (r resource) findsNone(ctx context.Context, env *suite.Env) {
	made := r.Made(ctx, env)
	env.ExpectRefused(r.read(ctx, env, env.UnknownID(made.Text("id"))))
	for _, id := range r.idsOfOthers(ctx, env) {
		env.ExpectRefused(r.read(ctx, env, id))
	}
}

// idsOfOthers are ids of records of other sorts, where those can be none of this sort, too.
func (r resource) idsOfOthers(ctx context.Context, env *suite.Env) (ids []string) {
	own := env.Must(ctx, r.Lists).Texts("#.id")
	for _, other := range resources() {
		if other.Name == r.Name {
			continue
		}
		id := r.IDOf(other.Made(ctx, env))
		counted := strings.Trim(id, "0123456789") == ""
		if !counted && len(shared(env.Must(ctx, other.Lists).Texts("#.id"), own)) == 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// valueOf is the value of a documented member in one spelling, nil for null and for none.
func valueOf(of *client.Exchange, name string) any { return gjson.GetBytes(of.Known(), name).Value() }

// expectSame expects the documented members of a record to be as they were, but
// for the excepted ones, and those of which nothing was said before.
func (r resource) expectSame(env *suite.Env, shown, before *client.Exchange, except ...string) {
	env.Expect(shown).To(match.Success())
	for _, name := range slices.Sorted(maps.Keys(r.members)) {
		if !slices.Contains(except, name) && before.Get(name).Exists() {
			same := reflect.DeepEqual(valueOf(shown, name), valueOf(before, name)) ||
				format.NearInstant(before.Text(name), shown.Text(name))
			env.Expect(same).
				To(gomega.BeTrue(), "the member %q is %s and was %s", name,
					cmp.Or(shown.Get(name).Raw, "missing"), cmp.Or(before.Get(name).Raw, "missing"))
		}
	}
}
