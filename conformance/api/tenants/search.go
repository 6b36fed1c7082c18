package tenants

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func criterionCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-SRCH-01", Title: "the userId alone finds the user", Check: alone("userId", "id")},
		{Requirement: "TEN-SRCH-02", Title: "the refNum alone finds the user", Check: alone("refNum", "referenceNumber")},
		{Requirement: "TEN-SRCH-03", Title: "the email alone finds the user", Check: alone("email", "email")},
		{Requirement: "TEN-SRCH-04", Title: "two or three criteria of one user find it", Check: together},
		{Requirement: "TEN-SRCH-05", Title: "a userId, a refNum or an email of nobody finds nobody", Check: func(ctx context.Context, env *suite.Env) {
			makeUser(ctx, env) // somebody who must not be answered instead
			env.ExpectRefused(search(ctx, env, client.Query("userId", unusedID)))
			env.ExpectRefused(search(ctx, env, client.Query("refNum", env.Unique("LRN"))))
			env.ExpectRefused(search(ctx, env, client.Query("email", env.Unique("nobody")+"@example.com")))
		}},
		{Requirement: "TEN-SRCH-06", Title: "a userId that is no whole number is refused", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			for _, id := range []string{"abc", "1.5", user.Text("id") + "x"} {
				env.ExpectRefused(search(ctx, env, client.Query("userId", id)))
				env.ExpectRefused(search(ctx, env, client.Query("userId", id), client.Query("email", user.Text("email"))))
			}
		}},
		{Requirement: "TEN-SRCH-07", Title: "the answer is one user, not a list", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			for name, member := range criteria() {
				answer := env.Must(ctx, "searchUser", home(env), client.Query(name, user.Text(member)))
				env.Expect(answer).To(match.JSONBody(gomega.BeAssignableToTypeOf(map[string]any{})))
				env.Expect(answer).To(match.Member("id", user.Get("id").Value()))
				env.Expect(answer).To(match.Member("lastName", user.Text("lastName")))
			}
		}},
		{Requirement: "TEN-SRCH-09", Title: "a search for nothing in particular finds nobody", Check: func(ctx context.Context, env *suite.Env) {
			makeUser(ctx, env)
			env.ExpectRefused(search(ctx, env))
		}},
		{Requirement: "TEN-SRCH-10", Title: "a userId beyond 32 bits is refused", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			for _, id := range []string{"2147483648", "99999999999", "-2147483649"} {
				env.ExpectRefused(search(ctx, env, client.Query("userId", id)))
				env.ExpectRefused(search(ctx, env, client.Query("userId", id), client.Query("email", user.Text("email"))))
			}
		}},
		{Requirement: "TEN-SRCH-11", Title: "a userId of zero or below finds nobody", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			for _, id := range []string{"0", "-1", "-" + user.Text("id"), "-2147483648"} {
				env.ExpectRefused(search(ctx, env, client.Query("userId", id)))
			}
		}},
	}
}

// criteria names the query parameters and the members that they look at.
func criteria() map[string]string {
	return map[string]string{"userId": "id", "refNum": "referenceNumber", "email": "email"}
}

// alone searches by one criterion for the newer of two users.
func alone(criterion, member string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		makeUser(ctx, env)
		user := makeUser(ctx, env)
		answer := search(ctx, env, client.Query(criterion, user.Text(member)))
		env.ExpectAnswer(answer)
		is(env, answer, user)
	}
}

// is expects an answer to be a user.
func is(env *suite.Env, answer, user *client.Exchange) {
	for _, member := range []string{"id", "referenceNumber", "email"} {
		env.Expect(answer).To(match.Member(member, user.Get(member).Value()))
	}
}

func together(ctx context.Context, env *suite.Env) {
	makeUser(ctx, env)
	user := makeUser(ctx, env)
	id, number := client.Query("userId", user.Text("id")), client.Query("refNum", user.Text("referenceNumber"))
	email := client.Query("email", user.Text("email"))
	for _, asked := range [][]client.Option{{id, number}, {id, email}, {number, email}, {id, number, email}} {
		answer := search(ctx, env, asked...)
		env.ExpectAnswer(answer)
		is(env, answer, user)
	}
}

func matchCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-SRCH-08", Title: "criteria of two users find neither", Check: func(ctx context.Context, env *suite.Env) {
			one, other := makeUser(ctx, env), makeUser(ctx, env)
			for name, member := range criteria() {
				for also, with := range criteria() {
					if name != also {
						env.ExpectRefused(search(ctx, env, client.Query(name, one.Text(member)), client.Query(also, other.Text(with))))
					}
				}
			}
			env.ExpectRefused(search(ctx, env, client.Query("userId", one.Text("id")), client.Query("refNum", env.Unique("LRN"))))
		}},
		{Requirement: "TEN-SRCH-12", Title: "an email in capitals finds its user", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			answer := search(ctx, env, client.Query("email", strings.ToUpper(user.Text("email"))))
			env.ExpectAnswer(answer)
			if answer.Success() {
				is(env, answer, user)
			}
		}},
		{Requirement: "TEN-SRCH-13", Title: "part of an email finds nobody", Check: func(ctx context.Context, env *suite.Env) {
			email := makeUser(ctx, env).Text("email")
			for _, part := range []string{email[:len(email)/2], email[:len(email)-1]} {
				env.ExpectRefused(search(ctx, env, client.Query("email", part)))
			}
		}},
		{Requirement: "TEN-SRCH-14", Title: "an email with a plus sign is found by its encoded form", Check: func(ctx context.Context, env *suite.Env) {
			user := makeOf(ctx, env, changed(person(env), "email", env.Unique("rollcall+tag")+"@example.com"))
			answer := search(ctx, env, client.Query("email", user.Text("email")))
			env.ExpectAnswer(answer)
			is(env, answer, user)
		}},
		{Requirement: "TEN-SRCH-15", Title: "an unknown query parameter changes nothing", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			plain := found(ctx, env, user.Text("id"))
			for _, more := range []client.Option{client.Query("x", "1"), client.Query("firstName", "Nobody")} {
				answer := search(ctx, env, client.Query("userId", user.Text("id")), more)
				env.ExpectAnswer(answer)
				same(env, answer, plain)
			}
		}},
		{Requirement: "TEN-SRCH-16", Title: "an email of another tenant finds nobody", Check: func(ctx context.Context, env *suite.Env) {
			other, there := abroad(env)
			foreign := makeForeign(ctx, env)
			other.Must(ctx, "searchUser", there, client.Query("email", foreign.Text("email")))
			answer := search(ctx, env, client.Query("email", foreign.Text("email")))
			env.ExpectRefused(answer)
			silent(env, answer, foreign)
		}},
	}
}

// same expects two answers to hold the same JSON.
func same(env *suite.Env, answer, as *client.Exchange) {
	different := match.Differences(as.Body, answer.Body)
	slices.Sort(different)
	env.Expect(answer).To(match.JSONBody(gomega.Satisfy(func(any) bool { return len(different) == 0 })),
		"it differs from an earlier answer in %q:\n%s", different, match.Show(as))
}
