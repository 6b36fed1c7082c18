package tenants

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// scenes are the writes beside other users of the tenant, whom search reads: there is no
// read of a user's own path. One has as much set as the target takes, one has all in common with
// the user that may be, and one was there before the run, where the target gives it.
func scenes() map[string]suite.SceneOf {
	all := map[string]suite.SceneOf{}
	for _, operation := range writing() {
		all[operation] = func(ctx context.Context, env *suite.Env) suite.Scene {
			plain := makeUser(ctx, env)
			rich, _ := makeRich(ctx, env) // the last one there is before a new one
			others := []*client.Exchange{plain, rich}
			var scene suite.Scene
			if operation == "createUser" {
				scene.Request = prepare(ctx, env, operation).Options
			} else {
				user := makeUser(ctx, env)
				others = append(others, twin(ctx, env, user), makeUser(ctx, env))
				scene.Request = prepareFor(ctx, env, operation, user).Options
				scene.More = [][]client.Option{scene.Request}
				for _, other := range others { // nobody who can't be found could be seen to change
					found(ctx, env, idOf(env, other))
				}
			}
			scene.Untouched = bystanders(env, others...)
			return scene
		}
	}
	return all
}

// twin is another user who has all in common with one but what is each one's own, or as much as
// the target takes.
func twin(ctx context.Context, env *suite.Env, user *client.Exchange) *client.Exchange {
	body := person(env)
	shared := kit.With(sent(user), kit.Body{"email": body["email"], "username": body["username"]})
	for _, more := range []map[string]any{shared, {"referenceNumber": user.Get("referenceNumber").Value()}} {
		if other := create(ctx, env, kit.With(body, more)); other.Success() {
			return other
		}
	}
	return makeUser(ctx, env)
}
