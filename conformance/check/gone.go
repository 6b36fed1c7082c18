package check

import (
	"context"
	"net/http"

	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// gone is use_after_free: after a delete, reading finds nothing, and neither does
// a second delete; an accepting reading lets deleting be idempotent.
func gone(ctx context.Context, env *suite.Env, op *contract.Operation) {
	valid := env.Sample(ctx, op.ID)
	read := reader(env.Contract(), op)
	if read != nil {
		env.Must(ctx, read.ID, samePath(valid))
	}
	env.Must(ctx, op.ID, valid...)
	if read != nil {
		env.Expect(env.Call(ctx, read.ID, samePath(valid))).
			To(match.Status(http.StatusNotFound, http.StatusGone), "reading after the delete")
	}
	again := env.Call(ctx, op.ID, valid...)
	switch {
	case env.Strict() || !again.Success():
		env.Expect(again).To(match.Status(http.StatusNotFound, http.StatusGone), "deleting once more")
	case read == nil:
		env.Undetermined("deleting is idempotent and there is no read of the same path to tell by")
	}
}

// reader returns the read of the operation's own path, nil when there is none.
func reader(c *contract.Contract, op *contract.Operation) *contract.Operation {
	for _, other := range c.Operations {
		if other.Method == http.MethodGet && other.Path == op.Path {
			return other
		}
	}
	return nil
}
