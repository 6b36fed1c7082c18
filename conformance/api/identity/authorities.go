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

		kit.Needing(keptOut("IDN-GEN-18", "scope-claim", operations()), "scope-claim"),
		kit.Needing(keptOut("IDN-GEN-19", "no-prefix", operations()), "no-prefix"),
		kit.Needing(keptOut("IDN-GEN-20", "other-case", operations()), "other-case"),
		keptOut("IDN-AUTH-32", "low-rights", []string{"authenticate"}),
		kit.Each("IDN-AUTH-32", "low-rights is not told of %s", []failing{wrongPasswords()[0], unknownUserCheck()},
			func(ctx context.Context, env *suite.Env, f failing) {
				env.ExpectRefused(f.send(ctx, env.As("low-rights")))
			}),
		kit.Each("IDN-GEN-07", "low-rights is refused, whoever is asked for: %s", lookups(), lookupRefused),
		kit.One("IDN-GEN-07", "low-rights is refused for an address of nobody", func(ctx context.Context, env *suite.Env) {
			env.ExpectRefused(byEmail(ctx, env.As("low-rights"), noAddress))
		}),
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

// lookup is a way to ask for one of the users whom the target gives.
type lookup struct {
	operation, name string
	of              func(env *suite.Env, given string) []client.Option
}

func (l lookup) String() string { return l.name + " (" + l.operation + ")" }

// lookups are of users who are not like others, and in another spelling.
func lookups() []lookup {
	name := func(_ *suite.Env, given string) []client.Option {
		return []client.Option{client.Path("username", given)}
	}
	email := func(_ *suite.Env, given string) []client.Option { return []client.Option{client.Query("email", given)} }
	turned := func(of func(*suite.Env, string) []client.Option) func(*suite.Env, string) []client.Option {
		return func(env *suite.Env, given string) []client.Option { return of(env, otherCaseOf(env, given)) }
	}
	return []lookup{
		{"getUserDetails", "disabledUsername", name}, {"getUserDetails", "emaillessUsername", name},
		{"getUserDetails", "username", turned(name)}, {"getUserDetails", "rolelessUsername", name},
		{"getUsersByEmail", "email", turned(email)}, {"getUsersByEmail", "disabledEmail", email},
		{"getUsersByEmail", "sharedEmail", email},
	}
}

func lookupRefused(ctx context.Context, env *suite.Env, l lookup) {
	if !env.Has("given:" + l.name) {
		env.NotApplicable("the target gives no %s", l.name)
	}
	env.ExpectRefused(env.As("low-rights").Call(ctx, l.operation, l.of(env, env.Given(l.name))...))
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
