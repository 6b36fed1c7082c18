package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// detailCases are about what the lookups say of a user.
func detailCases() []suite.Case {
	lookups := operations("changePassword", "authenticate")
	return slices.Concat(
		enabled("IDN-USER-30", "without an end date", "username", true),
		kit.One("IDN-USER-31", "a disabled user is found", func(ctx context.Context, env *suite.Env) {
			user := byName(ctx, env, env.Given("disabledUsername"))
			env.ExpectAnswer(user)
			env.Expect(user).To(match.Member("username", equalFold(env.Given("disabledUsername"))))
			env.Expect(user).To(match.Member("enabled", false))
		}),
		enabled("IDN-USER-32", "whose end date is today", "endingUsername", false),
		kit.One("IDN-USER-33", "enabled of a user whose end date is after today", enabledAhead),
		kit.One("IDN-USER-34", "a disabled user is listed", disabledListed),
		kit.Each("IDN-USER-35", "the roles of %s are strings", lookups, rolesAreStrings),
		kit.One("IDN-USER-36", "roles are bare codes", func(ctx context.Context, env *suite.Env) {
			user := found(env, byName(ctx, env, env.Given("username")))
			expectRoles(env, user, "roles")
			for _, role := range user.Texts("roles") {
				env.Expect(strings.ToUpper(role)).ToNot(gomega.HavePrefix("ROLE_"), "roles are bare codes")
				env.Expect(strings.TrimSpace(role)).ToNot(gomega.BeEmpty(), "roles have a code")
			}
			roles := slices.Sorted(slices.Values(user.Texts("roles")))
			env.Expect(slices.Compact(slices.Clone(roles))).To(gomega.Equal(roles), "no role is listed twice")
		}),
		kit.One("IDN-USER-37", "a user without roles has an empty array", func(ctx context.Context, env *suite.Env) {
			env.Expect(found(env, byName(ctx, env, env.Given("rolelessUsername")))).To(match.Member("roles", []any{}))
		}),
		kit.One("IDN-USER-38", "a user without an address has no member for it", func(ctx context.Context, env *suite.Env) {
			env.Expect(found(env, byName(ctx, env, env.Given("emaillessUsername")))).To(match.Absent("email"))
		}),
		kit.Each("IDN-USER-39", "%s answers the same again", lookups, sameAgain),
	)
}

func enabled(requirement, which, name string, want bool) []suite.Case {
	return kit.One(requirement, "enabled of a user "+which, func(ctx context.Context, env *suite.Env) {
		env.Expect(found(env, byName(ctx, env, env.Given(name)))).To(match.Member("enabled", want))
	})
}

// enabledAhead looks at a user who has not ended, and, where there is a clock to
// move, at one before and after the end: enabled is nothing that is stored. The days
// between leave room for a midnight during the case.
func enabledAhead(ctx context.Context, env *suite.Env) {
	expect := func(name string, want bool, when string) {
		env.Expect(found(env, byName(ctx, env, env.Given(name)))).To(match.Member("enabled", want), when)
	}
	expect("futureEndUsername", true, "before the end of the user")
	if env.Has("worlds") && env.Has("given:endingUsername") {
		env.Advance(ctx, -2*day)
		expect("endingUsername", true, "two days before the end of the user")
		env.Advance(ctx, 3*day)
		expect("endingUsername", false, "the day after the end of the user")
	}
}

const day = 24 * time.Hour

func disabledListed(ctx context.Context, env *suite.Env) {
	list := byEmail(ctx, env, env.Given("disabledEmail"))
	expectList(env, list, 1)
	env.Expect(list).To(match.Member("@this", gomega.ContainElement(gomega.And(
		gomega.HaveKeyWithValue("username", equalFold(env.Given("disabledUsername"))),
		gomega.HaveKeyWithValue("enabled", false),
	))), "the disabled user is listed")
}

// rolesAreStrings looks at one user, or at each of a list.
func rolesAreStrings(ctx context.Context, env *suite.Env, op string) {
	answer := foundBy(ctx, env, op)
	if op != "getUsersByEmail" {
		expectRoles(env, answer, "roles")
		return
	}
	env.Expect(answer).To(match.Each("@this", gomega.HaveKeyWithValue("roles", gomega.BeAssignableToTypeOf([]any{}))))
	expectRoles(env, answer, "#.roles|@flatten")
}

// expectRoles expects an array of strings at the path, and something in it: an
// empty one would tell nothing.
func expectRoles(env *suite.Env, exchange *client.Exchange, path string) {
	env.Expect(exchange).To(match.Each(path, gomega.BeAssignableToTypeOf("")))
	if len(exchange.Texts(path)) == 0 {
		env.Undetermined("the given user has no roles: name one that has some")
	}
}

// sameAgain calls three times. Only the order of what has no promised order may differ.
func sameAgain(ctx context.Context, env *suite.Env, op string) {
	first := foundBy(ctx, env, op)
	for range 2 {
		again := env.Call(ctx, op, env.Sample(ctx, op)...)
		env.Expect(again).To(match.Status(first.Status))
		if op == "getUsersByEmail" {
			again = bare(again)
		}
		expectSame(env, first.Body, again.Body, "the first answer and a later one")
	}
}

// equalFold returns a condition: a text that equals this one, letter case aside.
func equalFold(want string) types.GomegaMatcher {
	return match.Such(fmt.Sprintf("to be %q, in whatever case", want), func(value any) bool {
		text, ok := value.(string)
		return ok && strings.EqualFold(text, want)
	})
}
