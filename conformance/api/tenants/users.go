package tenants

import (
	"context"
	"hash/fnv"
	"strconv"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// unusedID is an id that no user has, another for each case. Targets that count up from
// the least or down from the largest do not come by it.
func unusedID(env *suite.Env) string {
	const least, span = 1_000_000_007, 1_000_000_000
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(env.Unique("nobody"))) // never fails
	return strconv.Itoa(least + int(hash.Sum32()%span))
}

// likeNobody calls with ids that are only like the user's, who stays as before.
func likeNobody(ctx context.Context, env *suite.Env, user *client.Exchange, call func(id string) *client.Exchange) {
	before := reading(env, "userId", idOf(env, user))(ctx)
	for _, id := range suite.Alikes(idOf(env, user)) {
		answer := call(id)
		env.Expect(answer).ToNot(match.Success(), "the id %s is only like %s", id, idOf(env, user))
		if changed := match.Differences(before, reading(env, "userId", idOf(env, user))(ctx)); len(changed) > 0 {
			env.Fail("a call with the id %s changed %s of the user with the id %s", id, changed, idOf(env, user))
		}
	}
}

// likeNobodySought searches by ids that are only like the user's, and finds at most somebody
// else who has just that. Texts that are only like one are TEN-SRCH-13's, which is inferred.
func likeNobodySought(ctx context.Context, env *suite.Env, user *client.Exchange) {
	id := idOf(env, user)
	for _, like := range suite.Alikes(id) {
		if found := search(ctx, env, client.Query("userId", like)); found.Get("id").String() != like {
			env.Expect(found).ToNot(match.Success(), "who has the userId %s, which is only like %s", like, id)
		}
	}
}

// home names the tenant of the default caller.
func home(env *suite.Env) client.Option {
	return client.Path("tenantName", env.Given("tenantName"))
}

// abroad gives the caller of another tenant, and names that tenant.
func abroad(env *suite.Env) (*suite.Env, client.Option) {
	other := env.As("second-tenant")
	return other, client.Path("tenantName", other.Info("tenantName"))
}

// makeUser creates a plain user of the case's own.
func makeUser(ctx context.Context, env *suite.Env) *client.Exchange {
	return makeOf(ctx, env, person(env))
}

// makeOf creates a user of a body at home.
func makeOf(ctx context.Context, env *suite.Env, body map[string]any) *client.Exchange {
	return makeAt(ctx, env, home(env), body)
}

// makeForeign creates a user of the other tenant.
func makeForeign(ctx context.Context, env *suite.Env) *client.Exchange {
	other, there := abroad(env)
	body := stranger(other)
	user := redialled(ctx, env, body, func() *client.Exchange {
		return other.Call(ctx, "createUser", there, whole(ctx, other, "createUser", body))
	})
	if kit.Invalid(user) {
		env.Undetermined("set-up failed: the other tenant refuses each new user. What one has to have there, such as a groupId, "+
			"stands under personas.second-tenant.info of the target's file\n%s", match.Show(user))
	}
	return kit.Needed(env, user)
}

func makeAt(ctx context.Context, env *suite.Env, place client.Option, body map[string]any) *client.Exchange {
	user := redialled(ctx, env, body, func() *client.Exchange {
		return env.Call(ctx, "createUser", place, whole(ctx, env, "createUser", body))
	})
	return kit.Needed(env, user)
}

// takeBack has a user deactivated after the case, by whom it was made and where.
func takeBack(env *suite.Env, request client.Request, user *client.Exchange) {
	if id := user.Text("id"); id != "" {
		env.TrackCall("deactivateUser", client.Path("tenantName", request.PathValues["tenantName"]), client.Path("userId", id))
	}
}

// idOf is the id of a user whom the case goes on with. Without one it can't.
func idOf(env *suite.Env, user *client.Exchange) string {
	id := user.Text("id")
	if id == "" {
		env.Undetermined("set-up failed: the answer has no id\n%s", match.Show(user))
	}
	return id
}

// create sends a body, whatever comes of it.
func create(ctx context.Context, env *suite.Env, body map[string]any, more ...client.Option) *client.Exchange {
	return redialled(ctx, env, body, func() *client.Exchange {
		return createRaw(ctx, env, append([]client.Option{whole(ctx, env, "createUser", body)}, more...)...)
	})
}

func createRaw(ctx context.Context, env *suite.Env, options ...client.Option) *client.Exchange {
	return env.Call(ctx, "createUser", append([]client.Option{home(env)}, options...)...)
}

// update sends a body for a user.
func update(ctx context.Context, env *suite.Env, id string, body map[string]any, more ...client.Option) *client.Exchange {
	return env.Call(ctx, "updateUser", append([]client.Option{home(env), client.Path("userId", id),
		whole(ctx, env, "updateUser", body)}, more...)...)
}

// replace is an update that has to succeed for the case to go on. Most of the body
// is what the target answered.
func replace(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any) *client.Exchange {
	return env.Must(ctx, "updateUser", home(env), client.Path("userId", idOf(env, user)),
		whole(ctx, env, "updateUser", body), client.Echo())
}

func deactivate(ctx context.Context, env *suite.Env, id string, more ...client.Option) *client.Exchange {
	return env.Call(ctx, "deactivateUser", append([]client.Option{home(env), client.Path("userId", id)}, more...)...)
}

// search looks for a user at home by the criteria.
func search(ctx context.Context, env *suite.Env, criteria ...client.Option) *client.Exchange {
	return env.Call(ctx, "searchUser", append([]client.Option{home(env)}, criteria...)...)
}

// found is a search by id that has to succeed for the case to go on.
func found(ctx context.Context, env *suite.Env, id string) *client.Exchange {
	return env.Must(ctx, "searchUser", home(env), client.Query("userId", id))
}

// reading reads the user that a criterion finds, or that there is none.
func reading(env *suite.Env, criterion, value string) suite.Read {
	return env.StateOf("searchUser", home(env), client.Query(criterion, value))
}

// bystanders reads users whom a call that names somebody else has to leave alone: those
// given, and one who was there before the run.
func bystanders(env *suite.Env, users ...*client.Exchange) (reads []suite.Read) {
	for _, user := range users {
		reads = append(reads, reading(env, "userId", idOf(env, user)))
	}
	if env.Has("given:userId") {
		reads = append(reads, reading(env, "userId", env.Given("userId")))
	}
	return reads
}

// standing is the user who was there before the run, as the run first saw it; nil where the target
// gives none.
func standing(ctx context.Context, env *suite.Env) *client.Exchange {
	if !env.Has("given:userId") {
		return nil
	}
	return env.AtFirst("the user who was there before", func() *client.Exchange { return found(ctx, env, env.Given("userId")) })
}

// readingOf reads the user whom a body's email or reference number would find.
func readingOf(env *suite.Env, body map[string]any) []suite.Read {
	var reads []suite.Read
	if email, ok := body["email"].(string); ok {
		reads = append(reads, reading(env, "email", email))
	}
	if number, ok := body["referenceNumber"].(string); ok {
		reads = append(reads, reading(env, "refNum", number))
	}
	return reads
}
