package council

import (
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
)

// listsAll expects new records in the list: the first and the last by name.
func (k kind) listsAll(ctx context.Context, env *suite.Env) {
	var ids []string
	for _, start := range []string{"Aaa", "Zzz"} {
		ids = append(ids, k.IDOf(k.Made(ctx, env, kit.Body{"name": env.Unique(start)})))
	}
	list := env.Call(ctx, k.Lists)
	env.ExpectAnswer(list)
	env.Expect(list).To(match.JSONBody(gomega.HaveEach(gomega.HaveKey("id"))))
	env.Expect(list.Texts("#.id")).To(gomega.ContainElements(ids), "the new %s", k.Name)
}

// listsByName makes records out of order and expects them in order, wherever
// the other records stand: how names of other letters compare is left open.
func (k kind) listsByName(ctx context.Context, env *suite.Env) {
	start := env.Unique("Mm")
	for _, end := range []string{" delta", " bravo", " echo", " alpha", " charlie"} {
		k.Made(ctx, env, kit.Body{"name": start + end})
	}
	k.expectOrder(ctx, env, start, " alpha", " bravo", " charlie", " delta", " echo")
}

// movesByName renames the first of three and expects it last.
func (k kind) movesByName(ctx context.Context, env *suite.Env) {
	start := env.Unique("Mm")
	first := k.Made(ctx, env, kit.Body{"name": start + " alpha"})
	k.Made(ctx, env, kit.Body{"name": start + " bravo"})
	k.Made(ctx, env, kit.Body{"name": start + " charlie"})
	renamed := k.Change(ctx, env, first.Text("id"), kit.Body{"name": start + " zulu"})
	env.Expect(renamed).To(match.Success())
	k.expectOrder(ctx, env, start, " bravo", " charlie", " zulu")
}

// expectOrder expects of all names with the start exactly those with the ends,
// in that order.
func (k kind) expectOrder(ctx context.Context, env *suite.Env, start string, ends ...string) {
	list := env.Call(ctx, k.Lists)
	env.Expect(list).To(match.Success())
	names := slices.DeleteFunc(list.Texts("#.name"), func(name string) bool { return !strings.HasPrefix(name, start) })
	want := make([]string, len(ends))
	for i, end := range ends {
		want[i] = start + end
	}
	env.Expect(names).To(gomega.Equal(want), "the order of the names in the list")
	if env.Strict() {
		all := list.Texts("#.name")
		for i := 1; i < len(all); i++ {
			if surely(all[i], all[i-1]) {
				env.Fail("the list has %q before %q", all[i-1], all[i])
			}
		}
	}
}

// surely tells whether one name comes before another whatever the collation:
// they first differ in two ASCII letters of the same case.
func surely(first, then string) bool {
	for i := range min(len(first), len(then)) {
		if a, b := first[i], then[i]; a != b {
			small := a >= 'a' && a <= 'z' && b >= 'a' && b <= 'z'
			large := a >= 'A' && a <= 'Z' && b >= 'A' && b <= 'Z'
			return (small || large) && a < b
		}
	}
	return false
}

// hasMembers expects every documented member in every listed record, and in full
// and sparse records that are read by themselves.
func (k kind) hasMembers(ctx context.Context, env *suite.Env) {
	full, sparse := k.Made(ctx, env, k.full(env)), k.Made(ctx, env)
	list := env.Call(ctx, k.Lists)
	env.Expect(list).To(match.Success())
	env.Expect(list.Texts("#.id")).To(gomega.ContainElements(full.Text("id"), sparse.Text("id")))
	kit.ExpectShape(env, list, "", kit.Array(2, kit.Strictly(kit.Object(k.members))))
	for _, made := range []*client.Exchange{full, sparse} {
		kit.ExpectShape(env, k.read(ctx, env, k.IDOf(made)), "", kit.Strictly(kit.Object(k.members)))
	}
}

// isCreated expects a new record to be answered with an id, and to be there.
func (k kind) isCreated(ctx context.Context, env *suite.Env) {
	sent := k.Body(env)
	made := k.Send(ctx, env, sent)
	env.ExpectAnswer(made)
	env.Expect(made).To(match.Member("id", filled()))
	env.Expect(made).To(match.Member(k.unique, sent[k.unique]))
	shown := k.read(ctx, env, made.Text("id"))
	env.Expect(shown).To(match.Member("id", made.Text("id")))
	env.Expect(shown).To(match.Member(k.unique, sent[k.unique]))
}

// echoes returns a check that the answer to a new record repeats the named
// members as they were sent.
func (k kind) echoes(names []string, changes ...kit.Body) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		sent := k.full(env, changes...)
		repeats(env, k.Send(ctx, env, sent), sent, names)
	}
}

// echoesWhereTaken is echoes for values that a target may refuse.
func (k kind) echoesWhereTaken(names []string, changes ...kit.Body) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		sent := k.full(env, changes...)
		made := k.Send(ctx, env, sent)
		if kit.Invalid(made) {
			k.Made(ctx, env, k.full(env)) // it is those values that are refused
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
func (k kind) keepsUnique(ctx context.Context, env *suite.Env) {
	taken := k.Made(ctx, env).Text(k.unique)
	second := kit.With(k.Body(env), kit.Body{k.unique: taken})
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return k.Send(ctx, env, second) }, k.Traces(env, second)...)
	list := env.Must(ctx, k.Lists)
	found := slices.DeleteFunc(list.Texts("#."+k.unique), func(value string) bool { return value != taken })
	env.Expect(found).To(gomega.HaveLen(1), "how often %s is in the list", taken)
}

// isEnabled expects a record that was created without enabled to have it true.
func (k kind) isEnabled(ctx context.Context, env *suite.Env) {
	made := k.Send(ctx, env, kit.With(k.Body(env), kit.Without("enabled")))
	env.ExpectAnswer(made)
	env.Expect(made).To(match.Member("enabled", true))
	env.Expect(k.read(ctx, env, made.Text("id"))).To(match.Member("enabled", true))
}

// readsBack expects a read by id to show each documented member as the answer to
// the creation did.
func (k kind) readsBack(ctx context.Context, env *suite.Env) {
	made := k.Made(ctx, env, k.full(env))
	shown := k.read(ctx, env, made.Text("id"))
	env.ExpectAnswer(shown)
	k.expectSame(env, shown, made)
}

// findsNone expects that an id that nobody has is not found.
func (k kind) findsNone(ctx context.Context, env *suite.Env) {
	made := k.Made(ctx, env)
	env.ExpectRefused(k.read(ctx, env, kit.UnknownID(made.Text("id"))))
}

// valueOf is the value of a documented member in one spelling, nil for null and for none.
func valueOf(of *client.Exchange, name string) any { return gjson.GetBytes(of.Known(), name).Value() }

// expectSame expects the documented members of a record to be as they were, but
// for the excepted ones.
func (k kind) expectSame(env *suite.Env, shown, before *client.Exchange, except ...string) {
	for _, name := range slices.Sorted(maps.Keys(k.members)) {
		if !slices.Contains(except, name) {
			env.Expect(reflect.DeepEqual(valueOf(shown, name), valueOf(before, name))).
				To(gomega.BeTrue(), "the member %q is %s and was %s", name, shown.Get(name).Raw, before.Get(name).Raw)
		}
	}
}
