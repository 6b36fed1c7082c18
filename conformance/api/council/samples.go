package council

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// samples returns a valid request of every operation.
func samples() map[string]suite.Sample {
	all := map[string]suite.Sample{"suggestCategory": sampleSummary}
	for _, k := range kinds() {
		all[k.lists] = k.sampleList
		all[k.creates] = k.sampleNew
		all[k.updates] = k.sampleChange
		if k.gets != "" {
			all[k.gets] = k.sampleID
		}
	}
	return all
}

// sampleList makes sure that there is something to list.
func (k kind) sampleList(ctx context.Context, env *suite.Env) []client.Option {
	k.add(ctx, env)
	return nil
}

// sampleNew is out of use from the start: who sends it need not take it back.
func (k kind) sampleNew(_ context.Context, env *suite.Env) []client.Option {
	return []client.Option{client.JSON(k.body(env, with("enabled", false), k.optional))}
}

func (k kind) sampleID(ctx context.Context, env *suite.Env) []client.Option {
	return []client.Option{client.Path("id", k.add(ctx, env).Text("id"))}
}

// sampleChange sends everything that an update takes. A category keeps its place.
func (k kind) sampleChange(ctx context.Context, env *suite.Env) []client.Option {
	made := k.add(ctx, env)
	sent := k.body(env, k.optional)
	if order := made.Get("sortOrder"); order.Exists() {
		sent["sortOrder"] = order.Int()
	}
	return []client.Option{client.Path("id", made.Text("id")), client.JSON(sent)}
}

func sampleSummary(ctx context.Context, env *suite.Env) []client.Option {
	keyword := word(env)
	withKeywords(ctx, env, keyword)
	return []client.Option{asking(env, keyword+" "+word(env))}
}
