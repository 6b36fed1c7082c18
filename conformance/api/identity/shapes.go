package identity

import (
	"context"
	"net/http"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// shapeCases are about what errors look like, and about members without a value.
func shapeCases() []suite.Case {
	return slices.Concat(
		family("IDN-GEN-33", "the 404 is the service's own: %s", notFound(), func(ctx context.Context, env *suite.Env, f fault) {
			refusal := f.send(ctx, env)
			env.Expect(refusal).To(match.Status(http.StatusNotFound))
			env.Expect(refusal).To(match.Member("status", http.StatusNotFound))
			env.Expect(refusal).To(match.Member("message", gomega.And(gomega.BeAssignableToTypeOf(""), gomega.Not(gomega.BeEmpty()))))
			env.Expect(refusal).To(match.Absent("fields"))
		}),
		framework("IDN-GEN-34", slices.Concat(
			notJSON("changePassword"), nestedPasswords(), missingPasswords(),
			notJSON("authenticate"), nestedChecks(), missingChecks(),
			[]fault{missingEmail()}, badIDs(),
		)),
		family("IDN-GEN-35", "no member is null in the answer of %s", operations("changePassword", "authenticate"),
			func(ctx context.Context, env *suite.Env, op string) {
				expectNoNull(env, foundBy(ctx, env, op))
			}),
		family("IDN-GEN-35", "no member is null in the refusal: %s", slices.Concat(notFound()[1:], badIDs(), []fault{missingEmail()}),
			func(ctx context.Context, env *suite.Env, f fault) { expectNoNull(env, f.send(ctx, env)) }),
		single("IDN-GEN-35", "no member is null for a user without an address", func(ctx context.Context, env *suite.Env) {
			if !env.Has("given:emaillessUsername") {
				env.NotApplicable("the target gives no emaillessUsername")
			}
			expectNoNull(env, found(env, byName(ctx, env, env.Given("emaillessUsername"))))
		}),
	)
}

// framework makes the cases in which each faulty request gets a 400 with the
// framework's default error.
func framework(requirement string, rows []fault) []suite.Case {
	return family(requirement, "the framework's error: %s", rows, func(ctx context.Context, env *suite.Env, f fault) {
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

// expectNoNull expects a JSON answer in which nothing is null.
func expectNoNull(env *suite.Env, exchange *client.Exchange) {
	if !gjson.ValidBytes(exchange.Body) {
		return // what is no JSON has no null
	}
	env.Expect(exchange).To(gomega.WithTransform(nulls, gomega.BeEmpty()), "these members are null")
}

func nulls(exchange *client.Exchange) []string {
	var names []string
	walk("", gjson.ParseBytes(exchange.Body), func(name string, value gjson.Result) {
		if value.Type == gjson.Null {
			names = append(names, name)
		}
	})
	return names
}

// walk visits the value and all that is in it, each with its own name; items have
// the name of their array.
func walk(name string, value gjson.Result, visit func(name string, value gjson.Result)) {
	visit(name, value)
	if !value.IsObject() && !value.IsArray() {
		return
	}
	value.ForEach(func(key, inner gjson.Result) bool {
		if value.IsArray() {
			key = gjson.Result{Type: gjson.String, Str: name}
		}
		walk(key.String(), inner, visit)
		return true
	})
}
