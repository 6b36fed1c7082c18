package council

import (
	"context"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// scenes are those of all writes: a write leaves alone the records of its sort, those of the
// others, and those of another tenant. The bystanders are made last, so that no write which the
// scene needs has reached them already.
func scenes() map[string]suite.SceneOf {
	all := map[string]suite.SceneOf{}
	for _, r := range resources() {
		all[r.Creates] = r.besideNew
		all[r.Updates] = r.besideChanged
	}
	return all
}

func (r resource) besideNew(ctx context.Context, env *suite.Env) suite.Scene {
	valid, before := env.Sample(ctx, r.Creates), r.Made(ctx, env, r.full(env))
	sent, _ := gjson.ParseBytes(client.NewRequest(nil, valid...).Body).Value().(kit.Body)
	scene := suite.Scene{Request: valid,
		Untouched: slices.Concat(r.bystanders(env, sent), r.namesakes(ctx, env, sent), []suite.Read{r.alone(env, before)})}
	for _, kind := range r.kinds { // out of use, so that nobody is left with more rights
		scene.More = append(scene.More, []client.Option{client.JSON(r.full(env, kind, kit.Body{"enabled": false}))})
	}
	return scene
}

// namesakes are records of the last kind that is made, as far as the target makes such: one by itself and, where a name is
// no record's own, one that has the name of what is written.
func (r resource) namesakes(ctx context.Context, env *suite.Env, written kit.Body) (reads []suite.Read) {
	kind := r.kinds[len(r.kinds)-1]
	tries := []kit.Body{r.full(env, kind)}
	if r.unique != "name" {
		tries = append(tries, r.full(env, kit.Body{"name": written["name"]}))
	}
	for _, body := range tries {
		if made := r.Send(ctx, env, body); made.Success() {
			reads = append(reads, r.alone(env, made))
		}
	}
	return reads
}

// besideChanged also takes the record out of use and gives it all that may be given.
func (r resource) besideChanged(ctx context.Context, env *suite.Env) suite.Scene {
	valid := env.Sample(ctx, r.Updates)
	before := r.Made(ctx, env, r.full(env))
	body := r.full(env)
	id := r.IDOf(r.Made(ctx, env, body)) // like those beside it
	behind := r.Made(ctx, env, r.full(env))
	scene := suite.Scene{Request: append(valid, client.Path("id", id)),
		Untouched: slices.Concat(r.bystanders(env, body), r.namesakes(ctx, env, body),
			[]suite.Read{r.alone(env, before), r.alone(env, behind)})}
	for _, change := range append([]kit.Body{r.changes(env), r.unusual, {"enabled": false}, {"enabled": true}}, r.kinds...) {
		scene.More = append(scene.More, append(r.At(id), client.JSON(change)))
	}
	return scene
}

// alone reads one record: by itself, or out of the list.
func (r resource) alone(env *suite.Env, made *client.Exchange) suite.Read {
	id := r.IDOf(made)
	return func(ctx context.Context) []byte {
		if r.Gets != "" {
			return env.StateOf(r.Gets, r.At(id)...)(ctx)
		}
		list := r.Listed(ctx, env)
		return []byte(gjson.ParseBytes(list.Known()).Get(r.Items.Place(list, id)).Raw)
	}
}

// bystanders are reads of what stands beside a record of each other sort, and of each sort of
// another tenant where the target has one: of the sort that is written one with the same name. The first
// look makes that record.
func (r resource) bystanders(env *suite.Env, written kit.Body) (reads []suite.Read) {
	for _, other := range resources() {
		var name kit.Body
		if other.Name != r.Name {
			reads = append(reads, other.beside(env, nil))
		} else if r.unique == "name" {
			name = kit.Body{"name": written["name"]}
		}
		if env.Has("second-tenant") {
			reads = append(reads, other.beside(env.As("second-tenant"), name))
		}
	}
	return reads
}

// beside looks at a record that the caller makes, as far as he may, and at all others in a
// world of the case's own.
func (r resource) beside(caller *suite.Env, like kit.Body) suite.Read {
	var made *client.Exchange
	return func(ctx context.Context) []byte {
		if made == nil {
			made = r.Send(ctx, caller, r.full(caller, like))
		}
		if list := r.All(ctx, caller); made.Success() && list.Success() {
			return r.ExcerptOf(caller, list, r.IDOf(made))
		}
		return []byte("null")
	}
}
