package probation

import (
	"context"
	"slices"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

const (
	onlyCaseDetail = "only-case-detail"
	onlyRoleWrite  = "only-role-write"
)

// tokenCases are those about what a token may hold.
func tokenCases() []suite.Case {
	return slices.Concat(
		kit.Each("PRO-GEN-10", "the authority for case details is enough", reads(), func(ctx context.Context, env *suite.Env, operation string) {
			env.ExpectAnswer(env.As(onlyCaseDetail).Call(ctx, operation, askKnown(env, operation)))
		}),
		kit.Each("PRO-GEN-11", "the authority for case details is not enough", switches(), keptOutAs(onlyCaseDetail)),
		kit.Each("PRO-GEN-12", "the authority for the role switch is enough", switches(), func(ctx context.Context, env *suite.Env, operation string) {
			good := askGood(ctx, env, operation)
			env.ExpectAnswer(env.As(onlyRoleWrite).Call(ctx, operation, good))
		}),
		kit.Each("PRO-GEN-13", "the authority for the role switch is not enough", reads(), keptOutAs(onlyRoleWrite)),
		kit.Each("PRO-GEN-14", "authorities in the claim scope don't count", secured(), keptOutAs("scope-claim")),
		kit.Each("PRO-GEN-15", "authorities without ROLE_ don't count", secured(), keptOutAs("no-prefix")),
		kit.Each("PRO-GEN-16", "authorities in small letters don't count", secured(), keptOutAs("other-case")),
	)
}

// keptOutAs expects that a caller gets nowhere whose token is valid and names the
// right authorities in the wrong way.
func keptOutAs(persona string) kit.CheckOf[string] {
	return func(ctx context.Context, env *suite.Env, operation string) {
		keptOut(ctx, env, env.As(persona), operation)
	}
}
