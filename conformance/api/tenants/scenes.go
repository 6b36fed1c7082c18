package tenants

import (
	"context"
	"encoding/json"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// scenes are the writes beside other users of the tenant, whom search reads: there is no
// read of a user's own path. One has as much set as the target takes, one has all in common with
// the user that may be, one is the last there is, of an update one is deactivated, and one was there
// before the run, where the target gives it.
func scenes() map[string]suite.SceneOf {
	return map[string]suite.SceneOf{"createUser": beginning, "updateUser": moving, "deactivateUser": ending}
}

// beginning makes a new user, and new ones who have the names, or the number, of another. It makes no
// other write, so that whatever changes comes of that.
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
// Then it is given other values, and the number of somebody else, and last what the twin has of it.
func moving(ctx context.Context, env *suite.Env) suite.Scene {
	rich, set := makeRich(ctx, env)
	plain := makeUser(ctx, env) // just before the one that is written
	user := makeOf(ctx, env, likeRich(env, set, kit.Body{"lastName": "Pemberton"}))
	at := func(body map[string]any) []client.Option {
		return []client.Option{home(env), client.Path("userId", idOf(env, user)), whole(ctx, env, "updateUser", body)}
	}
	all := others(env)
	all = append(all, map[string]any{"programmeStartDate": "2024-10-07"}, map[string]any{"dateOfBirth": "2003-11-05"})
	scene := suite.Scene{Request: prepareFor(ctx, env, "updateUser", user).Options}
	scene.More = [][]client.Option{scene.Request, at(kit.Fill(kit.Fill(map[string]any{}, all...), renamed(user)))}
	first, last := fullName(env)
	all = append(all, map[string]any{"referenceNumber": plain.Get("referenceNumber").Value()},
		map[string]any{"phone": telephone(env)}, map[string]any{"firstName": first, "lastName": last})
	for _, group := range all {
		scene.More = append(scene.More, at(kit.With(renamed(user), group)))
	}
	double, gone := twin(ctx, env, user), ended(ctx, env)
	scene.Untouched = append(seen(ctx, env, plain, rich, double, makeUser(ctx, env)), gone)
	return scene
}

// likeRich is a new person who has as much set as a user who was taken.
func likeRich(env *suite.Env, set map[string]any, changes kit.Body) map[string]any {
	if set["personalEmail"] != nil {
		set = kit.With(set, kit.Body{"personalEmail": env.Unique("home") + "@example.org"})
	}
	return kit.With(kit.Fill(person(env), set), changes)
}

// ending deactivates a user twice. Nobody is deactivated before that: what else comes with it is to be
// seen with the first.
func ending(ctx context.Context, env *suite.Env) suite.Scene {
	rich, set := makeRich(ctx, env)
	plain, user := makeUser(ctx, env), makeOf(ctx, env, likeRich(env, set, nil))
	scene := suite.Scene{Request: prepareFor(ctx, env, "deactivateUser", user).Options}
	scene.More = [][]client.Option{scene.Request}
	scene.Untouched = seen(ctx, env, plain, rich, twin(ctx, env, user), makeUser(ctx, env))
	return scene
}

// ended reads a user who is deactivated.
func ended(ctx context.Context, env *suite.Env) suite.Read {
	user := makeUser(ctx, env)
	deactivate(ctx, env, idOf(env, user))
	return readingEnded(env, user)
}

// readingEnded reads a user who was deactivated after it was made. A status may still move on from
// one to the next, but not back to what it was.
func readingEnded(env *suite.Env, user *client.Exchange) suite.Read {
	return func(ctx context.Context) []byte {
		now := search(ctx, env, client.Query("userId", idOf(env, user)))
		state := map[string]any{"status": now.Status}
		if now.Success() {
			back := now.Text("status") == user.Text("status")
			state["body"] = kit.With(sent(now), kit.Body{"status as before": back}, kit.Without("status"))
		}
		text, _ := json.Marshal(state) // what was decoded always encodes
		return text
	}
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
	apart := kit.With(shared, kit.Without("personalEmail"), kit.Body{"phone": body["phone"]}) // if these are each one's own, too
	for _, more := range []map[string]any{shared, apart, kit.With(name, number), number, name} {
		if other := create(ctx, env, kit.With(body, more)); other.Success() {
			return other
		}
	}
	return makeUser(ctx, env)
}
