package tenants

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// scenes are the writes beside other users of the tenant, whom search reads: there is no
// read of a user's own path.
func scenes() map[string]suite.SceneOf {
	return map[string]suite.SceneOf{
		"createUser": func(ctx context.Context, env *suite.Env) suite.Scene {
			before := makeUser(ctx, env)
			return suite.Scene{
				Request:   []client.Option{home(env), client.JSON(person(env))},
				Untouched: []suite.Read{reading(env, "userId", idOf(env, before))},
			}
		},
		"updateUser": func(ctx context.Context, env *suite.Env) suite.Scene {
			user, others := among(ctx, env)
			body := renamed(user)
			return suite.Scene{
				Request:   []client.Option{home(env), client.Path("userId", idOf(env, user)), client.JSON(body), client.Echo()},
				Untouched: others,
			}
		},
		"deactivateUser": func(ctx context.Context, env *suite.Env) suite.Scene {
			user, others := among(ctx, env)
			return suite.Scene{Request: []client.Option{home(env), client.Path("userId", idOf(env, user))}, Untouched: others}
		},
	}
}

// among makes a user, one before and one after, and returns reads of these two.
func among(ctx context.Context, env *suite.Env) (user *client.Exchange, others []suite.Read) {
	before, user, after := makeUser(ctx, env), makeUser(ctx, env), makeUser(ctx, env)
	for _, other := range []*client.Exchange{before, after} {
		found(ctx, env, idOf(env, other)) // nobody who can't be found could be seen to change
		others = append(others, reading(env, "userId", idOf(env, other)))
	}
	return user, others
}
