package tenants

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// scenes are the writes beside other users of the tenant, whom search reads: there is no
// read of a user's own path. One has as much set as the target takes, one has all in common with
// the user that may be, one is the last there is, and one was there before the run, where the target
// gives it.
func scenes() map[string]suite.SceneOf {
	return map[string]suite.SceneOf{"createUser": beginning, "updateUser": moving, "deactivateUser": ending}
}

// beginning makes a new user, and new ones who have the names, or the number, of another.
func beginning(ctx context.Context, env *suite.Env) suite.Scene {
	of := func(body map[string]any) []client.Option {
		return []client.Option{home(env), whole(ctx, env, "createUser", body)}
	}
	names := map[string]any{}
	names["firstName"], names["lastName"] = fullName(env)
	plain := makeOf(ctx, env, kit.With(person(env), names))
	rich, _ := makeRich(ctx, env) // the last one there is before a new one
	return suite.Scene{
		Request: prepare(ctx, env, "createUser").Options,
		More: [][]client.Option{
			of(kit.With(person(env), names, kit.Body{"address1": "7 Otley Road"})),
			of(kit.With(person(env), kit.Body{"referenceNumber": plain.Get("referenceNumber").Value()})),
		},
		Untouched: bystanders(env, plain, rich),
	}
}

// moving updates a user who has the new name before: so its twin has it, too, whoever is found by it.
// Then it is given other values, and the number of somebody else.
func moving(ctx context.Context, env *suite.Env) suite.Scene {
	plain := makeUser(ctx, env) // just before the one that is written
	user := makeOf(ctx, env, kit.With(person(env), kit.Body{"lastName": "Pemberton"}))
	rich, _ := makeRich(ctx, env)
	at := func(body map[string]any) []client.Option {
		return []client.Option{home(env), client.Path("userId", idOf(env, user)), whole(ctx, env, "updateUser", body)}
	}
	all := others(env)
	all = append(all, map[string]any{"programmeStartDate": "2024-10-07"}, map[string]any{"dateOfBirth": "2003-11-05"})
	scene := suite.Scene{Request: prepareFor(ctx, env, "updateUser", user).Options}
	scene.More = [][]client.Option{scene.Request, at(kit.Fill(kit.Fill(map[string]any{}, all...), renamed(user)))}
	for _, group := range all {
		scene.More = append(scene.More, at(kit.With(renamed(user), group)))
	}
	number := kit.Body{"referenceNumber": plain.Get("referenceNumber").Value()}
	scene.More = append(scene.More, at(kit.With(renamed(user), number)))
	scene.Untouched = seen(ctx, env, plain, rich, twin(ctx, env, user), makeUser(ctx, env))
	return scene
}

// ending deactivates a user twice.
func ending(ctx context.Context, env *suite.Env) suite.Scene {
	rich, _ := makeRich(ctx, env)
	plain, user := makeUser(ctx, env), makeUser(ctx, env)
	scene := suite.Scene{Request: prepareFor(ctx, env, "deactivateUser", user).Options}
	scene.More = [][]client.Option{scene.Request}
	scene.Untouched = seen(ctx, env, plain, rich, twin(ctx, env, user), makeUser(ctx, env))
	return scene
}

// seen are bystanders who are found: nobody who can't be could be seen to change.
func seen(ctx context.Context, env *suite.Env, users ...*client.Exchange) []suite.Read {
	for _, user := range users {
		found(ctx, env, idOf(env, user))
	}
	return bystanders(env, users...)
}

// twin is another user who has all in common with one but what is each one's own, or as much as
// the target takes.
func twin(ctx context.Context, env *suite.Env, user *client.Exchange) *client.Exchange {
	body := person(env)
	shared := kit.With(sent(user), kit.Body{"email": body["email"], "username": body["username"]})
	number := kit.Body{"referenceNumber": user.Get("referenceNumber").Value()}
	name := kit.Body{"lastName": user.Get("lastName").Value()}
	for _, more := range []map[string]any{shared, kit.With(name, number), number, name} {
		if other := create(ctx, env, kit.With(body, more)); other.Success() {
			return other
		}
	}
	return makeUser(ctx, env)
}
