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
	valid := kit.Prepare[string](prepare)
	return slices.Concat(
		kit.Each("PRO-GEN-10", "the authority for case details is enough", reads(),
			func(ctx context.Context, env *suite.Env, operation string) {
				env.ExpectAnswer(env.As(onlyCaseDetail).Call(ctx, operation, askKnown(env, operation)))
			}),
		kit.Each("PRO-GEN-11", "the authority for case details is not enough", switches(), valid.Refused(onlyCaseDetail)),
		kit.Each("PRO-GEN-12", "the authority for the role switch is enough", switches(),
			func(ctx context.Context, env *suite.Env, operation string) {
				env.ExpectAnswer(prepare(ctx, env, operation).By(ctx, env.As(onlyRoleWrite)))
			}),
		kit.Each("PRO-GEN-13", "the authority for the role switch is not enough", reads(), valid.Refused(onlyRoleWrite)),
		kit.Needing(kit.Each("PRO-GEN-14", "authorities in the claim scope don't count", secured(),
			valid.Refused("scope-claim")), "scope-claim"),
		kit.Needing(kit.Each("PRO-GEN-15", "authorities without ROLE_ don't count", secured(),
			valid.Refused("no-prefix")), "no-prefix"),
		kit.Needing(kit.Each("PRO-GEN-16", "authorities in small letters don't count", secured(),
			valid.Refused("other-case")), "other-case"),
	)
}
