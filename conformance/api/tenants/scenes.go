package tenants

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// scenes are the writes beside other users of the tenant, whom search reads: there is no
// read of a user's own path.
func scenes() map[string]suite.SceneOf {
	all := map[string]suite.SceneOf{}
	for _, operation := range writing() {
		all[operation] = func(ctx context.Context, env *suite.Env) suite.Scene {
			others := []*client.Exchange{makeUser(ctx, env)}
			scene := suite.Scene{Request: prepare(ctx, env, operation).Options}
			if operation != "createUser" {
				others = append(others, makeUser(ctx, env))
				for _, other := range others { // nobody who can't be found could be seen to change
					found(ctx, env, idOf(env, other))
				}
			}
			for _, other := range others {
				scene.Untouched = append(scene.Untouched, reading(env, "userId", idOf(env, other)))
			}
			return scene
		}
	}
	return all
}
