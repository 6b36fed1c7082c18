package tenants

import (
	"context"
	"strconv"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func createCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-CRT-01", Title: "a full body makes a user", Check: func(ctx context.Context, env *suite.Env) {
			body := person(env)
			user := create(ctx, env, body)
			env.ExpectAnswer(user)
			env.Expect(user).To(match.Member("email", body["email"]))
			answer := search(ctx, env, client.Query("email", body["email"]))
			env.Expect(answer).To(match.Success(), "the user is not there afterwards")
		}},
		{Requirement: "TEN-CRT-02", Title: "each user has an id of its own, above zero", Check: ownIDs},
		{Requirement: "TEN-CRT-03", Title: "the answer holds what was sent", Check: func(ctx context.Context, env *suite.Env) {
			body := person(env)
			user := env.Must(ctx, "createUser", home(env), client.JSON(body))
			takeBack(env, home(env), user)
			for _, member := range echoed() {
				env.Expect(user).To(match.Member(member, body[member]))
			}
		}},
		{Requirement: "TEN-CRT-04", Title: "search finds the user as it was answered", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			answer := search(ctx, env, client.Query("userId", user.Text("id")))
			env.Expect(answer).To(match.Success())
			same(env, answer, user)
		}},
		{Requirement: "TEN-CRT-13", Title: "a user without a username has the email for one, or none", Check: func(ctx context.Context, env *suite.Env) {
			body := without(person(env), "username")
			user := makeOf(ctx, env, body)
			either := gomega.Or(gomega.BeNil(), gomega.Equal(body["email"]))
			env.Expect(user).To(match.Member("username", either))
			env.Expect(found(ctx, env, user.Text("id"))).To(match.Member("username", either))
		}},
		{Requirement: "TEN-CRT-14", Title: "another user's id in the body is not taken over", Check: func(ctx context.Context, env *suite.Env) {
			other := makeUser(ctx, env)
			body := changed(person(env), "id", other.Get("id").Value())
			user := create(ctx, env, body)
			env.ExpectAnswer(user)
			if user.Success() {
				env.Expect(user).To(match.Member("id", gomega.Not(gomega.Equal(other.Get("id").Value()))))
				env.Expect(found(ctx, env, user.Text("id"))).To(match.Member("email", body["email"]))
			}
			same(env, found(ctx, env, other.Text("id")), other)
		}},
		{Requirement: "TEN-CRT-21", Title: "an unknown member does no harm", Check: func(ctx context.Context, env *suite.Env) {
			body := changed(changed(person(env), "shoeSize", 42), "favourite", map[string]any{"colour": "green"})
			user := create(ctx, env, body)
			env.ExpectAnswer(user)
			if user.Success() {
				env.Expect(user).To(match.Absent("shoeSize"))
				env.Expect(user).To(match.Absent("favourite"))
				env.Expect(found(ctx, env, user.Text("id"))).To(match.Member("email", body["email"]))
			}
		}},
	}
}

// echoed lists the members of which the create answer has to hold what was sent.
func echoed() []string {
	return []string{
		"firstName", "lastName", "email", "referenceNumber", "title", "preferredName", "phone", "postCode", "address1", "address2",
		"townCity", "countyState", "plannedHours", "weeklyHours",
	}
}

func ownIDs(ctx context.Context, env *suite.Env) {
	seen := map[string]bool{}
	for range 3 {
		user := makeUser(ctx, env)
		env.Expect(user).To(match.Member("id", wholeNumber()))
		env.Expect(user).To(match.Member("id", gomega.BeNumerically(">", 0)))
		env.Expect(user).To(match.Member("id", gomega.Satisfy(func(any) bool { return !seen[user.Text("id")] })), "another user has that id")
		seen[user.Text("id")] = true
	}
}

// after is the id that follows an id, where ids are numbers.
func after(id string) string {
	n, err := strconv.Atoi(id)
	if err != nil {
		return unusedID
	}
	return strconv.Itoa(n + 1)
}
