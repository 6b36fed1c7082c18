package volunteers

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

const linkNext, linkPrevious = pagination + "links.next", pagination + "links.previous"

// linksAreStrings: a link is a string; one that leads nowhere is left out, null or empty.
func linksAreStrings(ctx context.Context, env *suite.Env, p pile) {
	p.spread(ctx, env)
	seen := 0
	for _, page := range append(p.pages(ctx, env, 1), p.whole(ctx, env)) {
		for _, path := range []string{linkNext, linkPrevious} {
			link := page.Get(path)
			if page.Text(path) == "" {
				env.Expect(isLink(link)).To(gomega.BeTrue(), "%s is %s, no string\n%s", path, link.Raw, match.Show(page))
				continue
			}
			seen++
			env.Expect(page).To(match.Member(path, someText()), "a link is a string")
		}
	}
	if seen == 0 {
		env.Undetermined("several pages, and none has a link")
	}
}

func linksWhereNeeded(ctx context.Context, env *suite.Env, p pile) {
	pages := p.pages(ctx, env, 1)
	for i, page := range pages {
		for path, wanted := range kit.InOrder(map[string]bool{linkNext: i < len(pages)-1, linkPrevious: i > 0}) {
			env.Expect(page.Text(path) != "").To(gomega.Equal(wanted), "%s on page %d of %d\n%s", path,
				i+1, len(pages), match.Show(page))
		}
	}
	alone := p.page(ctx, env, 1, 100)
	if alone.Get(pagination+"total_pages").Int() == 1 {
		env.Expect(alone.Text(linkNext)).To(gomega.BeEmpty(), "the only page has no next one\n%s", match.Show(alone))
	}
}

// spread adds items until there is a second page, as far as that takes no more than a few
// dozen: a target may know no limit.
func (p pile) spread(ctx context.Context, env *suite.Env) {
	const most = 40
	for range most {
		if p.page(ctx, env, 1, 1).Get(pagination+"total_pages").Int() > 1 {
			return
		}
		p.add()
	}
	env.NotApplicable("dozens of items are on one page, so that no page has a neighbour to link to")
}

// isLink says whether a value is one of a link: a string, or nothing.
func isLink(value gjson.Result) bool { return value.Type == gjson.String || value.Type == gjson.Null }

// follow calls what a link of a page says: the same path with the link's query.
func (p pile) follow(ctx context.Context, env *suite.Env, page *client.Exchange, path string) *client.Exchange {
	here, err := url.Parse(page.URL)
	if err != nil {
		env.Undetermined("the request's own address does not parse: %v", err)
	}
	link, err := here.Parse(page.Text(path))
	if err != nil || page.Text(path) == "" {
		env.Fail("the link %s, %q, is no address\n%s", path, page.Text(path), match.Show(page))
	}
	if env.Strict() { // behind a proxy the path may begin otherwise
		env.Expect(link.Path).To(gomega.Equal(here.Path), "the link is to the same list")
	}
	query := func(r *client.Request) { r.Query = link.Query() }
	return env.Call(ctx, p.Lists, kit.Also(p.options, query)...)
}

func nextLeadsOn(ctx context.Context, env *suite.Env, p pile) {
	pages := p.pages(ctx, env, 1)
	for i := range len(pages) - 1 {
		p.leads(ctx, env, pages, i, linkNext, i+1)
		p.leads(ctx, env, pages, i+1, linkPrevious, i)
	}
}

// leads expects a link of one page to lead to another one, counted from 0.
func (p pile) leads(ctx context.Context, env *suite.Env, pages []*client.Exchange, from int, path string, to int) {
	there := p.follow(ctx, env, pages[from], path)
	env.Expect(there).To(match.Success(), "following %s of page %d", path, from+1)
	env.Expect(there).To(match.Member(pagination+"current_page", to+1))
	env.Expect(there.Texts("data.#.id")).To(gomega.Equal(pages[to].Texts("data.#.id")), "the items of page %d", to+1)
}

// filters gives a query for each list that has one which keeps the pile's items
// and leaves out the odd item that is made by the body beside it.
func filters() map[string]map[string]string {
	return map[string]map[string]string{
		"user":              {"has_email": "true"},
		"postal address":    {"primary": "false"},
		"emergency contact": {"primary": "false"},
		"phone number":      {"primary": "false"},
		"note":              {"q": "rota"},
		"touchpoint":        {"q": "coffee", "o": "a", "archived": "false"},
	}
}

// odd changes a body so that the kind's filter leaves its record out.
func odd(kind string, body map[string]any) {
	switch kind {
	case "user":
		delete(body, "emailAddresses")
	case "note", "touchpoint":
		body["body"] = "Something else."
	default:
		body["primary"] = true
	}
}

// nextKeepsFilter walks by the links alone and sees all that the filter keeps and
// nothing that it leaves out.
func nextKeepsFilter(ctx context.Context, env *suite.Env, r resource) {
	p := r.pileOf(ctx, env, 2)
	body := r.body(ctx, env)
	odd(r.Name, body)
	if r.Name == "user" {
		body["first_name"] = word(env, "Rowan")
		body["last_name"] = client.NewRequest(nil, p.options...).Query.Get("q")
	}
	left := r.IDOf(env.Must(ctx, r.Creates, kit.Also(p.options, client.JSON(body), client.Query("q"))...))
	all := listOf(ctx, env, p.Lists, p.options...).Texts("data.#.id")
	env.Expect(all).To(gomega.ContainElement(left), "without the filter it is listed")
	for _, name := range slices.Sorted(maps.Keys(filters()[r.Name])) {
		p.options = kit.Also(p.options, client.Query(name, filters()[r.Name][name]))
	}
	if slices.Contains(listOf(ctx, env, p.Lists, p.options...).Texts("data.#.id"), left) {
		env.NotApplicable("the target does not filter by that value: no document says that it does")
	}
	page := p.page(ctx, env, 1, 1)
	total, pages := int(page.Get(pagination+"total").Int()), int(page.Get(pagination+"total_pages").Int())
	if total < 2 || pages < 2 {
		env.Undetermined("limit=1 gave no second page to lead to\n%s", match.Show(page))
	}
	seen := page.Texts("data.#.id")
	for range pages - 1 {
		page = p.follow(ctx, env, page, linkNext)
		env.Expect(page).To(match.Success(), "following a next link")
		env.Expect(page).To(match.Member(pagination+"total", total), "a page under the same filters")
		seen = append(seen, page.Texts("data.#.id")...)
	}
	env.Expect(seen).To(gomega.HaveLen(total), "the items on the way: %s", strings.Join(seen, ", "))
	env.Expect(seen).ToNot(gomega.ContainElement(left), "the item that the filter leaves out")
	env.Expect(slices.Compact(slices.Sorted(slices.Values(seen)))).To(gomega.HaveLen(total), "each item once")
}
