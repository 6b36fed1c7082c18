package check

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// samePlace says whether two requests name the same record.
func samePlace(a, b []client.Option) bool {
	one, other := client.NewRequest(nil, a...).PathValues, client.NewRequest(nil, b...).PathValues
	for name, value := range one {
		if other[name] != value {
			return false
		}
	}
	return true
}

// distinct is distinct_records: two requests for two records are answered with two
// records.
func distinct(ctx context.Context, env *suite.Env, op *contract.Operation) {
	one, other := env.Sample(ctx, op.ID), env.Sample(ctx, op.ID)
	if own := env.Pair(op.ID); own != nil {
		one, other = own(ctx, env)
	}
	if samePlace(one, other) {
		env.Undetermined("the suite knows of one record only that %s could read", op.ID)
	}
	first, second := env.Must(ctx, op.ID, one...), env.Call(ctx, op.ID, other...)
	env.Expect(second).To(match.Success())
	if len(match.Differences(env.Settled(first), env.Settled(second))) == 0 {
		env.Fail("two requests for two records are answered with the same one\n%s\n%s", match.Show(first), match.Show(second))
	}
}
