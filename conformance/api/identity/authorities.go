package identity

import (
	"context"
	"net/http"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// authorityCases are about which authority opens what.
func authorityCases() []suite.Case {
	lowRights := refusalOf("low-rights", http.StatusForbidden)
	return slices.Concat(
		keptOut("IDN-GEN-07", "low-rights", operations("authenticate")),
		withoutAuthorities(),
		kit.Each("IDN-GEN-08", "without the authority, %s answers with an empty body", operations(), lowRights(match.Empty())),
		kit.Each("IDN-GEN-09", "without the authority, the challenge of %s says insufficient_scope", operations(),
			lowRights(challenge("insufficient_scope"))),

		letIn("IDN-GEN-10", "only-user-details", "getUsersByEmail", func(env *suite.Env, list *client.Exchange) {
			expectList(env, bare(list), 1)
		}),
		letIn("IDN-GEN-11", "only-user-details", "getUserDetails", aUser),
		letIn("IDN-GEN-12", "only-user-details", "getUserDetailsById", aUser),
		keptOut("IDN-GEN-13", "only-user-details", []string{"changePassword", "authenticate"}),
		letIn("IDN-GEN-14", "only-password-write", "changePassword", nil),
		keptOut("IDN-GEN-15", "only-password-write", operations("changePassword")),
		letIn("IDN-GEN-16", "only-authenticate", "authenticate", nil),
		keptOut("IDN-GEN-17", "only-authenticate", operations("authenticate")),

		keptOut("IDN-GEN-18", "scope-claim", operations()),
		keptOut("IDN-GEN-19", "no-prefix", operations()),
		keptOut("IDN-GEN-20", "other-case", operations()),
		keptOut("IDN-AUTH-32", "low-rights", []string{"authenticate"}),
	)
}

// withoutAuthorities is about a token that has no authorities at all, where the
// target has one: no need of the requirement, so that others are not held up.
func withoutAuthorities() []suite.Case {
	return kit.Each("IDN-GEN-07", "a token without the claim is refused by %s", operations("authenticate"),
		func(ctx context.Context, env *suite.Env, op string) {
			if !env.Has("no-authority") {
				env.NotApplicable("the target has no persona no-authority")
			}
			env.ExpectRefused(env.As("no-authority").Call(ctx, op, env.Sample(ctx, op)...))
		})
}

// letIn makes the case in which the persona's valid request is answered with a
// success, and with what more to expect of it. Where that is nil the answer has no
// body, and the control is that not just any password is right.
func letIn(requirement, persona, op string, expect func(*suite.Env, *client.Exchange)) []suite.Case {
	return kit.One(requirement, persona+" is served by "+op, func(ctx context.Context, env *suite.Env) {
		answer := env.As(persona).Call(ctx, op, env.Sample(ctx, op)...)
		env.ExpectAnswer(answer)
		if expect != nil {
			expect(env, answer)
			return
		}
		wrongIsTold(ctx, env, disposable(env).username)
	})
}

func aUser(env *suite.Env, user *client.Exchange) {
	env.Expect(user).To(match.Member("username", gomega.Not(gomega.BeEmpty())))
}
