package identity

import (
	"context"
	"net/http"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// badPasswordCases are about changes that are refused.
func badPasswordCases() []suite.Case {
	self := suite.DefaultPersona
	empty := blankPasswords()[:1]
	return slices.Concat(
		refused("IDN-PWD-08", self, empty),
		refused("IDN-PWD-09", self, spacePasswords()),
		kit.Each("IDN-PWD-10", "%s is told so", blankPasswords(), func(ctx context.Context, env *suite.Env, f fault) {
			expectBlank(env, f.send(ctx, env))
		}),
		kit.Each("IDN-PWD-11", "%s is named in fields", blankPasswords(), func(ctx context.Context, env *suite.Env, f fault) {
			expectBlankFields(env, f.send(ctx, env), "password")
		}),
		refused("IDN-PWD-12", self, absentPasswords()),
		refused("IDN-PWD-13", self, nullPasswords()),
		refused("IDN-PWD-14", self, noBody("changePassword")),
		refused("IDN-PWD-15", self, notJSON("changePassword")),
		refused("IDN-PWD-16", self, nestedPasswords()),
		framework("IDN-PWD-17", missingPasswords()),
		kit.One("IDN-PWD-17", "a blank password has another error", func(ctx context.Context, env *suite.Env) {
			refusal := empty[0].send(ctx, env)
			env.Expect(refusal).To(match.Status(http.StatusBadRequest))
			env.Expect(refusal).To(match.Present("message"))
			env.Expect(refusal).To(match.Absent("timestamp"))
		}),
		refused("IDN-PWD-25", self, forNobody(slices.Concat(
			blankPasswords(), missingPasswords(), notJSON("changePassword"), nestedPasswords()))),
		kit.Each("IDN-PWD-31", "the old password works after: %s", refusedChanges(),
			func(ctx context.Context, env *suite.Env, f fault) {
				oldKept(ctx, env, func(ctx context.Context, env *suite.Env) *client.Exchange { return f.send(ctx, env) })
			}),
	)
}

// forNobody aims changes of a password at an unknown user.
func forNobody(faults []fault) []fault {
	for i, f := range faults {
		faults[i].options = append(slices.Clone(f.options), client.Path("username", nobody))
	}
	return faults
}

// refusedChanges are one change of each kind that is refused.
func refusedChanges() []fault {
	wrongToken := badPassword("no token", newPassword)
	wrongToken.options = append(wrongToken.options, client.NoCredential())
	return slices.Concat(
		blankPasswords(), missingPasswords(), notJSON("changePassword"), nestedPasswords(), otherMedia("changePassword"),
		[]fault{wrongToken},
	)
}

// oldKept wants the password to be as before after a refusal. Whether there is one is the
// business of other requirements.
func oldKept(ctx context.Context, env *suite.Env, send func(context.Context, *suite.Env) *client.Exchange) {
	a := disposable(env).mustChange(ctx, env, freshPassword(env))
	if answer := send(ctx, env); answer.Success() {
		env.NotApplicable("the change was not refused: %s", answer)
	}
	expectWorks(ctx, env, a.username, a.password)
	expectFails(ctx, env, a.username, newPassword)
}
