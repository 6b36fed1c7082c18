package kit

import (
	"context"

	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// Unchanged does something and expects the reads to show afterwards what they showed
// before. What was done, such as an operation, stands in the failure.
func Unchanged(ctx context.Context, env *suite.Env, what string, do func(), reads ...suite.Read) {
	before := make([][]byte, len(reads))
	for i, read := range reads {
		before[i] = read(ctx)
	}
	do()
	for i, read := range reads {
		if changed := match.Differences(before[i], read(ctx)); len(changed) > 0 {
			env.Fail("%s changed something else: %q", what, changed)
		}
	}
}
