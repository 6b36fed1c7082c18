package identity

import (
	"context"
	"net/http"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// badCheckCases are about checks whose body is refused.
func badCheckCases() []suite.Case {
	self := suite.DefaultPersona
	return slices.Concat(
		refused("IDN-AUTH-11", self, emptyUsernames()),
		refused("IDN-AUTH-12", self, emptyPasswords()),
		refused("IDN-AUTH-13", self, spaceChecks()),
		kit.Each("IDN-AUTH-14", "%s is told so", append(blankChecks(), bothBlank()...),
			func(ctx context.Context, env *suite.Env, f fault) {
				expectBlank(env, f.send(ctx, env))
			}),
		blankNamed("username", badCheck("an empty username", "", newPassword), badCheck("a space as username", " ", newPassword)),
		blankNamed("password", badCheck("an empty password", nobody, ""), badCheck("a space as password", nobody, " ")),
		kit.Each("IDN-AUTH-16", "each is named: %s", bothBlank(), func(ctx context.Context, env *suite.Env, f fault) {
			expectBlankFields(env, f.send(ctx, env), "username", "password")
		}),
		refused("IDN-AUTH-17", self, absentUsernames()),
		refused("IDN-AUTH-18", self, absentPasswordChecks()),
		refused("IDN-AUTH-19", self, nullChecks()),
		refused("IDN-AUTH-20", self, noBody("authenticate")),
		refused("IDN-AUTH-21", self, notJSON("authenticate")),
		refused("IDN-AUTH-22", self, nestedChecks()),
		framework("IDN-AUTH-23", slices.Concat(absentUsernames(), absentPasswordChecks())),
		kit.One("IDN-AUTH-23", "a blank member has another error", func(ctx context.Context, env *suite.Env) {
			refusal := emptyUsernames()[0].send(ctx, env)
			env.Expect(refusal).To(match.Status(http.StatusBadRequest))
			env.Expect(refusal).To(match.Present("message"))
			env.Expect(refusal).To(match.Absent("timestamp"))
		}),
		framework("IDN-AUTH-24", halfBlankChecks()),
		kit.Each("IDN-AUTH-25", "the number %v is a wrong password", []any{12345, 0, 1.5},
			func(ctx context.Context, env *suite.Env, number any) {
				env.ExpectRefused(check(ctx, env, nobody, number))
			}),
		kit.One("IDN-AUTH-25", "the number that the password is written with is right", numberRight),
	)
}

func bothBlank() []fault {
	return []fault{
		badCheck("both empty", "", ""), badCheck("both a space", " ", " "), badCheck("one empty and one of tabs", "", "\t\t"),
	}
}

// blankNamed makes the cases in which that one member is blank.
func blankNamed(name string, rows ...fault) []suite.Case {
	return kit.Each("IDN-AUTH-15", "it alone is named: %s", rows, func(ctx context.Context, env *suite.Env, f fault) {
		expectBlankFields(env, f.send(ctx, env), name)
	})
}

// numberRight is the other side of reading a number as text. It needs an account
// to change, which the requirement does not ask for.
func numberRight(ctx context.Context, env *suite.Env) {
	if !env.Has("disposable-account") {
		env.NotApplicable("the target gives no disposable-account")
	}
	a := disposable(env).mustChange(ctx, env, "48151623")
	answer := check(ctx, env, a.username, 48151623)
	if !env.Strict() {
		env.Expect(answer).To(gomega.Or(match.Status(http.StatusOK), match.Status(http.StatusBadRequest)))
		return
	}
	env.Expect(answer).To(match.Status(http.StatusOK))
}
