package volunteers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const pagination = "meta.pagination."

// pile is a list with at least three items in it, of the case's own or its user's.
type pile struct {
	resource
	options []client.Option // the call that lists them; on a sub list the path alone
	add     func() string   // puts in one more and returns its id
	last    string          // the id of the one that was put in last
}

// paged says whether a kind has a list with pages. Skills have none for sure.
func paged(r resource) bool { return r.Lists != "" && r.Name != "skill" }

// canBeEmpty leaves out the roles: a user has one from the start.
func canBeEmpty(r resource) bool { return paged(r) && r.Name != "role" }

// pile makes three items of the kind.
func (r resource) pile(ctx context.Context, env *suite.Env) pile { return r.pileOf(ctx, env, 3) }

// pileOf makes some items of the kind, three with what the case adds, as a target may take no more: users share a last name by
// which they are found, all others share the user.
func (r resource) pileOf(ctx context.Context, env *suite.Env, items int) pile {
	if r.Name == "user" {
		name := word(env, "Fern")
		p := pile{r, []client.Option{client.Query("q", name)}, func() string {
			body := userBody(env)
			body["first_name"], body["last_name"] = word(env, "Rowan"), name // so that nobody is like another
			return makeUserOf(ctx, env, body).Text("id")
		}, ""}
		return p.with(items)
	}
	user := makeUser(ctx, env).Text("id")
	p := pile{r, []client.Option{client.Path("userId", user)}, func() string { return r.add(ctx, env, user) }, ""}
	if r.Name == "role" { // a user has one from the start
		items--
	}
	return p.with(items)
}

// with puts some more in.
func (p pile) with(items int) pile {
	for range items {
		p.last = p.add()
	}
	return p
}

// page reads one page of the pile, which is to be there.
func (p pile) page(ctx context.Context, env *suite.Env, number, limit int) *client.Exchange {
	asked := kit.Also(limited(ctx, env, p.Lists, limit, p.options...), client.Query("page", number))
	page := env.Call(ctx, p.Lists, asked...)
	env.Expect(page).To(match.Success(), "page %d with limit=%d", number, limit)
	return page
}

// limited asks for a list in pages of a length, where the target does not refuse that: no list of the page says that it can be
// asked for. It is tried once for each list and length.
func limited(ctx context.Context, env *suite.Env, list string, limit int, options ...client.Option) []client.Option {
	with := kit.Also(options, client.Query("limit", limit))
	tried := env.AtFirst(fmt.Sprintf("%s with limit=%d", list, limit), func() *client.Exchange {
		return env.As(suite.DefaultPersona).Call(ctx, list, with...)
	})
	if tried != nil && tried.Status/100 == 4 {
		return options
	}
	return with
}

// pages reads the pile page by page. A target that knows no limit shows all on
// one page, and the case, which needs several, ends as undetermined.
func (p pile) pages(ctx context.Context, env *suite.Env, limit int) []*client.Exchange {
	const most = 200
	pages := []*client.Exchange{p.page(ctx, env, 1, limit)}
	total := int(pages[0].Get(pagination + "total_pages").Int())
	if total < 2 {
		env.Undetermined("three items with limit=%d make a single page, so that there is no second one to look at\n%s",
			limit, match.Show(pages[0]))
	}
	for number := 2; number <= min(total, most); number++ {
		pages = append(pages, p.page(ctx, env, number, limit))
	}
	return pages
}

// ends reads the first page and, where there is one, the second: what lies beyond the last page
// nobody says, and a target may know no limit.
func (p pile) ends(ctx context.Context, env *suite.Env, limit int) []*client.Exchange {
	pages := []*client.Exchange{p.page(ctx, env, 1, limit)}
	if pages[0].Get(pagination+"total_pages").Int() > 1 {
		pages = append(pages, p.page(ctx, env, 2, limit))
	}
	return pages
}

// whole reads the pile as the target shows it by itself.
func (p pile) whole(ctx context.Context, env *suite.Env) *client.Exchange {
	return env.Must(ctx, p.Lists, p.options...)
}

