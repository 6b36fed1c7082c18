package identity

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// line is a request outside the contract: a method and a path.
type line struct{ method, path string }

func (l line) String() string { return l.method + " " + l.path }

// routeCases are about paths, methods and kinds of bodies that aren't there.
func routeCases() []suite.Case {
	nowhere := []line{
		{"GET", "/rollcall-nowhere"}, {"POST", "/rollcall-nowhere"}, {"GET", "/user/details/1/more"},
		{"POST", "/authenticate/more"},
	}
	others := []line{{"GET", "/authenticate"}, {"PUT", "/authenticate"}, {"PATCH", "/authenticate"}, {"DELETE", "/authenticate"}}
	return slices.Concat(
		kit.Each("IDN-GEN-27", "without a token, %s is refused", nowhere, func(ctx context.Context, env *suite.Env, l line) {
			env.ExpectRefused(env.Send(ctx, l.method, l.path, client.NoCredential()))
		}),
		kit.Each("IDN-GEN-28", "%s is not found", nowhere, func(ctx context.Context, env *suite.Env, l line) {
			env.ExpectRefused(env.Send(ctx, l.method, l.path))
			control(ctx, env, "getUserDetails")
		}),
		kit.One("IDN-GEN-28", "a slash behind a path makes another", func(ctx context.Context, env *suite.Env) {
			if !env.Has("given:username") {
				env.NotApplicable("the target gives no username")
			}
			if strings.EqualFold(env.Given("username"), "details") {
				env.NotApplicable("the path is the lookup by id, whose id is empty")
			}
			env.ExpectRefused(env.Send(ctx, "GET", "/user/{username}/", client.Path("username", env.Given("username"))))
		}),
		kit.Each("IDN-GEN-29", "%s has the framework's error", nowhere, func(ctx context.Context, env *suite.Env, l line) {
			expectFramework(env, env.Send(ctx, l.method, l.path), http.StatusNotFound)
		}),
		kit.Each("IDN-GEN-30", "%s is refused", others, func(ctx context.Context, env *suite.Env, l line) {
			env.ExpectRefused(env.Send(ctx, l.method, l.path))
		}),
		kit.Each("IDN-GEN-31", "%s is told that POST is right", others, wrongMethodListed),
		refused("IDN-GEN-32", suite.DefaultPersona, slices.Concat(otherMedia("changePassword"), otherMedia("authenticate"))),
	)
}

// wrongMethodListed expects Allow to name POST and none of the methods that the
// path doesn't have.
func wrongMethodListed(ctx context.Context, env *suite.Env, l line) {
	refusal := env.Send(ctx, l.method, l.path)
	if !env.Strict() && refusal.Status == http.StatusNotFound {
		env.NotApplicable("the target answers 404, which lists nothing")
	}
	env.Expect(refusal).To(match.Status(http.StatusMethodNotAllowed))
	env.Expect(refusal).To(match.Header("Allow", match.Form("to name POST", `(^|[\s,])POST($|[\s,])`)))
	env.Expect(refusal).To(match.Header("Allow", gomega.Not(match.Form("to name a method that the path does not have",
		`\b(GET|PUT|PATCH|DELETE)\b`))))
}
