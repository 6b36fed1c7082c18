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
	for _, k := range kinds() {
		all[k.Lists] = func(ctx context.Context, env *suite.Env) []client.Option {
			k.Made(ctx, env)
			return nil
		}
		all[k.Creates] = func(_ context.Context, env *suite.Env) []client.Option {
			return []client.Option{client.JSON(k.Body(env))}
		}
		all[k.Updates] = func(ctx context.Context, env *suite.Env) []client.Option {
			return append(k.At(k.IDOf(k.Made(ctx, env))), client.JSON(kit.Body{"name": k.changes(env)["name"]}))
		}
		if k.Gets != "" {
			all[k.Gets] = func(ctx context.Context, env *suite.Env) []client.Option { return k.At(k.IDOf(k.Made(ctx, env))) }
		}
	}
	return all
}

func sampleSummary(ctx context.Context, env *suite.Env) []client.Option {
	keyword := word(env)
	withKeywords(ctx, env, keyword)
	return []client.Option{asking(env, keyword+" "+word(env))}
}
