package tenants

import (
	"context"
	"maps"
	"net/http"
	"reflect"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func updateCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-UPD-01", Title: "a valid body is answered with the user", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			answer := update(ctx, env, idOf(env, user), changed(sent(user), "lastName", "Pemberton"))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.Member("lastName", "Pemberton"))
			env.Expect(answer).To(match.Member("email", user.Text("email")))
		}},
		{Requirement: "TEN-UPD-02", Title: "the answer has the id of the path", Check: func(ctx context.Context, env *suite.Env) {
			for _, user := range []*client.Exchange{makeUser(ctx, env), makeUser(ctx, env)} {
				answer := replace(ctx, env, user, changed(sent(user), "lastName", "Pemberton"))
				env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
			}
		}},
		{Requirement: "TEN-UPD-03", Title: "search gives the new values", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := changed(changed(sent(user), "lastName", "Pemberton"), "preferredName", "Sian")
			newValues(ctx, env, user, body, "lastName", "preferredName")
			newValues(ctx, env, user, changed(body, "weeklyHours", 24), "lastName", "preferredName", "weeklyHours")
		}},
		{Requirement: "TEN-UPD-06", Title: "with everything sent back and one thing changed, the rest stays", Check: func(ctx context.Context, env *suite.Env) {
			user, set := makeRich(ctx, env)
			restStays(ctx, env, user, set)
		}},
		{Requirement: "TEN-UPD-06", Title: "the rest stays of a user who refers to nothing, too", Check: func(ctx context.Context, env *suite.Env) {
			body := loner(env)
			user := create(ctx, env, body)
			if refusedAsInvalid(user) { // it has to refer to something
				body = person(env)
				user = makeOf(ctx, env, body)
			}
			restStays(ctx, env, needed(env, user), body)
		}},
		{Requirement: "TEN-UPD-07", Title: "the same update twice has the same answer", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := changed(sent(user), "lastName", "Pemberton")
			first := update(ctx, env, idOf(env, user), body)
			env.ExpectAnswer(first)
			again := update(ctx, env, idOf(env, user), body)
			env.ExpectAnswer(again)
			same(env, again, first)
			same(env, found(ctx, env, idOf(env, user)), first)
		}},
		{Requirement: "TEN-UPD-10", Title: "another user's id in the body does not move the update", Check: otherID},
		{Requirement: "TEN-UPD-11", Title: "search follows a changed email", Check: follows("email", "email", "@example.com")},
		{Requirement: "TEN-UPD-11", Title: "search follows a changed referenceNumber", Check: follows("referenceNumber", "refNum", "")},
	}
}

// newValues updates a user and looks for some of the values in a search. Numbers of
// hours are values that a target may refuse.
func newValues(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any, members ...string) {
	answer := update(ctx, env, idOf(env, user), body)
	if _, hours := body["weeklyHours"]; hours && refusedAsInvalid(answer) {
		return
	}
	needed(env, answer)
	answer = search(ctx, env, client.Query("userId", idOf(env, user)))
	env.Expect(answer).To(match.Success())
	for _, member := range members {
		env.Expect(answer).To(match.Member(member, body[member]))
	}
}

// restStays changes one member of a user, sends all others that are set as they were
// read, and expects those that are the user's own to read as before.
func restStays(ctx context.Context, env *suite.Env, user *client.Exchange, set map[string]any) {
	body := changed(sent(user), "lastName", "Pemberton")
	answer := replace(ctx, env, user, body)
	for _, now := range []*client.Exchange{answer, found(ctx, env, idOf(env, user))} {
		for _, member := range slices.Sorted(maps.Keys(set)) {
			value := spelt(member, body[member])
			if value == nil || slices.Contains(derived(), member) {
				continue
			}
			if !reflect.DeepEqual(spelt(member, now.Get(member).Value()), value) {
				env.Expect(now).To(match.Member(member, body[member]), "%s did not stay", member)
			}
		}
	}
}

func otherID(ctx context.Context, env *suite.Env) {
	user, other := makeUser(ctx, env), makeUser(ctx, env)
	body := changed(changed(sent(user), "lastName", "Pemberton"), "id", other.Get("id").Value())
	answer := update(ctx, env, idOf(env, user), body)
	env.ExpectAnswer(answer)
	if answer.Success() {
		env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
		env.Expect(found(ctx, env, idOf(env, user))).To(match.Member("lastName", "Pemberton"))
	}
	same(env, found(ctx, env, idOf(env, other)), other)
}

// follows changes a member that search looks at.
func follows(member, criterion, suffix string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		set := person(env)
		user := makeOf(ctx, env, set)
		fresh := env.Unique("rollcall") + suffix
		replace(ctx, env, user, changed(sent(user), member, fresh))
		answer := search(ctx, env, client.Query(criterion, fresh))
		env.Expect(answer).To(match.Success(), "the new value finds nobody")
		env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
		env.Expect(answer).To(match.Member(member, fresh))
		old := search(ctx, env, client.Query(criterion, set[member]))
		env.Expect(old).To(match.Status(http.StatusNotFound), "the old value still finds somebody")
	}
}
