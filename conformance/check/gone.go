package check

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// gone is use_after_free: after a delete, reading finds nothing, and where one record has
// no read of its own, the list lacks it. Whether deleting once more is refused, or is as
// good as done, is said by no document in general: it tells something only where there is
// neither.
func gone(ctx context.Context, env *suite.Env, op *contract.Operation) {
	valid := env.Sample(ctx, op.ID)
	read, item := reader(env.Contract(), op), inList(env, op, valid)
	switch {
	case read != nil:
		env.Must(ctx, read.ID, samePath(valid))
	case item != nil && string(item(ctx)) == absent:
		item = nil
	}
	deleted := env.Must(ctx, op.ID, valid...)
	switch {
	case read != nil:
		env.ExpectRefused(env.Call(ctx, read.ID, samePath(valid)))
	case item != nil:
		if left := string(item(ctx)); left != absent {
			env.Fail("what was deleted is still listed: %s\n%s", left, match.Show(deleted))
		}
	default:
		again := env.Call(ctx, op.ID, valid...)
		if again.Success() {
			env.Undetermined("deleting is idempotent and there is no read of the same path to tell by")
		}
		env.Expect(again).To(match.Refuse(env.Requirement(), env.Strict()), "deleting once more")
	}
}

// inList reads the record that a request names out of the list above it, nil when there
// is no such list.
func inList(env *suite.Env, op *contract.Operation, valid []client.Option) suite.Read {
	last := lastParameter(op.Path)
	list := get(env.Contract(), strings.TrimSuffix(op.Path, "/{"+last+"}"))
	if last == "" || list == nil {
		return nil
	}
	values := client.NewRequest(nil, valid...).PathValues
	return itemOf(env, list, values, values[last])
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
