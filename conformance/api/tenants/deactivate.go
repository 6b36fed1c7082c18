package tenants

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func deactivateCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-DEL-01", Title: "an existing user is deactivated", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			before := asKnown(ctx, env, user)
			env.ExpectAnswer(deactivate(ctx, env, idOf(env, user)))
			inactive(env, search(ctx, env, client.Query("userId", idOf(env, user))), before)
		}},
		{Requirement: "TEN-DEL-02", Title: "an id that no user has is not found", Check: func(ctx context.Context, env *suite.Env) {
			reads := []suite.Read{reading(env, "userId", idOf(env, makeUser(ctx, env))), reading(env, "userId", unusedID)}
			if env.Has("given:userId") { // somebody who was there before
				reads = append(reads, reading(env, "userId", env.Given("userId")))
			}
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return deactivate(ctx, env, unusedID) }, reads...)
		}},
		{Requirement: "TEN-DEL-03", Title: "search tells that a user is deactivated", Check: func(ctx context.Context, env *suite.Env) {
			body := person(env)
			user := makeOf(ctx, env, body)
			before := asKnown(ctx, env, user)
			env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
			values := criteriaOf(env, user, body)
			for _, name := range criteria() {
				answer := search(ctx, env, client.Query(name, values[name]))
				env.ExpectAnswer(answer)
				inactive(env, answer, before)
			}
		}},
		{Requirement: "TEN-DEL-04", Title: "deactivating once more does no harm", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
			before := search(ctx, env, client.Query("userId", idOf(env, user)))
			again := deactivate(ctx, env, idOf(env, user))
			env.Expect(again).To(match.Answer(env.Requirement(), env.Strict()))
			now := search(ctx, env, client.Query("userId", idOf(env, user)))
			env.Expect(now).To(match.Status(before.Status))
			if now.Success() {
				same(env, now, before)
			}
		}},
		{Requirement: "TEN-DEL-05", Title: "an id that is no whole number is refused", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			for _, id := range []string{"abc", idOf(env, user) + ".5", idOf(env, user) + "x"} {
				env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return deactivate(ctx, env, id) }, reading(env, "userId", idOf(env, user)))
			}
		}},
		{Requirement: "TEN-DEL-06", Title: "nobody else is touched", Check: func(ctx context.Context, env *suite.Env) {
			before, user, later := makeUser(ctx, env), makeUser(ctx, env), makeUser(ctx, env)
			was := []*client.Exchange{found(ctx, env, idOf(env, before)), found(ctx, env, idOf(env, later))}
			env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
			for i, bystander := range []*client.Exchange{before, later} {
				now := search(ctx, env, client.Query("userId", idOf(env, bystander)))
				env.Expect(now).To(match.Success(), "another user is gone")
				same(env, now, was[i])
			}
		}},
		{Requirement: "TEN-DEL-07", Title: "the body is empty or JSON", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			answer := env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
			if len(answer.Body) > 0 && !json.Valid(answer.Body) {
				env.Expect(answer).To(match.Empty())
			}
		}},
		{Requirement: "TEN-DEL-09", Title: "an update of a deactivated user is answered clearly", Check: backAgain},
	}
}

// asKnown is what search says of a user, or what the create said where search does not
// find it, which is another requirement's business.
func asKnown(ctx context.Context, env *suite.Env, user *client.Exchange) *client.Exchange {
	if answer := search(ctx, env, client.Query("userId", idOf(env, user))); answer.Success() {
		return answer
	}
	return user
}

// inactive expects that a search after a deactivation shows another status than the
// search before, or finds nobody.
func inactive(env *suite.Env, answer, before *client.Exchange) {
	if answer.Success() {
		env.Expect(answer).To(match.Member("id", before.Get("id").Value()))
		if reflect.DeepEqual(answer.Get("status").Value(), before.Get("status").Value()) {
			env.Fail("the status is what it was before the deactivation\n%s", match.Show(answer))
		}
		return
	}
	env.Expect(answer).To(match.Status(http.StatusNotFound))
}

// backAgain updates a deactivated user. Whoever takes the update has to keep it.
func backAgain(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	env.Must(ctx, "deactivateUser", home(env), client.Path("userId", idOf(env, user)))
	body := changed(sent(user), "lastName", "Pemberton")
	answer := update(ctx, env, idOf(env, user), body)
	env.ExpectAnswer(answer)
	if answer.Success() {
		env.Expect(answer).To(match.Member("lastName", "Pemberton"))
		now := search(ctx, env, client.Query("userId", idOf(env, user)))
		if now.Status != http.StatusNotFound { // deactivated users need not be found
			env.Expect(now).To(match.Member("lastName", "Pemberton"))
		}
	}
}
