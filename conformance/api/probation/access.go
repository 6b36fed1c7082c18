package probation

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

const (
	lowRights = "low-rights"
	challenge = "WWW-Authenticate"
)

// unreadable is a token that is no token.
func unreadable() client.Option { return client.Credential("Authorization", "Bearer not.a-token") }

// accessCases are those about who gets in: 401, 403, and what goes before them.
func accessCases() []suite.Case {
	return slices.Concat(
		noTokenCases(), badTokenCases(), noAuthorityCases(),
		kit.Each("PRO-GEN-17", "no token counts before bad input", slices.Concat(byPost(), byID()),
			func(ctx context.Context, env *suite.Env, operation string) {
				for _, bad := range badInputs(operation) {
					env.ExpectRefused(env.Call(ctx, operation, bad.option, client.NoCredential()))
				}
			}),
		kit.Each("PRO-GEN-18", "a bad body counts before the missing authority", byPost(), badBeforeForbidden),
		kit.Each("PRO-GEN-19", "a bad id counts before the missing authority", byID(), badBeforeForbidden),
		kit.Each("PRO-GEN-20", "the missing authority counts before the unknown thing", singles(),
			func(ctx context.Context, env *suite.Env, operation string) {
				env.ExpectRefused(env.As(lowRights).Call(ctx, operation, askUnknown(operation)))
			}),
	)
}

func noTokenCases() []suite.Case {
	call := func(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
		return seen(env, env.Call(ctx, operation, askGood(ctx, env, operation), client.NoCredential()), http.StatusUnauthorized)
	}
	return slices.Concat(
		kit.Each("PRO-GEN-01", "no token is refused", secured(), func(ctx context.Context, env *suite.Env, operation string) {
			keptOut(ctx, env, env, operation, client.NoCredential())
		}),
		kit.Each("PRO-GEN-02", "the 401 has no body", secured(), func(ctx context.Context, env *suite.Env, operation string) {
			env.Expect(call(ctx, env, operation)).To(match.Empty())
		}),
		kit.Each("PRO-GEN-03", "the 401 asks for a bearer token", secured(), func(ctx context.Context, env *suite.Env, operation string) {
			env.Expect(call(ctx, env, operation)).To(match.Header(challenge, gomega.And(
				gomega.MatchRegexp(`^(?i:bearer)\b`), gomega.Not(gomega.ContainSubstring("error")))))
		}),
	)
}

func badTokenCases() []suite.Case {
	return slices.Concat(
		kit.Each("PRO-GEN-04", "a token that can't be read is refused", secured(), func(ctx context.Context, env *suite.Env, operation string) {
			keptOut(ctx, env, env, operation, unreadable())
		}),
		kit.Each("PRO-GEN-05", "the 401 says that the token is no good", secured(), func(ctx context.Context, env *suite.Env, operation string) {
			refused := env.Call(ctx, operation, askGood(ctx, env, operation), unreadable())
			env.Expect(seen(env, refused, http.StatusUnauthorized)).To(match.Header(challenge, gomega.And(
				gomega.MatchRegexp(`^(?i:bearer)\b`), gomega.ContainSubstring(`error="invalid_token"`))))
		}),
		kit.Each("PRO-GEN-06", "an expired token is refused", secured(), keptOutAs("expired-credential")),
	)
}

func noAuthorityCases() []suite.Case {
	call := func(ctx context.Context, env *suite.Env, operation string) *client.Exchange {
		good := askGood(ctx, env, operation)
		return seen(env, env.As(lowRights).Call(ctx, operation, good), http.StatusForbidden)
	}
	return slices.Concat(
		kit.Each("PRO-GEN-07", "a token without the authority is refused", secured(), keptOutAs(lowRights)),
		kit.Each("PRO-GEN-08", "the 403 has no body", secured(), func(ctx context.Context, env *suite.Env, operation string) {
			env.Expect(call(ctx, env, operation)).To(match.Empty())
		}),
		kit.Each("PRO-GEN-09", "the 403 says what is missing", secured(), func(ctx context.Context, env *suite.Env, operation string) {
			env.Expect(call(ctx, env, operation)).To(match.Header(challenge, gomega.And(
				gomega.MatchRegexp(`^(?i:bearer)\b`), gomega.ContainSubstring(`error="insufficient_scope"`))))
		}),
	)
}

// keptOut expects the refusal of the caller, and that the role switch did not
// turn where that can be seen.
func keptOut(ctx context.Context, env, caller *suite.Env, operation string, more ...client.Option) {
	good := askGood(ctx, env, operation)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return caller.Call(ctx, operation, append([]client.Option{good}, more...)...)
	}, switchState(env, operation)...)
}

func badBeforeForbidden(ctx context.Context, env *suite.Env, operation string) {
	for _, bad := range badInputs(operation) {
		env.ExpectRefused(env.As(lowRights).Call(ctx, operation, bad.option))
	}
	control := env.As(lowRights).Call(ctx, operation, askGood(ctx, env, operation))
	if control.Status != http.StatusForbidden {
		env.Undetermined("the caller %s is not without the authority\n%s", lowRights, match.Show(control))
	}
}
