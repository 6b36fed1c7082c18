package probation

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// badInput is one way to ask an operation what it can't read.
type badInput struct {
	what   string
	option client.Option
}

func (b badInput) String() string { return b.what }

// badInputs are bad bodies of a list, or ids that are no numbers.
func badInputs(operation string) []badInput {
	if subjects()[operation].parameter == "" {
		return slices.Concat(notJSON(), objects(), nested())
	}
	return badIDs()
}

func badIDs() []badInput {
	var bad []badInput
	for _, id := range []string{"abc", "12x"} {
		bad = append(bad, badInput{id, client.Path("id", id)})
	}
	return bad
}

// missing are the ways to send no body.
func missing() []badInput {
	return []badInput{
		{"no body", client.NoBody()},
		{"no body but its type", client.Raw(nil, "application/json")},
		{"white space", client.Raw([]byte("  "), "application/json")},
	}
}

func notJSON() []badInput { return bodies(`not json`, `["a"`, `{`, `["a",]`) }
func objects() []badInput { return bodies(`{}`, `{"values":["a"]}`, `"a"`, `7`, `true`) }
func nested() []badInput  { return bodies(`[["a"]]`, `[{"a":"b"}]`, `["a",[]]`, `["a",{}]`) }

func bodies(texts ...string) []badInput {
	var bad []badInput
	for _, text := range texts {
		bad = append(bad, badInput{text, client.Raw([]byte(text), "application/json")})
	}
	return bad
}

// badCases makes a case of the requirement for each bad input.
func badCases(requirement, operation string, inputs []badInput) []suite.Case {
	return kit.Each(requirement, operation+" refuses %s", inputs, func(ctx context.Context, env *suite.Env, bad badInput) {
		env.ExpectRefused(env.Call(ctx, operation, bad.option))
	})
}

// errorCases are those about the two shapes of an error.
func errorCases() []suite.Case {
	unreadables := slices.Concat(byPost(), byID())
	return slices.Concat(
		kit.Each("PRO-GEN-28", "a 404 is the service's own error", singles(),
			func(ctx context.Context, env *suite.Env, operation string) {
				refused := seen(env, env.Call(ctx, operation, askUnknown(ctx, env, operation)), http.StatusNotFound)
				env.Expect(refused).To(match.Member("status", 404))
				env.Expect(refused).To(match.Member("message", text()))
				env.Expect(refused).To(match.Absent("fields"))
			}),
		kit.Each("PRO-GEN-29", "a 400 has the framework's members", unreadables,
			func(ctx context.Context, env *suite.Env, operation string) {
				for _, bad := range badInputs(operation) {
					refused := seen(env, env.Call(ctx, operation, bad.option), http.StatusBadRequest)
					env.Expect(refused).To(match.Member("timestamp", text()))
					env.Expect(refused).To(match.Member("status", gomega.BeAssignableToTypeOf(float64(0))))
					env.Expect(refused).To(match.Member("error", text()))
					env.Expect(refused).To(match.Member("path", text()))
					env.Expect(refused).To(match.Absent("message"))
				}
			}),
		kit.Each("PRO-GEN-30", "a 400 says what was called", unreadables,
			func(ctx context.Context, env *suite.Env, operation string) {
				for _, bad := range badInputs(operation) {
					refused := seen(env, env.Call(ctx, operation, bad.option), http.StatusBadRequest)
					op, _ := env.Contract().Operation(operation) // Call would have panicked
					env.Expect(refused).To(match.Member("status", 400))
					env.Expect(refused).To(match.Member("error", "Bad Request"))
					env.Expect(refused).To(match.Member("path", called(refused, op.Path)))
				}
			}),
	)
}

// framework expects the framework's default error of a 404 at the path.
func framework(env *suite.Env, refused *client.Exchange, path string) {
	env.Expect(refused).To(match.Member("timestamp", text()))
	env.Expect(refused).To(match.Member("status", 404))
	env.Expect(refused).To(match.Member("error", text()))
	env.Expect(refused).To(match.Member("path", called(refused, path)))
	env.Expect(refused).To(match.Absent("message"))
}

// called matches the path of the call; a target behind a base path may show it or
// not, but never less than the template's own part.
func called(exchange *client.Exchange, template string) any {
	sent, err := url.Parse(exchange.URL)
	if err != nil {
		return template // what was sent can be parsed
	}
	segments := strings.Split(sent.Path, "/")
	own := strings.Join(segments[max(0, len(segments)-strings.Count(template, "/")):], "/")
	return gomega.Or(gomega.Equal(sent.Path), gomega.Equal("/"+own))
}