func pagingCases() []suite.Case {
	rows := []struct {
		requirement, title string
		check              func(ctx context.Context, env *suite.Env, p pile)
	}{
		{"VOL-PAG-01", "pagination has its six members", sixMembers},
		{"VOL-PAG-02", "the five numbers are integers", fiveIntegers},
		{"VOL-PAG-03", "count is the number of items", countOfItems},
		{"VOL-PAG-04", "the counts of all pages add up to the total", totalAddsUp},
		{"VOL-PAG-05", "the page is the first by default", firstByDefault},
		{"VOL-PAG-06", "count is never above per_page", countWithinPage},
		{"VOL-PAG-07", "total_pages is total by per_page, rounded up", pagesRoundUp},
		{"VOL-PAG-08", "the second page has other items than the first", secondPage},
		{"VOL-PAG-09", "all pages together hold every item once", everyItemOnce},
		{"VOL-PAG-10", "links are strings", linksAreStrings},
		{"VOL-PAG-11", "links are there where there is a page to go to", linksWhereNeeded},
		{"VOL-PAG-12", "the links lead to the pages beside", nextLeadsOn},
		{"VOL-PAG-13", "a page beyond the last is empty", beyondTheLast},
		{"VOL-PAG-14", "odd page numbers break nothing", oddPages},
		{"VOL-PAG-15", "limit sets the page size", limitOne},
	}
	var cases []suite.Case
	for _, row := range rows {
		cases = append(cases, each(row.requirement, row.title, paged, func(ctx context.Context, env *suite.Env, r resource) {
			row.check(ctx, env, r.pile(ctx, env))
		})...)
	}
	return slices.Concat(cases,
		each("VOL-PAG-04", "a create adds one to the total", paged, totalGrows),
		[]suite.Case{{Requirement: "VOL-PAG-07", Title: "an empty list has no page or one", Check: pagesOfNothing}},
		each("VOL-PAG-12", "the next link keeps the filter", func(r resource) bool {
			return paged(r) &&
				filters()[r.Name] != nil
		}, nextKeepsFilter),
		each("VOL-PAG-16", "a list with nothing in it is valid", canBeEmpty, emptyList))
}

func sixMembers(ctx context.Context, env *suite.Env, p pile) {
	for _, answer := range append(p.ends(ctx, env, 1), p.whole(ctx, env)) {
		members := []string{"total", "count", "per_page", "current_page", "total_pages"}
		if answer.Get(pagination+"total_pages").Int() > 1 { // the only page has nothing to link to
			members = append(members, "links")
		}
		for _, member := range members {
			env.Expect(answer).To(match.Member(pagination+member, gomega.Not(gomega.BeNil())))
		}
	}
}

func fiveIntegers(ctx context.Context, env *suite.Env, p pile) {
	for _, answer := range []*client.Exchange{p.whole(ctx, env), p.page(ctx, env, 1, 1)} {
		for _, member := range []string{"total", "count", "per_page", "current_page", "total_pages"} {
			value := answer.Get(pagination + member)
			env.Expect(value.Type == gjson.Number && value.Num >= 0 && value.Num == float64(int64(value.Num))).
				To(gomega.BeTrue(), "%s is %s, not an integer from 0\n%s", member, value.Raw, match.Show(answer))
		}
	}
}

func countOfItems(ctx context.Context, env *suite.Env, p pile) {
	for _, answer := range append(p.ends(ctx, env, 2), p.whole(ctx, env)) {
		items := len(answer.Get("data").Array())
		env.Expect(answer).To(match.Member("data", anArray()))
		env.Expect(answer).To(match.Member(pagination+"count", items))
	}
	env.Expect(p.whole(ctx, env)).To(match.Member("data", gomega.Not(gomega.BeEmpty())), "the three items made are listed")
}

func totalAddsUp(ctx context.Context, env *suite.Env, p pile) {
	whole := p.whole(ctx, env)
	env.Expect(whole).To(match.Member(pagination+"total", gomega.BeNumerically(">=", 3)), "three items were made")
	env.Expect(p.page(ctx, env, 1, 2)).To(kit.Same(env, pagination+"total", whole, pagination+"total"),
		"the total does not depend on the page size")
	pages := p.pages(ctx, env, 2)
	sum := 0
	for _, page := range pages {
		sum += int(page.Get(pagination + "count").Int())
	}
	for _, page := range append(pages, whole) {
		env.Expect(page).To(match.Member(pagination+"total", sum), "the sum of the counts of all pages")
	}
}

