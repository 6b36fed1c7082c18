package suite

import (
	"context"
	"iter"

	"rollcall/conformance/client"
)

// Pages reads a list as the present caller, and the pages that follow where the contract has
// lists in pages: as many as are asked for, and never more than most. Each page comes as it
// was answered, a refusal too, which is the last.
func (env *Env) Pages(ctx context.Context, operation string, most int, options ...client.Option) iter.Seq[*client.Exchange] {
	return func(yield func(*client.Exchange) bool) {
		next := env.run.session.api.Pages
		for page, asked := 1, options; page <= most; page++ {
			answer := env.Call(ctx, operation, asked...)
			if !yield(answer) || next == nil || !answer.Success() {
				return
			}
			following := next(answer, page+1)
			if following == nil {
				return
			}
			asked = append(options[:len(options):len(options)], following...)
		}
	}
}
