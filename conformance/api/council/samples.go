package council

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// samples returns a valid request of every operation: something to list, what a new record can
// hardly be without, one to read, and another name for it.
func samples() map[string]suite.Sample {
	all := map[string]suite.Sample{"suggestCategory": sampleSummary}
	for _, r := range resources() {
		all[r.Lists] = func(ctx context.Context, env *suite.Env) []client.Option {
			r.Made(ctx, env)
			return nil
		}
		all[r.Creates] = func(_ context.Context, env *suite.Env) []client.Option {
			return []client.Option{client.JSON(r.Body(env))}
		}
		all[r.Updates] = func(ctx context.Context, env *suite.Env) []client.Option {
			return append(r.At(r.IDOf(r.Made(ctx, env))), client.JSON(kit.Body{"name": r.changes(env)["name"]}))
		}
		if r.Gets != "" {
			all[r.Gets] = func(ctx context.Context, env *suite.Env) []client.Option { return r.At(r.IDOf(r.Made(ctx, env))) }
		}
	}
	return all
}

func sampleSummary(ctx context.Context, env *suite.Env) []client.Option {
	keyword := word(env)
	withKeywords(ctx, env, keyword)
	return []client.Option{asking(env, keyword+" "+word(env))}
}