func totalGrows(ctx context.Context, env *suite.Env, r resource) {
	p := r.pileOf(ctx, env, 2)
	before := p.whole(ctx, env)
	env.Expect(before).To(match.Member(pagination+"total", gomega.BeNumerically(">=", 2)), "two items were made")
	p.add()
	env.Expect(p.whole(ctx, env)).To(match.Member(pagination+"total", before.Get(pagination+"total").Int()+1))
}

func firstByDefault(ctx context.Context, env *suite.Env, p pile) {
	env.Expect(p.whole(ctx, env)).To(match.Member(pagination+"current_page", 1))
	short := env.Must(ctx, p.Lists, limited(ctx, env, p.Lists, 1, p.options...)...)
	env.Expect(short).To(match.Member(pagination+"current_page", 1))
	env.Expect(short.Texts("data.#.id")).To(gomega.Equal(p.page(ctx, env, 1, 1).Texts("data.#.id")),
		"the items are those of page=1")
}

func countWithinPage(ctx context.Context, env *suite.Env, p pile) {
	for _, answer := range append(p.pages(ctx, env, 2), p.whole(ctx, env)) {
		most := answer.Get(pagination + "per_page").Num
		env.Expect(answer).To(match.Member(pagination+"count", gomega.BeNumerically("<=", most)))
		env.Expect(float64(len(answer.Get("data").Array()))).To(gomega.BeNumerically("<=", most), "items on a page")
	}
}

func pagesRoundUp(ctx context.Context, env *suite.Env, p pile) {
	for _, answer := range []*client.Exchange{p.whole(ctx, env), p.page(ctx, env, 1, 1), p.page(ctx, env, 1, 2)} {
		total, size := answer.Get(pagination+"total").Int(), answer.Get(pagination+"per_page").Int()
		if size < 1 || total < 3 {
			env.Fail("total %d with per_page %d cannot be: three items were made\n%s", total, size, match.Show(answer))
		}
		env.Expect(answer).To(match.Member(pagination+"total_pages", (total+size-1)/size))
	}
}

func pagesOfNothing(ctx context.Context, env *suite.Env) {
	user := makeUser(ctx, env)
	oneOrNone := gomega.SatisfyAny(gomega.BeNumerically("==", 0), gomega.BeNumerically("==", 1))
	answers := []*client.Exchange{env.Must(ctx, "listUsers", client.Query("q", word(env, "nobody")))}
	for _, kind := range []sub{contactSub(), noteSub()} {
		if !kind.stands(ctx, env) {
			answers = append(answers, env.Must(ctx, kind.Lists, of(user)))
		}
	}
	for _, answer := range answers {
		env.Expect(answer).To(match.Member("data", gomega.BeEmpty()), "nothing is listed")
		env.Expect(answer).To(match.Member(pagination+"total_pages", oneOrNone))
	}
}

func secondPage(ctx context.Context, env *suite.Env, p pile) {
	pages := p.pages(ctx, env, 1)
	env.Expect(pages[1]).To(match.Member(pagination+"current_page", 2))
	first, second := pages[0].Texts("data.#.id"), pages[1].Texts("data.#.id")
	env.Expect(second).ToNot(gomega.BeEmpty(), "the second page has items")
	for _, id := range second {
		env.Expect(first).ToNot(gomega.ContainElement(id), "an item of both pages")
	}
}

func everyItemOnce(ctx context.Context, env *suite.Env, p pile) {
	seen := map[string]int{}
	pages := p.pages(ctx, env, 2)
	for _, page := range pages {
		for _, id := range page.Texts("data.#.id") {
			seen[id]++
		}
	}
	var twice []string
	for id, times := range kit.InOrder(seen) {
		if times > 1 {
			twice = append(twice, fmt.Sprintf("%s (%d times)", id, times))
		}
	}
	env.Expect(twice).To(gomega.BeEmpty(), "items on more than one page: %s", strings.Join(twice, ", "))
	env.Expect(seen).To(gomega.HaveLen(int(pages[0].Get(pagination+"total").Int())), "distinct items against the total")
	env.Expect(seen).To(gomega.HaveKey(p.last), "the item made last")
}
