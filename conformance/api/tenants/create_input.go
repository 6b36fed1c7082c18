package tenants

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func inputCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-CRT-05", Title: "members of the wrong type are refused", Check: func(ctx context.Context, env *suite.Env) {
			for _, member := range numbers() {
				notCreated(ctx, env, member, "abc")
			}
			notCreated(ctx, env, "phone", 1632960417)
			notCreated(ctx, env, "townCity", []string{"Leeds"})
		}},
		{Requirement: "TEN-CRT-06", Title: "numbers beyond 32 bits are refused", Check: func(ctx context.Context, env *suite.Env) {
			for _, member := range numbers() {
				notCreated(ctx, env, member, 99999999999)
			}
			notCreated(ctx, env, "plannedHours", 2147483648)
			notCreated(ctx, env, "weeklyHours", -2147483649)
		}},
		{Requirement: "TEN-CRT-07", Title: "text for jobActiveSync is refused", Check: func(ctx context.Context, env *suite.Env) {
			notCreated(ctx, env, "jobActiveSync", "maybe")
			notCreated(ctx, env, "jobActiveSync", "true")
		}},
		{Requirement: "TEN-CRT-08", Title: "an empty body is refused", Check: func(ctx context.Context, env *suite.Env) {
			nothingMade(ctx, env, client.Raw(nil, "application/json"))
		}},
		{Requirement: "TEN-CRT-08", Title: "an empty object is refused", Check: func(ctx context.Context, env *suite.Env) {
			nothingMade(ctx, env, client.JSON(struct{}{}))
		}},
		{Requirement: "TEN-CRT-09", Title: "a body without firstName is refused", Check: lacking("firstName")},
		{Requirement: "TEN-CRT-09", Title: "a body without lastName is refused", Check: lacking("lastName")},
		{Requirement: "TEN-CRT-09", Title: "a body without email is refused", Check: lacking("email")},
		{Requirement: "TEN-CRT-10", Title: "an email that is no address is refused", Check: func(ctx context.Context, env *suite.Env) {
			for _, email := range []string{"not-an-email", "@example.com", env.Unique("nobody") + "@", "two words@example.com"} {
				notCreated(ctx, env, "email", email)
			}
		}},
		{Requirement: "TEN-CRT-15", Title: "a birthday that is not in the calendar is refused", Check: func(ctx context.Context, env *suite.Env) {
			for _, date := range []string{"2001-02-30", "2003-02-29", "2004-13-01"} {
				notCreated(ctx, env, "dateOfBirth", date)
			}
		}},
		{Requirement: "TEN-CRT-19", Title: "a name of 300 characters is refused", Check: func(ctx context.Context, env *suite.Env) {
			notCreated(ctx, env, "firstName", strings.Repeat("Si", 150))
		}},
	}
}

// notCreated sends a body that is right but for one member and expects it to be
// refused without a trace.
func notCreated(ctx context.Context, env *suite.Env, member string, value any) {
	body := changed(person(env), member, value)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, body) }, readingOf(env, body)...)
}

// nothingMade sends a body that names nobody. What it would make has no criterion
// to be found by but an id, which where nobody else writes may be the next one.
func nothingMade(ctx context.Context, env *suite.Env, body client.Option) {
	var reads []suite.Read
	if env.Has("worlds") {
		reads = append(reads, reading(env, "userId", after(makeUser(ctx, env).Text("id"))))
	}
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return env.Call(ctx, "createUser", home(env), body) }, reads...)
}

// lacking leaves one member out. Only a strict reading asks for a refusal.
func lacking(member string) func(context.Context, *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		body := without(person(env), member)
		if env.Strict() {
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, body) }, readingOf(env, body)...)
			return
		}
		env.Expect(create(ctx, env, body)).To(match.Status(env.Requirement().Expect.Accept...))
	}
}

func refusedCases() []suite.Case {
	return []suite.Case{
		{Requirement: "TEN-CRT-20", Title: "nobody is left behind by a refused create", Check: func(ctx context.Context, env *suite.Env) {
			taken := makeUser(ctx, env)
			tried, refusals := 0, map[string]any{"groupId": "abc", "dateOfBirth": "2001-02-30", "email": taken.Text("email"),
				"username": taken.Text("username"), "employerId": 2147483647, "jobActiveSync": "maybe"}
			for _, member := range []string{"groupId", "dateOfBirth", "email", "username", "employerId", "jobActiveSync"} {
				body := changed(person(env), member, refusals[member])
				refused := create(ctx, env, body)
				if refused.Success() {
					continue
				}
				tried++
				for _, criterion := range []string{"email", "refNum"} {
					value := map[string]any{"email": body["email"], "refNum": body["referenceNumber"]}[criterion]
					if criterion == "email" && member == "email" {
						continue // it finds the user who has it
					}
					env.Expect(search(ctx, env, client.Query(criterion, value))).To(match.Status(http.StatusNotFound),
						"a create that was refused with %d has left a user behind", refused.Status)
				}
			}
			if tried == 0 {
				env.Undetermined("no create was refused, so that nothing could be left behind")
			}
		}},
	}
}

func takenCases() []suite.Case {
	taken := func(member string) func(context.Context, *suite.Env) {
		return func(ctx context.Context, env *suite.Env) {
			first := makeUser(ctx, env)
			if first.Text(member) == "" {
				env.Undetermined("the target did not keep the %s that was sent", member)
			}
			body := changed(person(env), member, first.Text(member))
			reads := slices.Concat([]suite.Read{reading(env, "userId", first.Text("id"))}, readingOf(env, body))
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return create(ctx, env, body) }, reads...)
		}
	}
	return []suite.Case{
		{Requirement: "TEN-CRT-11", Title: "an email that another user has is refused", Check: taken("email")},
		{Requirement: "TEN-CRT-12", Title: "a username that another user has is refused", Check: taken("username")},
	}
}
