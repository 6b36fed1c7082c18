package check

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// gone is use_after_free: after a delete, reading finds nothing. Whether deleting once
// more is refused, or is as good as done, is said by no document in general: it tells
// something only where there is no read of the same path.
func gone(ctx context.Context, env *suite.Env, op *contract.Operation) {
	valid := env.Sample(ctx, op.ID)
	read := reader(env.Contract(), op)
	if read != nil {
		env.Must(ctx, read.ID, samePath(valid))
	}
	env.Must(ctx, op.ID, valid...)
	if read != nil {
		env.ExpectRefused(env.Call(ctx, read.ID, samePath(valid)))
		return
	}
	collection, _ := strings.CutSuffix(op.Path, "/{"+lastParameter(op.Path)+"}")
	if list := get(env.Contract(), collection); list != nil && collection != op.Path {
		values := client.NewRequest(nil, valid...).PathValues
		if left := itemOf(env, list, values, values[lastParameter(op.Path)])(ctx); string(left) != "null" {
			env.Fail("what was deleted is still in the list: %s", left)
		}
		return
	}
	again := env.Call(ctx, op.ID, valid...)
	if again.Success() {
		env.Undetermined("deleting is idempotent and there is no read of the same path to tell by")
	}
	env.Expect(again).To(match.Refuse(env.Requirement(), env.Strict()), "deleting once more")
}

// reader returns the read of the operation's own path, nil when there is none.
func reader(c *contract.Contract, op *contract.Operation) *contract.Operation {
	for _, other := range c.Operations {
		if other.Method == "GET" && other.Path == op.Path {
			return other
		}
	}
	return nil
}
