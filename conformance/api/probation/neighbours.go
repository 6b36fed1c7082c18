package probation

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// scenes tells who must not notice a turn of the role: the other users that the target
// names, as the identity directory shows them.
func scenes() map[string]suite.SceneOf {
	scene := func(operation string, held bool) suite.SceneOf {
		return func(ctx context.Context, env *suite.Env) suite.Scene {
			username := holding(ctx, env, disposable, held)
			out := suite.Scene{Request: []client.Option{ask(operation, username)}}
			for _, name := range []string{"username", "otherUsername", "stafflessUsername", "disposable-staffless-account", "disposable-disabled-account"} {
				if env.Has("given:"+name) && env.Given(name) != username {
					other := env.Given(name)
					out.Untouched = append(out.Untouched, func(ctx context.Context) []byte {
						if shown := entry(ctx, env, other); shown.Success() {
							return anyOrder(shown.Body)
						}
						return []byte("null")
					})
				}
			}
			return out
		}
	}
	return map[string]suite.SceneOf{"addRole": scene("addRole", false), "removeRole": scene("removeRole", true)}
}

// pairs gives the lookups two people.
func pairs() map[string]suite.Pair {
	pair := func(operation string, names ...string) suite.Pair {
		return func(_ context.Context, env *suite.Env) (one, other []client.Option) {
			return []client.Option{ask(operation, env.Given(names[0]))}, []client.Option{ask(operation, anotherOf(env, names[1:]...))}
		}
	}
	return map[string]suite.Pair{
		"findStaff":       pair("findStaff", "username", "otherUsername"),
		"findStaff_1":     pair("findStaff_1", "staffId", "caseloadStaffId", "supervisorStaffId"),
		"findStaffByCode": pair("findStaffByCode", "staffCode", "caseloadStaffCode", "unallocatedStaffCode", "supervisorStaffCode"),
	}
}

// anotherOf is the first of the things that the target gives.
func anotherOf(env *suite.Env, names ...string) string {
	for _, name := range names {
		if env.Has("given:" + name) {
			return env.Given(name)
		}
	}
	return env.Given(names[0])
}
