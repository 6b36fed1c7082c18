package probation

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

// routeCases are those about paths, methods and content types.
func routeCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-GEN-21", "an unknown path needs a token too", func(ctx context.Context, env *suite.Env) {
			env.ExpectRefused(env.Send(ctx, http.MethodGet, "/"+env.Unique("nowhere"), client.NoCredential()))
		}),
		kit.One("PRO-GEN-22", "an unknown path is not found", func(ctx context.Context, env *suite.Env) {
			for _, path := range []string{"/" + env.Unique("nowhere"), "/team/" + env.Unique("nowhere"),
				"/staff/byid/1/" + env.Unique("nowhere")} {
				env.ExpectRefused(env.Send(ctx, http.MethodGet, path))
			}
		}),
		kit.One("PRO-GEN-23", "the 404 of an unknown path is the framework's", func(ctx context.Context, env *suite.Env) {
			path := "/" + env.Unique("nowhere")
			framework(env, seen(env, env.Send(ctx, http.MethodGet, path), http.StatusNotFound), path)
		}),
		methodCases(),
		kit.Each("PRO-GEN-26", "a slash at the end is another path", []string{"findStaff", "findStaff_1", "findStaffByCode"},
			func(ctx context.Context, env *suite.Env, operation string) {
				known := askKnown(env, operation)
				env.Must(ctx, operation, known)
				op, _ := env.Contract().Operation(operation) // Must would have panicked
				env.ExpectRefused(env.Send(ctx, http.MethodGet, op.Path+"/", known))
			}),
		kit.Each("PRO-GEN-27", "a body of another type is refused", byPost(),
			func(ctx context.Context, env *suite.Env, operation string) {
				good := askGood(ctx, env, operation)
				for _, kind := range []string{"text/plain", "application/xml", "application/x-www-form-urlencoded"} {
					env.ExpectRefused(env.Call(ctx, operation, good, client.Header("Content-Type", kind)))
				}
				env.Must(ctx, operation, good)
			}),
	)
}

// byMethod sends a call by another method. What goes by GET or DELETE has no body: a gateway may refuse one for that.
func byMethod(method string) client.Option {
	return func(r *client.Request) {
		client.Method(method)(r)
		if method == http.MethodGet || method == http.MethodDelete {
			client.NoBody()(r)
		}
	}
}

func methodCases() []suite.Case {
	const operation = "findStaffForUsernames"
	return slices.Concat(
		kit.One("PRO-GEN-24", "other methods are refused", func(ctx context.Context, env *suite.Env) {
			for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete} {
				env.ExpectRefused(env.Call(ctx, operation, askGood(ctx, env, operation), byMethod(method)))
			}
		}),
		kit.One("PRO-GEN-24", "other methods of the role switch do nothing", func(ctx context.Context, env *suite.Env) {
			if !env.Has(disposable) {
				return // the other path was asked
			}
			for _, operation := range switches() {
				for _, method := range []string{http.MethodPost, http.MethodPatch} {
					username := holding(ctx, env, disposable, operation == "removeRole")
					env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
						return env.Call(ctx, operation, ask(operation, username), client.Method(method))
					}, shownState(env, username)...)
				}
			}
		}),
		kit.One("PRO-GEN-25", "the refusal of another method lists the right ones", func(ctx context.Context, env *suite.Env) {
			refused := env.Call(ctx, operation, askGood(ctx, env, operation), byMethod(http.MethodDelete))
			env.Expect(seen(env, refused, http.StatusMethodNotAllowed)).To(match.Header("Allow", gomega.Not(gomega.BeEmpty())))
			var methods []string
			for _, method := range strings.Split(strings.Join(refused.Header.Values("Allow"), ","), ",") {
				if method = strings.TrimSpace(method); method != http.MethodOptions { // a framework's own
					methods = append(methods, method)
				}
			}
			env.Expect(methods).To(gomega.ConsistOf(http.MethodPost), "the methods in Allow")
		}),
	)
}
