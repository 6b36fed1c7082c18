package council

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// samples returns a valid request of every operation.
func samples() map[string]suite.Sample {
	all := map[string]suite.Sample{"suggestCategory": sampleSummary}
	for _, k := range kinds() {
		all[k.Lists] = k.sampleList
		all[k.Creates] = k.sampleNew
		all[k.Updates] = k.sampleChange
		if k.Gets != "" {
			all[k.Gets] = k.sampleID
		}
	}
	return all
}

// sampleList makes sure that there is something to list.
func (k kind) sampleList(ctx context.Context, env *suite.Env) []client.Option {
	k.Made(ctx, env)
	return nil
}

// sampleNew sends what a new record can hardly be without.
func (k kind) sampleNew(_ context.Context, env *suite.Env) []client.Option {
	return []client.Option{client.JSON(k.Body(env))}
}

func (k kind) sampleID(ctx context.Context, env *suite.Env) []client.Option {
	return []client.Option{client.Path("id", k.Made(ctx, env).Text("id"))}
}

// sampleChange gives a record another name.
func (k kind) sampleChange(ctx context.Context, env *suite.Env) []client.Option {
	made := k.Made(ctx, env)
	return []client.Option{client.Path("id", made.Text("id")), client.JSON(kit.Body{"name": k.changes(env)["name"]})}
}

func sampleSummary(ctx context.Context, env *suite.Env) []client.Option {
	keyword := word(env)
	withKeywords(ctx, env, keyword)
	return []client.Option{asking(env, keyword+" "+word(env))}
}
