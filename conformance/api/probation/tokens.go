package probation

import (
	"context"
	"slices"

	"rollcall/conformance/suite"
)

const (
	onlyCaseDetail = "only-case-detail"
	onlyRoleWrite  = "only-role-write"
)

// tokenCases are those about what a token may hold.
func tokenCases() []suite.Case {
	return slices.Concat(
		perOperation("PRO-GEN-10", "the authority for case details is enough", reads(), func(ctx context.Context, env *suite.Env, operation string) {
			env.ExpectAnswer(env.As(onlyCaseDetail).Call(ctx, operation, askKnown(env, operation)))
		}),
		perOperation("PRO-GEN-11", "the authority for case details is not enough", switches(), keptOutAs(onlyCaseDetail)),
		perOperation("PRO-GEN-12", "the authority for the role switch is enough", switches(), func(ctx context.Context, env *suite.Env, operation string) {
			good := askGood(ctx, env, operation)
			env.ExpectAnswer(env.As(onlyRoleWrite).Call(ctx, operation, good))
		}),
		perOperation("PRO-GEN-13", "the authority for the role switch is not enough", reads(), keptOutAs(onlyRoleWrite)),
		perOperation("PRO-GEN-14", "authorities in the claim scope don't count", secured(), keptOutAs("scope-claim")),
		perOperation("PRO-GEN-15", "authorities without ROLE_ don't count", secured(), keptOutAs("no-prefix")),
		perOperation("PRO-GEN-16", "authorities in small letters don't count", secured(), keptOutAs("other-case")),
	)
}

// keptOutAs expects that a caller gets nowhere whose token is valid and names the
// right authorities in the wrong way.
func keptOutAs(persona string) checkOf {
	return func(ctx context.Context, env *suite.Env, operation string) {
		keptOut(ctx, env, env.As(persona), operation)
	}
}
