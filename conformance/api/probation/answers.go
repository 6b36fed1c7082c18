package probation

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// answerCases are those about every answer: absent members, arrays, paging, reads
// by POST.
func answerCases() []suite.Case {
	return slices.Concat(
		perOperation("PRO-GEN-31", "no member is null", reads(), func(ctx context.Context, env *suite.Env, operation string) {
			for _, known := range append(askAll(env, operation), unallocated(ctx, env, operation)...) {
				noNulls(env, env.Must(ctx, operation, known))
			}
		}),
		perOperation("PRO-GEN-31", "no member of a refusal is null", singles(), func(ctx context.Context, env *suite.Env, operation string) {
			noNulls(env, seen(env, env.Call(ctx, operation, askUnknown(operation)), http.StatusNotFound))
		}),
		perOperation("PRO-GEN-31", "no member of a 400 is null", slices.Concat(byPost(), byID()), func(ctx context.Context, env *suite.Env, operation string) {
			noNulls(env, seen(env, env.Call(ctx, operation, badInputs(operation)[0].option), http.StatusBadRequest))
		}),
		perOperation("PRO-GEN-32", "nothing to show is an empty array", lists(), func(ctx context.Context, env *suite.Env, operation string) {
			answer := env.Call(ctx, operation, askUnknown(operation))
			env.ExpectAnswer(answer)
			env.Expect(answer).To(match.JSONBody(nothing()))
		}),
		perOperation("PRO-GEN-33", "the body is a bare array", lists(), func(ctx context.Context, env *suite.Env, operation string) {
			for _, asked := range append(askAll(env, operation), askUnknown(operation)) {
				answer := env.Must(ctx, operation, asked)
				env.Expect(answer).To(match.JSONBody(gomega.BeAssignableToTypeOf([]any{})))
			}
		}),
		perOperation("PRO-GEN-34", "pages and sorting are ignored", append(caseloads(), "findPDUHead"), pagingIgnored),
		perOperation("PRO-GEN-35", "the lookup changes nothing", byPost(), lookupChangesNothing),
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
	if places := nulls(answer.Get("@this"), ""); len(places) > 0 {
		env.Expect(answer).To(match.Absent(places[0]), "members that are null: %v", places)
	}
	if !answer.Get("@this").Exists() {
		env.Undetermined("the answer is no JSON to look at\n%s", match.Show(answer))
	}
}

// nulls lists the gjson paths of everything that is null.
func nulls(value gjson.Result, at string) []string {
	if value.Exists() && value.Type == gjson.Null {
		return []string{at}
	}
	if !value.IsObject() && !value.IsArray() {
		return nil
	}
	var found []string
	index := 0
	value.ForEach(func(name, member gjson.Result) bool {
		step := name.String()
		if value.IsArray() {
			step = fmt.Sprint(index)
			index++
		}
		if at != "" {
			step = at + "." + step
		}
		found = append(found, nulls(member, step)...)
		return true
	})
	return found
}

func pagingIgnored(ctx context.Context, env *suite.Env, operation string) {
	for _, known := range askAll(env, operation) {
		plain := env.Must(ctx, operation, known)
		if len(plain.Get("@this").Array()) == 0 {
			continue
		}
		for _, option := range []client.Option{
			query("page", "7", "size", "1"), query("limit", "1", "offset", "1"), query("pageNumber", "2", "pageSize", "1"),
			query("sort", "crn,asc"), query("sort", "crn,desc"), query("sort", "name.surname,desc"), query("sortBy", "crn", "order", "desc"),
		} {
			env.Expect(env.Call(ctx, operation, known, option)).To(match.JSONBody(plain.Get("@this").Value()))
		}
		return
	}
	env.Undetermined("each list that the target gives is empty")
}

func query(pairs ...string) client.Option {
	return func(r *client.Request) {
		for i := 0; i < len(pairs); i += 2 {
			client.Query(pairs[i], pairs[i+1])(r)
		}
	}
}

// anyOrder is the document with its arrays in an order of ours: teams and their
// addresses have none that is promised.
func anyOrder(document []byte) []byte {
	return []byte(written(settled(gjson.ParseBytes(document).Value())))
}

// lookupChangesNothing reads what the list was about before and after it.
func lookupChangesNothing(ctx context.Context, env *suite.Env, operation string) {
	reads := []suite.Read{
		env.Reading("findStaff", ask("findStaff", env.Given("username"))),
		env.Reading("findCommunityManager", ask("findCommunityManager", env.Given("crn"))),
	}
	before := [][]byte{anyOrder(reads[0](ctx)), anyOrder(reads[1](ctx))}
	known := askKnown(env, operation)
	first := env.Must(ctx, operation, known)
	env.Expect(env.Call(ctx, operation, known)).To(match.JSONBody(same(first.Get("@this"))))
	for i, read := range reads {
		if changed := match.Differences(before[i], anyOrder(read(ctx))); len(changed) > 0 {
			env.Fail("after %s another lookup shows something else: %v changed", operation, changed)
		}
	}
}
