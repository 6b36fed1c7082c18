package suite

import (
	"context"
	"fmt"
	"sync"

	"rollcall/conformance/client"
)

// Together sends requests of one operation at once, as the present caller, and returns the
// answers in the order of the requests: for what must hold however they come. It ends the
// case as Call does, when all have been answered.
func (env *Env) Together(ctx context.Context, operation string, requests ...[]client.Option) []*client.Exchange {
	op, ok := env.Contract().Operation(operation)
	if !ok {
		panic(fmt.Sprintf("the case calls %q, which is no operation of %s", operation, env.Contract().Name))
	}
	all, answers := make([]outgoing, len(requests)), make([]*client.Exchange, len(requests))
	for i, options := range requests {
		all[i] = env.ready(ctx, op, options)
	}
	var sending sync.WaitGroup
	for i := range all {
		if env.run.session.inTurn {
			answers[i] = env.run.session.do(ctx, all[i].request)
			continue
		}
		sending.Go(func() { answers[i] = env.run.session.do(ctx, all[i].request) })
	}
	sending.Wait()
	for i, one := range all {
		env.came(one, answers[i])
	}
	for i, one := range all {
		env.answered(answers[i], one.request, one.silence)
	}
	return answers
}
