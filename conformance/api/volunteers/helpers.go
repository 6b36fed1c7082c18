package volunteers

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// unknownID is an identifier that no target has given to anything, for each number another.
func unknownID(env *suite.Env, nth int) int {
	id, _ := strconv.Atoi(env.Drawn(suite.UnknownNumber, nth)) // digits are a number
	return id
}

// word returns a unique word of letters only, so that no search cuts it in two.
func word(env *suite.Env, prefix string) string {
	return strings.ReplaceAll(env.Unique(prefix), "-", "")
}

// newEmail returns an email address that nobody else has and no mail reaches.
func newEmail(env *suite.Env) string { return env.Unique("rollcall") + "@example.com" }

// day returns the date that many days after the target's today, or before it.
func day(env *suite.Env, days int) string {
	return env.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly)
}

// bornYearsAgo returns the day on which somebody was born who is that old this year.
func bornYearsAgo(env *suite.Env, years int) string {
	return time.Date(env.Now().UTC().Year()-years, time.January, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// instant returns the moment that many hours after now, to the second.
func instant(env *suite.Env, hours int) string {
	return env.Now().UTC().Add(time.Duration(hours) * time.Hour).Truncate(time.Second).Format(time.RFC3339)
}

// ref names a record by its identifier, as bodies do.
func ref(id any) map[string]any { return map[string]any{"id": id} }

// unheard names a record that there is not.
func unheard(env *suite.Env) any { return ref(unknownID(env, 0)) }

// roleItem is the role that users of the suite start with: begun a month ago.
func roleItem(env *suite.Env) map[string]any {
	return map[string]any{
		"id":      kit.GivenNumber(env, "roleProfileId"),
		"team":    ref(kit.GivenNumber(env, "teamId")),
		"manager": ref(kit.GivenNumber(env, "managerUserId")),
		"start":   day(env, -30),
	}
}

// userBody is a valid body of createUser: the standard user with a date of birth,
// one role that began 30 days ago, a primary and another email address.
func userBody(env *suite.Env) map[string]any {
	return map[string]any{
		"first_name":   "Rowan",
		"last_name":    word(env, "Fern"),
		"dob":          bornYearsAgo(env, 36),
		"roleProfiles": []any{roleItem(env)},
		"emailAddresses": []any{
			map[string]any{"email": newEmail(env), "primary": true},
			map[string]any{"email": newEmail(env), "primary": false},
		},
		"send_password_reset_email": false,
	}
}

// makeUser creates a standard user of the case's own. No operation takes users
// back, so that nothing is tracked.
func makeUser(ctx context.Context, env *suite.Env) *client.Exchange {
	return makeUserOf(ctx, env, userBody(env))
}

// makeUserOf creates a user from the body. It ends the case as undetermined when
// that fails or the answer has no id.
func makeUserOf(ctx context.Context, env *suite.Env, body map[string]any) *client.Exchange {
	user := env.Must(ctx, "createUser", client.JSON(body))
	if user.Text("id") == "" {
		env.Undetermined("set-up failed: the created user has no id\n%s", match.Show(user))
	}
	tidied(ctx, env, user, body)
	return user
}

// of is the path to a user, or below it.
func of(user *client.Exchange) client.Option { return client.Path("userId", user.Text("id")) }

// idsOf returns the identifiers of users as text, for ids= and for comparison.
func idsOf(users ...*client.Exchange) []string {
	ids := make([]string, len(users))
	for i, user := range users {
		ids[i] = user.Text("id")
	}
	return ids
}

// among lists the users given and nobody else, as far as they pass the other
// filters. It expects the answer that the requirement asks for.
func among(ctx context.Context, env *suite.Env, users []*client.Exchange, filters ...client.Option) *client.Exchange {
	options := append([]client.Option{client.Query("ids", strings.Join(idsOf(users...), ","))}, filters...)
	list := listAll(ctx, env, "listUsers", options...)
	if env.Requirement().Expect.Status/100 == 2 {
		env.ExpectAnswer(list)
	}
	kit.Unbroken(env, list)
	return list
}

// expectUsers expects exactly these users in a list, in any order.
func expectUsers(env *suite.Env, list *client.Exchange, users ...*client.Exchange) {
	env.Expect(list).To(data.Only(idsOf(users...)...))
}

// anArray matches a member that is an array, of any length.
func anArray() any { return gomega.BeAssignableToTypeOf([]any{}) }

// someText matches a member that is a string with something in it.
func someText() any {
	return gomega.SatisfyAll(gomega.BeAssignableToTypeOf(""), gomega.Not(gomega.BeEmpty()))
}

// refusalBody expects what every refusal carries: a message and the status once
// more, as a number or as its digits.
func refusalBody(env *suite.Env, refusal *client.Exchange) {
	env.Expect(refusal).To(match.Member("message", someText()), "a refusal has a message")
	env.Expect(refusal).To(match.Present("status_code"), "a refusal has a status_code")
	env.Expect(refusal.Text("status_code")).To(gomega.Equal(fmt.Sprint(refusal.Status)), "status_code is the HTTP status")
}
