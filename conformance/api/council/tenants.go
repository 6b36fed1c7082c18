package council

import (
	"context"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

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

// listsApart creates a record in each of two tenants and looks for both in the lists of both. A record is
// told by what it says: ids may be numbers that each tenant counts by itself.
func (r resource) listsApart(ctx context.Context, env *suite.Env) {
	other := env.As("second-tenant")
	mine, theirs := r.Made(ctx, env), r.Made(ctx, other)
	for _, seen := range []struct {
		by            *suite.Env
		own, stranger *client.Exchange
	}{{env, mine, theirs}, {other, theirs, mine}} {
		list := seen.by.Call(ctx, r.Lists)
		env.Expect(list).To(match.Success())
		env.Expect(list.Texts("#.id")).To(gomega.ContainElement(seen.own.Text("id")))
		env.Expect(list.Texts("#." + r.unique)).ToNot(gomega.ContainElement(seen.stranger.Text(r.unique)))
	}
	if r.members["tenantId"] != nil {
		env.Expect(theirs).To(match.Member("tenantId", gomega.Not(gomega.Equal(mine.Text("tenantId")))))
	}
	env.Expect(shared(recordsOf(env.Must(ctx, r.Lists)), recordsOf(other.Must(ctx, r.Lists)))).
		To(gomega.BeEmpty(), "records in the lists of both tenants")
}

// recordsOf are the records of a list, each with all that is documented of it.
func recordsOf(list *client.Exchange) (all []string) {
	for _, record := range gjson.ParseBytes(list.Known()).Array() {
		all = append(all, record.Get("@ugly").Raw)
	}
	return all
}

// shared are those of one list that are in the other as well.
func shared(one, other []string) []string {
	return slices.DeleteFunc(one, func(it string) bool { return !slices.Contains(other, it) })
}

// strange says whether an id of the other caller's tenant is none of the own one, nor can be soon: where both tenants have
// some id, each counts by itself.
func (r resource) strange(ctx context.Context, env, other *suite.Env, id string) bool {
	own := env.Must(ctx, r.Lists).Texts("#.id")
	return !slices.Contains(own, id) && len(shared(other.Must(ctx, r.Lists).Texts("#.id"), own)) == 0
}

// namesApart gives the same name in both tenants.
func (r resource) namesApart(ctx context.Context, env *suite.Env) {
	theirs := r.Made(ctx, env.As("second-tenant"))
	mine := r.Send(ctx, env, kit.With(r.Body(env), kit.Body{r.unique: theirs.Text(r.unique)}))
	env.Expect(mine).To(match.Success())
	env.Expect(r.read(ctx, env, mine.Text("id"))).To(match.Member(r.unique, theirs.Text(r.unique)))
}

// readsApart leaves open how the read is refused: that is COU-GEN-10. Under an id that is one of the own tenant's as well
// stands an own record.
func (r resource) readsApart(ctx context.Context, env *suite.Env) {
	other := env.As("second-tenant")
	theirs, off := r.Made(ctx, other), r.Made(ctx, other)
	r.Change(ctx, other, r.IDOf(off), kit.Body{"enabled": false}) // which is theirs all the same
	for _, made := range []*client.Exchange{theirs, off} {
		shown := r.read(ctx, env, r.IDOf(made))
		env.Expect(shown).ToNot(match.Member(r.unique, made.Text(r.unique)))
		if r.strange(ctx, env, other, r.IDOf(made)) {
			env.Expect(shown).ToNot(match.Success())
			env.Expect(shown).ToNot(match.Present("id"))
		}
	}
}

func suggestsApart(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	theirs := withKeywords(ctx, env.As("second-tenant"), keyword)
	found := suggest(ctx, env, keyword)
	env.Expect(found).To(match.Success())
	env.Expect(found).ToNot(match.Member("suggestion.id", theirs.Text("id")))
}

// findsNothingForeign names a record of another tenant, who must not see any
// change to it either. Nothing is written under an id that is one of the own tenant's as well.
func findsNothingForeign(ctx context.Context, env *suite.Env, operation string) {
	r, other := resourceOf(operation), env.As("second-tenant")
	id := r.Made(ctx, other).Text("id")
	if !r.strange(ctx, env, other, id) {
		env.NotApplicable("ids are of each tenant by itself, so that none is another's alone")
	}
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		if operation == r.Updates {
			return r.Change(ctx, env, id, r.changes(env))
		}
		return r.read(ctx, env, id)
	}, r.Excerpt(other, id))
}
