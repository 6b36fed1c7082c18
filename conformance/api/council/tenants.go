package council

import (
	"context"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// tenantCases are about what a key of one tenant sees and reaches of another.
func tenantCases() []suite.Case {
	named := []resource{wards(), categories()} // email addresses may be unique among all tenants
	return slices.Concat(
		perResource("COU-GEN-09", "two tenants list different records", resources(), resource.listsApart),
		perResource("COU-GEN-09", "the name of another tenant's record is free", named, resource.namesApart),
		perResource("COU-GEN-09", "another tenant's record is not read", named, resource.readsApart),
		[]suite.Case{{Requirement: "COU-GEN-09", Title: "another tenant's category is not suggested", Check: suggestsApart}},
		kit.Each("COU-GEN-10", "another tenant's record is not found", byID(), findsNothingForeign),
	)
}

// listsApart creates a record in each of two tenants and looks for both in the
// lists of both.
func (r resource) listsApart(ctx context.Context, env *suite.Env) {
	other := env.As("second-tenant")
	mine, theirs := r.Made(ctx, env), r.Made(ctx, other)
	for _, seen := range []struct {
		by            *suite.Env
		own, stranger string
	}{{env, mine.Text("id"), theirs.Text("id")}, {other, theirs.Text("id"), mine.Text("id")}} {
		list := seen.by.Call(ctx, r.Lists)
		env.Expect(list).To(match.Success())
		env.Expect(list.Texts("#.id")).To(gomega.ContainElement(seen.own))
		env.Expect(list.Texts("#.id")).ToNot(gomega.ContainElement(seen.stranger))
	}
	if r.members["tenantId"] != nil {
		env.Expect(theirs).To(match.Member("tenantId", gomega.Not(gomega.Equal(mine.Text("tenantId")))))
	}
	shared := env.Must(ctx, r.Lists).Texts("#.id")
	foreign := other.Must(ctx, r.Lists).Texts("#.id")
	shared = slices.DeleteFunc(shared, func(id string) bool { return !slices.Contains(foreign, id) })
	env.Expect(shared).To(gomega.BeEmpty(), "ids in the lists of both tenants")
}

// namesApart gives the same name in both tenants.
func (r resource) namesApart(ctx context.Context, env *suite.Env) {
	theirs := r.Made(ctx, env.As("second-tenant"))
	mine := r.Send(ctx, env, kit.With(r.Body(env), kit.Body{r.unique: theirs.Text(r.unique)}))
	env.Expect(mine).To(match.Success())
	env.Expect(r.read(ctx, env, mine.Text("id"))).To(match.Member(r.unique, theirs.Text(r.unique)))
}

// readsApart leaves open how the read is refused: that is COU-GEN-10.
func (r resource) readsApart(ctx context.Context, env *suite.Env) {
	theirs := r.Made(ctx, env.As("second-tenant"))
	shown := r.read(ctx, env, theirs.Text("id"))
	env.Expect(shown).ToNot(match.Success())
	env.Expect(shown).ToNot(match.Present("id"))
}

func suggestsApart(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	theirs := withKeywords(ctx, env.As("second-tenant"), keyword)
	found := suggest(ctx, env, keyword)
	env.Expect(found).To(match.Success())
	env.Expect(found).ToNot(match.Member("suggestion.id", theirs.Text("id")))
}

// findsNothingForeign names a record of another tenant, who must not see any
// change to it either.
func findsNothingForeign(ctx context.Context, env *suite.Env, operation string) {
	r, other := resourceOf(operation), env.As("second-tenant")
	id := r.Made(ctx, other).Text("id")
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		if operation == r.Updates {
			return r.Change(ctx, env, id, r.changes(env))
		}
		return r.read(ctx, env, id)
	}, r.Excerpt(other, id))
}
