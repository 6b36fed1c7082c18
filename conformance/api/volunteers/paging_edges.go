package volunteers

import (
	"context"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func beyondTheLast(ctx context.Context, env *suite.Env, p pile) {
	answer := env.Call(ctx, p.Lists, kit.Also(p.options, client.Query("page", 999999))...)
	kit.Unbroken(env, answer)
	if answer.Success() {
		total := p.whole(ctx, env).Get(pagination + "total").Int()
		env.Expect(answer).To(match.Member("data", anArray()))
		env.Expect(answer).To(match.Member("data", gomega.BeEmpty()), "nothing is on that page")
		env.Expect(answer).To(match.Member(pagination+"total", total), "the total is that of the list")
	}
}

// oddPages takes a page of the list or a refusal, but no server error and no
// success without a list.
func oddPages(ctx context.Context, env *suite.Env, p pile) {
	for _, number := range []string{"0", "-1", "abc"} {
		answer := env.Call(ctx, p.Lists, kit.Also(p.options, client.Query("page", number))...)
		env.Expect(answer.Status).To(gomega.SatisfyAny(gomega.Equal(200),
			gomega.SatisfyAll(gomega.BeNumerically(">=", 400), gomega.BeNumerically("<", 500))),
			"page=%s\n%s", number, match.Show(answer))
		if answer.Success() {
			env.Expect(answer).To(match.Member("data", anArray()), "page=%s", number)
			env.Expect(answer).To(match.Member(pagination+"current_page", gomega.BeNumerically(">=", 0)), "page=%s", number)
		}
	}
}

func limitOne(ctx context.Context, env *suite.Env, p pile) {
	for _, number := range []int{1, 2} {
		answer := env.Call(ctx, p.Lists, kit.Also(p.options, client.Query("limit", 1), client.Query("page", number))...)
		env.ExpectAnswer(answer)
		env.Expect(answer).To(match.Member(pagination+"per_page", 1))
		env.Expect(answer).To(match.Member("data", gomega.HaveLen(1)), "three items were made, one is on each page")
		env.Expect(answer).To(match.Member(pagination+"count", 1))
	}
}

// emptyList looks at a list that nothing was put into.
func emptyList(ctx context.Context, env *suite.Env, r resource) {
	if r.stands(ctx, env) {
		env.NotApplicable("a new user of the target has a %s in any case", r.Name)
	}
	body := userBody(env)
	delete(body, "emailAddresses")
	options := []client.Option{of(makeUserOf(ctx, env, body))}
	if r.Name == "user" {
		options = []client.Option{client.Query("q", word(env, "nobody"))}
	}
	answer := env.Call(ctx, r.Lists, options...)
	env.ExpectAnswer(answer)
	env.Expect(answer).To(match.Member("data", anArray()))
	env.Expect(answer).To(match.Member("data", gomega.BeEmpty()))
	env.Expect(answer).To(match.Member(pagination+"total", 0))
	env.Expect(answer).To(match.Member(pagination+"count", 0))
}
