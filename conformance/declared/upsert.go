package declared

import (
	"context"
	"fmt"

	"rollcall/conformance/suite"
)

// once sends two bodies to one place: the second is what is there, once, and under nothing else.
func once(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	body := res.fill(ctx, env, a, above)
	line := res.lineOf(env, a, above, body)
	r := res.take(ctx, env, a, above, line, body, env.Must(ctx, a.Operation, a.at(line), a.sent(body)))
	next := res.changed(ctx, env, a, r, nil)
	answer := env.Call(ctx, a.Operation, a.at(line), a.sent(next))
	env.ExpectAnswer(answer)
	now, seen := r.now(ctx, env)
	res.expectHas(env, now, next, seen, "when read after the second")
	if res.lists == nil {
		return
	}
	settled(env, above, func() string {
		list := res.lists.walk(ctx, env, above, 0)
		if n := list.count(r); n > 1 {
			return fmt.Sprintf("the %s %s is %d times in the list\n%s", res.Name, r.id(), n, list.show())
		}
		return ""
	})
}
