package identity

import (
	"context"
	"net/http"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// shapeCases are about what errors look like, and about members without a value.
func shapeCases() []suite.Case {
	return slices.Concat(
		kit.Each("IDN-GEN-33", "the 404 is the service's own: %s", notFound(),
			func(ctx context.Context, env *suite.Env, f fault) {
				refusal := f.send(ctx, env)
				if f.operation == "getUserDetailsById" {
					ofNobody(ctx, env, refusal, refusal.Text("userId"))
				}
				only404(env, refusal)
				env.Expect(refusal).To(match.Status(http.StatusNotFound))
				env.Expect(refusal).To(match.Member("status", http.StatusNotFound))
				env.Expect(refusal).To(match.Member("message", gomega.And(gomega.BeAssignableToTypeOf(""),
					gomega.Not(gomega.BeEmpty()))))
				env.Expect(refusal).To(match.Absent("fields"))
			}),
		framework("IDN-GEN-34", slices.Concat(
			notJSON("changePassword"), nestedPasswords(), missingPasswords(),
			notJSON("authenticate"), nestedChecks(), missingChecks(),
			[]fault{missingEmail()}, badIDs(),
		)),
		kit.Each("IDN-GEN-35", "no member is null in the answer of %s", operations("changePassword", "authenticate"),
			func(ctx context.Context, env *suite.Env, op string) {
				env.Expect(foundBy(ctx, env, op)).To(kit.NoNull())
			}),
		kit.Each("IDN-GEN-35", "no member is null in the refusal: %s",
			slices.Concat(notFound()[1:], badIDs(), []fault{missingEmail()}),
			func(ctx context.Context, env *suite.Env, f fault) { env.Expect(f.send(ctx, env)).To(kit.NoNull()) }),
		kit.One("IDN-GEN-35", "no member is null for a user without an address", func(ctx context.Context, env *suite.Env) {
			if !env.Has("given:emaillessUsername") {
				env.NotApplicable("the target gives no emaillessUsername")
			}
			env.Expect(found(env, byName(ctx, env, env.Given("emaillessUsername")))).To(kit.NoNull())
		}),
	)
}

// only404 ends the case as not applicable where the request is refused with another status, which is the business of other
// requirements: a target may take an id that nobody can have for a bad one.
func only404(env *suite.Env, refusal *client.Exchange) {
	if refusal.Status/100 == 4 && refusal.Status != http.StatusNotFound {
		env.NotApplicable("the refusal is no 404: %s", refusal)
	}
}

// framework makes the cases in which each faulty request gets a 400 with the
// framework's default error.
func framework(requirement string, rows []fault) []suite.Case {
	return kit.Each(requirement, "the framework's error: %s", rows, func(ctx context.Context, env *suite.Env, f fault) {
		expectFramework(env, f.send(ctx, env), http.StatusBadRequest)
	})
}

// notFound are requests that get a 404; an unknown user in each place where one
// can be.
func notFound() []fault {
	faults := unknownUsers()
	spaced := "rollcall no such user"
	return append(faults,
		fault{"getUserDetails", "an unknown user with spaces", []client.Option{client.Path("username", spaced)}},
		fault{"getUserDetailsById", "id 0", []client.Option{client.Path("userId", "0")}},
	)
}
