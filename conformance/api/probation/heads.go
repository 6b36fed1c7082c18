package probation

import (
	"context"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const headList = "findPDUHead"

// heads returns the heads of a given borough, which must have some.
func heads(ctx context.Context, env *suite.Env, given string) *client.Exchange {
	answer := env.Must(ctx, headList, ask(headList, env.Given(given)))
	env.Expect(answer).To(match.JSONBody(some()))
	return answer
}

// headCases are those about the heads of a borough.
func headCases() []suite.Case {
	return slices.Concat(headShownCases(), headlessCases())
}

func headShownCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-PDU-01", "the heads are answered", func(ctx context.Context, env *suite.Env) {
			answer := env.Call(ctx, headList, ask(headList, env.Given("boroughCode")))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.JSONBody(some()))
			env.Expect(answer).To(match.Each("@this", gomega.HaveKeyWithValue("name", gomega.And(
				gomega.HaveKeyWithValue("forename", text()), gomega.HaveKeyWithValue("surname", text())))))
		}),
		kit.One("PRO-PDU-02", "both heads are listed", func(ctx context.Context, env *suite.Env) {
			answer := heads(ctx, env, "twoHeadsBoroughCode")
			env.Expect(answer).To(match.JSONBody(gomega.And(gomega.BeAssignableToTypeOf([]any{}),
				match.Such("to have two items or more", func(all any) bool { return len(all.([]any)) > 1 }))))
			one, other := kit.Said(env, answer).Get("0"), kit.Said(env, answer).Get("1")
			if one.Raw == other.Raw && !one.Get("email").Exists() {
				env.Undetermined("the two heads look the same, so that it may be one of them twice: give a borough whose " +
					"heads differ")
			}
			env.Expect(one.Value()).ToNot(gomega.Equal(other.Value()), "the first head")
		}),
		kit.One("PRO-PDU-03", "a head has no other members", func(ctx context.Context, env *suite.Env) {
			for _, known := range askAll(env, headList) {
				env.Expect(env.Must(ctx, headList, known)).To(match.Each("@this", only("name", "email")))
			}
			heads(ctx, env, "boroughCode") // there was something to look at
		}),
		kit.One("PRO-PDU-04", "a head has an email", func(ctx context.Context, env *suite.Env) {
			env.Expect(heads(ctx, env,
				"boroughCode")).To(match.JSONBody(gomega.ContainElement(gomega.HaveKeyWithValue("email", text()))))
		}),
		kit.One("PRO-PDU-05", "a head without an entry has no email", func(ctx context.Context, env *suite.Env) {
			env.Expect(heads(ctx, env, "entrylessHeadBoroughCode")).To(match.JSONBody(gomega.ContainElement(gomega.And(
				gomega.HaveKey("name"), gomega.Not(gomega.HaveKey("email"))))))
		}),
	)
}

func headlessCases() []suite.Case {
	return slices.Concat(
		kit.One("PRO-PDU-06", "an unknown borough has none", answersNothing(headList, theUnknown(headList))),
		kit.One("PRO-PDU-07", "a borough without heads has none", answersNothing(headList, given("headlessBoroughCode"))),
		kit.One("PRO-PDU-08", "a borough of a closed provider has none", answersNothing(headList, given("closedBoroughCode"))),
		kit.One("PRO-PDU-09", "a borough of a provider that ends today has none", func(ctx context.Context, env *suite.Env) {
			answersNothing(headList, given("closingBoroughCode"))(ctx, env)
			if earlier(ctx, env) {
				heads(ctx, env, "closingBoroughCode")
			}
		}),
		kit.One("PRO-PDU-10", "the code in small letters has none",
			nothingInSmall(headList, "boroughCode", "#.name")),
	)
}
