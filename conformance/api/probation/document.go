package probation

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// document asks for the description of the message interface with the caller's
// token. The contract asks for none, so that Call would leave it off.
func document(ctx context.Context, env *suite.Env, more ...client.Option) *client.Exchange {
	return env.Call(ctx, "asyncApi", more...)
}

// documentCases are those about the description of the message interface.
func documentCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-ASYNC-01", "the document is answered", func(ctx context.Context, env *suite.Env) {
			env.ExpectAnswer(document(ctx, env)) // what it holds is the business of those that follow
		}),
		kit.One("PRO-ASYNC-02", "the body is an object", func(ctx context.Context, env *suite.Env) {
			env.Expect(described(ctx, env)).To(match.JSONBody(object()))
		}),
		kit.One("PRO-ASYNC-03", "no token is needed", func(ctx context.Context, env *suite.Env) {
			env.ExpectAnswer(document(ctx, env, client.NoCredential()))
		}),
		kit.One("PRO-ASYNC-04", "no authority is needed", func(ctx context.Context, env *suite.Env) {
			env.ExpectAnswer(document(ctx, env.As(lowRights)))
		}),
		kit.One("PRO-ASYNC-05", "the document is static", func(ctx context.Context, env *suite.Env) {
			first := described(ctx, env)
			if !first.Get("@this").Exists() { // that it is no JSON is the business of PRO-ASYNC-02
				env.Expect(string(described(ctx, env).Body)).To(gomega.Equal(string(first.Body)), "the document")
				return
			}
			env.Expect(described(ctx, env)).To(match.JSONBody(first.Get("@this").Value()))
		}),
		memberCases(),
		channelCases(),
	)
}

// described returns the document, which must be answered.
func described(ctx context.Context, env *suite.Env) *client.Exchange {
	return seen(env, document(ctx, env), http.StatusOK)
}

// asObject is the document where its members can be looked at: one that stands in a string is
// the business of PRO-ASYNC-02.
func asObject(env *suite.Env, document *client.Exchange) *client.Exchange {
	if document.Get("@this").Type == gjson.String {
		env.Undetermined("the document stands in a string\n%s", match.Show(document))
	}
	return document
}

func memberCases() []suite.Case {
	var cases []suite.Case
	for _, row := range []struct {
		requirement, title string
		members            map[string]any
	}{
		{"PRO-ASYNC-06", "the version of the format", map[string]any{"asyncapi": "2.4.0"}},
		{"PRO-ASYNC-07", "the document describes itself",
			map[string]any{"info.title": text(), "info.description": text(), "info.version": "1.0",
				"info.contact": object(), "info.license": object()}},
		{"PRO-ASYNC-08", "the servers are named", map[string]any{"servers": keys("dev", "preprod", "prod")}},
		{"PRO-ASYNC-09", "the content type is named", map[string]any{"defaultContentType": "application/json"}},
		{"PRO-ASYNC-10", "further documents are named", map[string]any{"externalDocs": object()}},
	} {
		cases = append(cases, kit.One(row.requirement, row.title, func(ctx context.Context, env *suite.Env) {
			answer := asObject(env, described(ctx, env))
			for member, expected := range kit.InOrder(row.members) {
				env.Expect(answer).To(match.Member(member, expected))
			}
		})...)
	}
	return cases
}

func channelCases() []suite.Case {
	publishing := gomega.And(gomega.BeAssignableToTypeOf(map[string]any{}), gomega.HaveLen(1),
		gomega.ContainElement(gomega.HaveKeyWithValue("publish", object())))
	return slices.Concat(
		kit.One("PRO-ASYNC-11", "there is one channel", func(ctx context.Context, env *suite.Env) {
			env.Expect(asObject(env, described(ctx, env))).To(match.Member("channels", publishing))
		}),
		kit.One("PRO-ASYNC-12", "the channel is described again among the components", func(ctx context.Context, env *suite.Env) {
			answer := asObject(env, described(ctx, env))
			env.Expect(answer).To(match.Member("channels", object()))
			var names []string
			for name := range answer.Get("channels").Map() {
				names = append(names, name)
			}
			env.Expect(answer).To(match.Member("components.channels", gomega.And(keys(names...), gomega.HaveEach(object()))))
		}),
	)
}

// keys matches an object that has exactly these members.
func keys(names ...string) types.GomegaMatcher {
	return match.Such("to have just the members "+strings.Join(names, ", "), func(value any) bool {
		members, ok := value.(map[string]any)
		return ok && slices.Equal(slices.Sorted(maps.Keys(members)), slices.Sorted(slices.Values(names)))
	})
}
