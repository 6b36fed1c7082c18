package volunteers

import (
	"context"
	"net/http"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func roleRemovalCases() []suite.Case {
	roles := roleSub()
	return append(lastRoleCases(), []suite.Case{
		{Requirement: "VOL-ROLE-31", Title: "one that is not the last can be deleted",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				id := recordOf(roles.of(user).Made(ctx, env))
				before := roles.of(user).Listed(ctx, env)
				env.Expect(before).To(data.Has(id))
				env.Expect(roles.of(user).Remove(ctx, env, id)).To(match.Success())
				after := roles.of(user).Listed(ctx, env)
				env.Expect(after).To(data.Lacks(id))
				env.Expect(after).To(match.Member("data", gomega.HaveLen(len(before.Get("data").Array())-1)))
			}},
		{Requirement: "VOL-ROLE-32", Title: "the only one cannot be deleted", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			expectErrorBody(env, roles.keeps(ctx, env, user, soleRole(ctx, env, user)), http.StatusForbidden)
		}},
		{Requirement: "VOL-ROLE-32", Title: "the one left of two cannot be deleted",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				roles.of(user).Removed(ctx, env, recordOf(roles.of(user).Made(ctx, env)))
				expectErrorBody(env, roles.keeps(ctx, env, user, soleRole(ctx, env, user)), http.StatusForbidden)
			}},
		roles.goneTwiceCase("VOL-ROLE-33"),
		{Requirement: "VOL-ROLE-34", Title: "without the primary one, one of the others is primary", Check: primaryPassedOn},
	}...)
}

// soleRole returns the id of a user's one role association. It ends the case as
// undetermined when there is not just one.
func soleRole(ctx context.Context, env *suite.Env, user *client.Exchange) string {
	list := roleSub().of(user).Listed(ctx, env)
	ids := list.Texts("data.#.id")
	if len(ids) != 1 {
		env.Undetermined("the user has %d roles instead of one\n%s", len(ids), match.Show(list))
	}
	return ids[0]
}

func primaryPassedOn(ctx context.Context, env *suite.Env) {
	roles, user := roleSub(), makeUser(ctx, env)
	primary := primaryRole(ctx, env, user)
	second, third := recordOf(roles.of(user).Made(ctx, env)), recordOf(roles.of(user).Made(ctx, env))
	answer := roles.of(user).Remove(ctx, env, primary)
	list := roles.of(user).Listed(ctx, env)
	if answer.Success() {
		env.Expect(list).To(data.Only(second, third))
		env.Expect(list).To(data.FlaggedOnce("primary"), "one of the two left is primary")
		return
	}
	env.Expect(answer.Status).To(gomega.And(gomega.BeNumerically(">=", 400), gomega.BeNumerically("<", 500)), "it was refused")
	env.Expect(list).To(data.Only(primary, second, third))
	env.Expect(list).To(data.FlaggedOnly("primary", primary))
}
