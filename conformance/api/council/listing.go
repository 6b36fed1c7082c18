package council

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// listsAll expects new records in the list, each once: the first and the last by name, a disabled
// one, and one of each kind that the target takes.
func (r resource) listsAll(ctx context.Context, env *suite.Env) {
	ids := []string{r.outOfUse(ctx, env)} // the last write is a create, which the list has to show, too
	for _, kind := range r.kinds {
		if made := r.Send(ctx, env, r.full(env, kind)); made.Success() {
			ids = append(ids, r.IDOf(made))
		}
	}
	for _, start := range []string{"Aaa", "Zzz"} {
		ids = append(ids, r.IDOf(r.Made(ctx, env, kit.Body{"name": env.Unique(start + " Trenance")})))
	}
	list := env.Call(ctx, r.Lists)
	env.ExpectAnswer(list)
	env.Expect(list).To(match.JSONBody(gomega.HaveEach(gomega.HaveKey("id"))))
	env.Expect(list.Texts("#.id")).To(gomega.ContainElements(ids), "the new %s", r.Name)
	if env.Has("low-rights") { // all are all, whoever may list them
		if seen := env.As("low-rights").Call(ctx, r.Lists); seen.Success() {
			env.Expect(seen.Texts("#.id")).To(gomega.ContainElements(ids), "the new %s, as a caseworker sees them", r.Name)
		}
	}
	shown := list.Texts("#.id")
	slices.Sort(shown)
	for i := 1; i < len(shown); i++ {
		if shown[i] == shown[i-1] {
			env.Fail("%s is in the list twice", shown[i])
		}
	}
}

// outOfUse makes a record that is disabled, as far as the target lets that be, and returns
// its id: all are listed, and no sentence leaves those out.
func (r resource) outOfUse(ctx context.Context, env *suite.Env) string {
	id := r.IDOf(r.Made(ctx, env))
	r.Change(ctx, env, id, kit.Body{"enabled": false})
	return id
}

// listsByName makes records out of order and expects them in order, wherever
// the other records stand: how names of other letters compare is left open. Some are unlike the
// others, and some out of use, as far as the target lets that be: a name is a name. They begin alike,
// for as long as the target takes names.
func (r resource) listsByName(ctx context.Context, env *suite.Env) {
	start := env.Unique("Mm The Parish Of Saint Michael")
	if !r.Send(ctx, env, r.full(env, kit.Body{"name": start + " Zulu"})).Success() {
		start = env.Unique("Mm")
		r.Made(ctx, env, kit.Body{"name": start + " Zulu"})
	}
	unlike := append([]kit.Body{nil, r.unusual}, r.kinds...)
	for i, end := range []string{" Delta", " Bravo", " Echo", " Charlie", " Foxtrot", " Alpha One", " Alpha Beta"} {
		name := kit.Body{"name": start + end}
		made := r.Send(ctx, env, r.full(env, name, unlike[i%len(unlike)]))
		if !made.Success() {
			made = r.Made(ctx, env, name)
		}
		if i > 4 {
			r.Change(ctx, env, r.IDOf(made), kit.Body{"enabled": false})
		}
	}
	r.expectOrder(ctx, env, start, " Alpha Beta", " Alpha One", " Bravo", " Charlie", " Delta", " Echo", " Foxtrot", " Zulu")
}

// movesByName renames the first of three and expects it last, and then first again.
func (r resource) movesByName(ctx context.Context, env *suite.Env) {
	start := env.Unique("Mm")
	first := r.Made(ctx, env, kit.Body{"name": start + " Alpha"})
	r.Made(ctx, env, kit.Body{"name": start + " Bravo"})
	r.Made(ctx, env, kit.Body{"name": start + " Charlie"})
	renamed := r.Change(ctx, env, first.Text("id"), kit.Body{"name": start + " Zulu"})
	env.Expect(renamed).To(match.Success())
	r.expectOrder(ctx, env, start, " Bravo", " Charlie", " Zulu")
	r.Changed(ctx, env, first.Text("id"), kit.Body{"name": start + " Able"})
	r.expectOrder(ctx, env, start, " Able", " Bravo", " Charlie")
}

// expectOrder expects of all names with the start none but those with the ends, in that order.
func (r resource) expectOrder(ctx context.Context, env *suite.Env, start string, ends ...string) {
	list := env.Call(ctx, r.Lists)
	env.Expect(list).To(match.Success())
	names := slices.DeleteFunc(list.Texts("#.name"), func(name string) bool { return !strings.HasPrefix(name, start) })
	var want []string
	for _, end := range ends { // that one out of use is listed, too, is for other cases
		if name := start + end; slices.Contains(names, name) || len(names) < 2 {
			want = append(want, name)
		}
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
func (r resource) hasMembers(ctx context.Context, env *suite.Env) {
	full, sparse := r.Made(ctx, env, r.full(env)), r.Made(ctx, env)
	r.outOfUse(ctx, env)
	list := env.Call(ctx, r.Lists)
	env.Expect(list).To(match.Success())
	env.Expect(list.Texts("#.id")).To(gomega.ContainElements(full.Text("id"), sparse.Text("id")))
	kit.ExpectShape(env, list, "", kit.Array(2, kit.Strictly(kit.Object(r.members))))
	for _, made := range []*client.Exchange{full, sparse} {
		kit.ExpectShape(env, r.read(ctx, env, r.IDOf(made)), "", kit.Strictly(kit.Object(r.members)))
	}
}
