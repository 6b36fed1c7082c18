package tenants

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func shapeCases() []suite.Case {
	return slices.Concat(
		ofEach("TEN-GEN-04", "the body is the user itself, with an integer id", answering(), bare),
		[]suite.Case{{Requirement: "TEN-GEN-05", Title: "the same user has the same members in all three answers", Check: sameMembers}},
		ofEach("TEN-GEN-06", "every documented member is there as it is spelt", answering(), everyMember),
		ofEach("TEN-GEN-07", "numbers are whole and of 32 bits", answering(), func(ctx context.Context, env *suite.Env, o string) {
			typed(env, succeed(ctx, env, o), append(numbers(), "id"), wholeNumber())
		}),
		ofEach("TEN-GEN-08", "texts are strings", answering(), func(ctx context.Context, env *suite.Env, o string) {
			typed(env, succeed(ctx, env, o), texts(), gomega.BeAssignableToTypeOf(""))
		}),
		ofEach("TEN-GEN-09", "jobActiveSync is a boolean", answering(), func(ctx context.Context, env *suite.Env, o string) {
			typed(env, succeed(ctx, env, o), []string{"jobActiveSync"}, gomega.BeAssignableToTypeOf(true))
		}),
	)
}

// wholeNumber matches a JSON number that is whole and fits 32 bits.
func wholeNumber() types.GomegaMatcher {
	return gomega.Satisfy(func(value any) bool {
		number, ok := value.(float64)
		return ok && number == math.Trunc(number) && number >= math.MinInt32 && number <= math.MaxInt32
	})
}

func bare(ctx context.Context, env *suite.Env, operation string) {
	body := person(env)
	user := makeOf(ctx, env, body)
	answer := user
	switch operation {
	case "searchUser":
		answer = env.Must(ctx, operation, home(env), client.Query("email", body["email"]))
	case "updateUser":
		answer = env.Must(ctx, operation, home(env), client.Path("userId", soleID(ctx, env, user, body)), client.JSON(body))
	}
	env.Expect(answer).To(match.JSONBody(gomega.BeAssignableToTypeOf(map[string]any{})))
	env.Expect(answer).To(match.Member("id", wholeNumber()))
	env.Expect(answer).To(match.Member("email", body["email"]))
	env.Expect(answer).To(match.Member("referenceNumber", body["referenceNumber"]))
}

// soleID is a new user's id, by search when the create answer does not have it.
func soleID(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any) string {
	if id := user.Text("id"); id != "" {
		return id
	}
	return env.Must(ctx, "searchUser", home(env), client.Query("email", body["email"])).Text("id")
}

func sameMembers(ctx context.Context, env *suite.Env) {
	created := makeUser(ctx, env)
	id := created.Text("id")
	searched := found(ctx, env, id)
	updated := replace(ctx, env, created, changed(sent(created), "lastName", "Pemberton"))
	for _, pair := range [][2]*client.Exchange{{created, searched}, {created, updated}, {searched, updated}} {
		for _, way := range [][2]*client.Exchange{pair, {pair[1], pair[0]}} {
			missing := lacks(env, way[0], way[1])
			env.Expect(way[1]).To(match.JSONBody(gomega.Satisfy(func(any) bool { return len(missing) == 0 })),
				"%s has the members %s, which this answer of %s does not have", way[0].Operation.ID, strings.Join(missing, ", "), way[1].Operation.ID)
		}
	}
}

// lacks lists the members of one answer that the other does not have. Where the
// reading is not strict, null and absent are the same.
func lacks(env *suite.Env, of, in *client.Exchange) (names []string) {
	gjson.ParseBytes(of.Body).ForEach(func(name, value gjson.Result) bool {
		if !in.Get(gjson.Escape(name.Str)).Exists() && (env.Strict() || value.Type != gjson.Null) {
			names = append(names, name.Str)
		}
		return true
	})
	return names
}

func everyMember(ctx context.Context, env *suite.Env, operation string) {
	answer := succeed(ctx, env, operation)
	names := documented()
	if !env.Strict() { // members that are not set may be left out
		names = indispensable()
	}
	for _, name := range names {
		env.Expect(answer).To(match.Present(name))
	}
}

// typed expects members that are there and not null to match.
func typed(env *suite.Env, answer *client.Exchange, names []string, matcher types.GomegaMatcher) {
	decided := 0
	for _, name := range names {
		if value := answer.Get(name); value.Exists() && value.Type != gjson.Null {
			env.Expect(answer).To(match.Member(name, matcher))
			decided++
		}
	}
	if decided == 0 {
		env.Undetermined("none of the members is set, so that nothing was decided\n%s", match.Show(answer))
	}
}
