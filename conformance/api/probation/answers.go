package probation

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

// answerCases are those about every answer: absent members, arrays, paging, reads
// by POST.
func answerCases() []suite.Case {
	return slices.Concat(
		kit.Each("PRO-GEN-31", "no member is null", reads(), func(ctx context.Context, env *suite.Env, operation string) {
			for _, known := range append(askAll(env, operation), unallocated(ctx, env, operation)...) {
				noNulls(env, env.Must(ctx, operation, known))
			}
		}),
		kit.Each("PRO-GEN-31", "no member of a refusal is null", singles(),
			func(ctx context.Context, env *suite.Env, operation string) {
				noNulls(env, seen(env, env.Call(ctx, operation, askUnknown(ctx, env, operation)), http.StatusNotFound))
			}),
		kit.Each("PRO-GEN-31", "no member of a 400 is null", slices.Concat(byPost(), byID()),
			func(ctx context.Context, env *suite.Env, operation string) {
				noNulls(env, seen(env, env.Call(ctx, operation, badInputs(operation)[0].option), http.StatusBadRequest))
			}),
		kit.Each("PRO-GEN-32", "nothing to show is an empty array", lists(),
			func(ctx context.Context, env *suite.Env, operation string) {
				answer := env.Call(ctx, operation, askUnknown(ctx, env, operation))
				env.ExpectAnswer(answer)
				env.Expect(answer).To(match.JSONBody(nothing()))
			}),
		kit.Each("PRO-GEN-33", "the body is a bare array", lists(), func(ctx context.Context, env *suite.Env, operation string) {
			for _, asked := range append(askAll(env, operation), askUnknown(ctx, env, operation)) {
				answer := env.Must(ctx, operation, asked)
				env.Expect(answer).To(match.JSONBody(gomega.BeAssignableToTypeOf([]any{})))
			}
		}),
		kit.Each("PRO-GEN-34", "pages and sorting are ignored", append(caseloads(), "findPDUHead"), pagingIgnored),
		kit.Each("PRO-GEN-35", "the lookup changes nothing", byPost(), lookupChangesNothing),
		kit.One("PRO-GEN-35", "what was listed before is not listed again", func(ctx context.Context, env *suite.Env) {
			knownAs(env, "otherUsername")
			before := listed(ctx, env, 1, otherUsername(env))
			answer := listed(ctx, env, 1, env.Unique("nobody"), env.Given(theUsername), env.Unique("nobody"))
			env.Expect(answer.Text("0.id")).ToNot(gomega.Equal(before.Text("0.id")), "the one person asked for")
		}),
		kit.One("PRO-GEN-35", "the managers that were listed before are not listed again",
			func(ctx context.Context, env *suite.Env) {
				managed(ctx, env, 1, env.Given("crn"))
				managed(ctx, env, 0, kit.Any(unknowns(ctx, env, managerList, 2))...)
			}),
	)
}

// unallocated asks for the unallocated person in ways that the givens have not.
func unallocated(ctx context.Context, env *suite.Env, operation string) []client.Option {
	if operation != "findStaff_1" || !env.Has("given:unallocatedStaffCode") {
		return nil
	}
	id := byCode(ctx, env, env.Given("unallocatedStaffCode")).Text("id")
	if id == "" {
		return nil
	}
	return []client.Option{ask(operation, id)}
}

func noNulls(env *suite.Env, answer *client.Exchange) {
	env.Expect(answer).To(kit.NoNull())
	if !answer.Get("@this").Exists() {
		env.Undetermined("the answer is no JSON to look at\n%s", match.Show(answer))
	}
}

func pagingIgnored(ctx context.Context, env *suite.Env, operation string) {
	for _, known := range askAll(env, operation) {
		look := func() *client.Exchange { return env.Must(ctx, operation, known) }
		plain := look()
		if len(plain.Get("@this").Array()) == 0 {
			continue
		}
		for _, option := range []client.Option{
			query("page", "7", "size", "1"), query("limit", "1", "offset", "1"), query("pageNumber", "2", "pageSize", "1"),
			query("sort", "crn,asc"), query("sort", "crn,desc"), query("sort", "name.surname,desc"),
			query("sortBy", "crn", "order", "desc"),
		} {
			answer := env.Call(ctx, operation, known, option)
			plain = kit.ExpectAsFirst(env, plain, answer, look)
			sameOrder(env, plain, answer, look, func() *client.Exchange { return env.Must(ctx, operation, known, option) })
		}
		return
	}
	env.Undetermined("each list that the target gives is empty")
}

// sameOrder expects a list with further parameters in the order that it has without. No order is promised, and one
// that changes by itself tells nothing: only where each of the two keeps to its own are they compared.
func sameOrder(env *suite.Env, one, other *client.Exchange, plain, sorted func() *client.Exchange) {
	const looks = 6 // in which a list of two in no order is hardly the same each time
	order := func(answer *client.Exchange) string { return string(match.Unordered([]byte(answer.Get("#.crn").Raw))) }
	inOrder := func(answer *client.Exchange) string {
		said := kit.Said(env, answer) // without members that no document names, such as a link to the list as it was asked for
		return said.Get("#.crn").Raw + said.Get("#.name").Raw + said.Get("#.staff.code").Raw
	}
	if string(one.Body) == string(other.Body) || inOrder(one) == inOrder(other) {
		return
	}
	for range looks {
		again, sortedAgain := plain(), sorted()
		if inOrder(again) != inOrder(one) || inOrder(sortedAgain) != inOrder(other) || order(one) != order(other) {
			return
		}
	}
	env.Expect(other).To(match.Success())
	env.Fail("the parameters put the list into another order: %s instead of %s", kit.Said(env, other).Get("#.name"),
		kit.Said(env, one).Get("#.name"))
}

func query(pairs ...string) client.Option {
	return func(r *client.Request) {
		for i := 0; i < len(pairs); i += 2 {
			client.Query(pairs[i], pairs[i+1])(r)
		}
	}
}

// lookupChangesNothing reads what the list was about before and after it.
func lookupChangesNothing(ctx context.Context, env *suite.Env, operation string) {
	kit.Unchanged(ctx, env, operation, func() {
		known := askKnown(env, operation)
		first := env.Must(ctx, operation, known)
		env.Expect(env.Call(ctx, operation, known)).To(kit.SaysAs(env, first))
	}, kit.AnyOrder(env.StateOf("findStaff", ask("findStaff", env.Given("username")))),
		kit.AnyOrder(env.StateOf("findCommunityManager", ask("findCommunityManager", env.Given("crn")))))
}
