package tenants

import (
	"context"
	"net/http"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func updateCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-UPD-01", Title: "a full body is answered with the user", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			answer := update(ctx, env, user.Text("id"), changed(sent(user), "lastName", "Pemberton"))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.Member("lastName", "Pemberton"))
			env.Expect(answer).To(match.Member("email", user.Text("email")))
		}},
		{Requirement: "TEN-UPD-02", Title: "the answer has the id of the path", Check: func(ctx context.Context, env *suite.Env) {
			makeUser(ctx, env)
			user := makeUser(ctx, env)
			answer := replace(ctx, env, user, changed(sent(user), "lastName", "Pemberton"))
			env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
		}},
		{Requirement: "TEN-UPD-03", Title: "search gives the new values", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := changed(changed(changed(sent(user), "lastName", "Pemberton"), "weeklyHours", 24), "preferredName", "Sian")
			replace(ctx, env, user, body)
			answer := search(ctx, env, client.Query("userId", user.Text("id")))
			env.Expect(answer).To(match.Success())
			for _, member := range []string{"lastName", "weeklyHours", "preferredName"} {
				env.Expect(answer).To(match.Member(member, body[member]))
			}
		}},
		{Requirement: "TEN-UPD-06", Title: "with everything sent back and one thing changed, the rest stays", Check: func(ctx context.Context, env *suite.Env) {
			restStays(ctx, env, makeUser(ctx, env))
		}},
		{Requirement: "TEN-UPD-06", Title: "the rest stays of a user who refers to nothing, too", Check: func(ctx context.Context, env *suite.Env) {
			restStays(ctx, env, makeOf(ctx, env, loner(env)))
		}},
		{Requirement: "TEN-UPD-07", Title: "the same update twice has the same answer", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := changed(sent(user), "lastName", "Pemberton")
			first := update(ctx, env, user.Text("id"), body)
			env.ExpectAnswer(first)
			again := update(ctx, env, user.Text("id"), body)
			env.ExpectAnswer(again)
			same(env, again, first)
			same(env, found(ctx, env, user.Text("id")), first)
		}},
		{Requirement: "TEN-UPD-10", Title: "another user's id in the body does not move the update", Check: otherID},
		{Requirement: "TEN-UPD-11", Title: "search follows a changed email", Check: follows("email", "email", "@example.com")},
		{Requirement: "TEN-UPD-11", Title: "search follows a changed referenceNumber", Check: follows("referenceNumber", "refNum", "")},
	}
}

// restStays changes one member of a user, sends all others as they were read,
// and expects them to read as before.
func restStays(ctx context.Context, env *suite.Env, user *client.Exchange) {
	body := sent(user)
	body["lastName"] = "Pemberton"
	answer := replace(ctx, env, user, body)
	for _, now := range []*client.Exchange{answer, found(ctx, env, user.Text("id"))} {
		for member, value := range body {
			env.Expect(now).To(match.Member(member, value))
		}
	}
}

func otherID(ctx context.Context, env *suite.Env) {
	user, other := makeUser(ctx, env), makeUser(ctx, env)
	body := changed(changed(sent(user), "lastName", "Pemberton"), "id", other.Get("id").Value())
	answer := update(ctx, env, user.Text("id"), body)
	env.ExpectAnswer(answer)
	if answer.Success() {
		env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
		env.Expect(found(ctx, env, user.Text("id"))).To(match.Member("lastName", "Pemberton"))
	}
	same(env, found(ctx, env, other.Text("id")), other)
}

// follows changes a member that search looks at.
func follows(member, criterion, suffix string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		old, fresh := user.Text(member), env.Unique("rollcall")+suffix
		replace(ctx, env, user, changed(sent(user), member, fresh))
		answer := search(ctx, env, client.Query(criterion, fresh))
		env.Expect(answer).To(match.Success(), "the new value finds nobody")
		env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
		env.Expect(answer).To(match.Member(member, gomega.Equal(fresh)))
		env.Expect(search(ctx, env, client.Query(criterion, old))).To(match.Status(http.StatusNotFound), "the old value still finds somebody")
	}
}
