package tenants

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func shapeCases() []suite.Case {
	return slices.Concat(
		kit.Each("TEN-GEN-04", "the body is the user itself, with an integer id", answering(), bare),
		[]suite.Case{{Requirement: "TEN-GEN-05", Title: "the same user has the same members in all three answers",
			Check: sameMembers}},
		kit.Each("TEN-GEN-06", "every documented member is there as it is spelt", answering(), everyMember),
		kit.Each("TEN-GEN-07", "numbers are whole and of 32 bits", answering(),
			func(ctx context.Context, env *suite.Env, o string) {
				env.Expect(succeed(ctx, env, o)).To(match.Member("id", wholeNumber()))
				typed(numbers(), wholeNumber())(ctx, env, o)
			}),
		kit.Each("TEN-GEN-08", "texts are strings", answering(), typed(texts(), gomega.BeAssignableToTypeOf(""))),
		kit.Each("TEN-GEN-09", "jobActiveSync is a boolean", answering(),
			typed([]string{"jobActiveSync"}, gomega.BeAssignableToTypeOf(true))),
	)
}

// richly makes an operation answer with a user of whom as much is set as the target
// takes, and returns what was.
func richly(ctx context.Context, env *suite.Env, operation string) (answer *client.Exchange, set map[string]any) {
	user, body := makeRich(ctx, env)
	switch operation {
	case "searchUser":
		return env.Must(ctx, operation, home(env), client.Query("email", body["email"])), body
	case "updateUser":
		body = kit.With(body, kit.Body{"lastName": "Pemberton"})
		return replace(ctx, env, user, kit.Fill(body, sent(user))), body
	}
	return user, body
}

// wholeNumber matches a JSON number that is whole and fits 32 bits.
func wholeNumber() types.GomegaMatcher {
	return match.Such("to be a whole number of 32 bits", func(value any) bool {
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
		answer = env.Must(ctx, operation, home(env), client.Path("userId", soleID(ctx, env, user, body)),
			whole(ctx, env, operation, kit.Fill(body, sent(user))), client.Echo())
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
	return idOf(env, env.Must(ctx, "searchUser", home(env), client.Query("email", body["email"])))
}

// sameMembers compares which of the documented members three answers have. One that is
// not set may be null here and left out there, and those that follow from others may
// come later.
func sameMembers(ctx context.Context, env *suite.Env) {
	created, set := makeRich(ctx, env)
	searched := found(ctx, env, idOf(env, created))
	updated := replace(ctx, env, created, kit.Fill(kit.With(set, kit.Body{"lastName": "Pemberton"}), sent(created)))
	answers := []*client.Exchange{created, searched, updated}
	for _, one := range answers {
		for _, other := range answers {
			missing := lacks(one, other)
			env.Expect(other).To(match.JSONBody(match.Such("to have the members of the other answer",
				func(any) bool { return len(missing) == 0 })),
				"%s has the members %s, which this answer of %s does not have", one.Operation.ID, strings.Join(missing, ", "),
				other.Operation.ID)
		}
	}
}

// lacks lists what is set in one answer and not there in the other.
func lacks(of, in *client.Exchange) (names []string) {
	for _, name := range append(writable(), "id") {
		set := of.Get(name).Value() != nil && !slices.Contains(computed(), name)
		if set && !in.Get(name).Exists() {
			names = append(names, name)
		}
	}
	return names
}

func everyMember(ctx context.Context, env *suite.Env, operation string) {
	answer, set := richly(ctx, env, operation)
	env.Expect(answer).To(match.Present("id"))
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !slices.Contains(computed(), name) {
			env.Expect(answer).To(match.Present(name))
		}
	}
}

// typed expects members that are there and not null to match.
func typed(names []string, matcher types.GomegaMatcher) kit.CheckOf[string] {
	return func(ctx context.Context, env *suite.Env, operation string) {
		answer, _ := richly(ctx, env, operation)
		for _, name := range names {
			if answer.Get(name).Value() != nil {
				env.Expect(answer).To(match.Member(name, matcher))
			}
		}
	}
}
