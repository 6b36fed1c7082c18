package volunteers

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// listAll asks for a list, with the records of all its pages: how many a page holds is
// the target's to say.
func listAll(ctx context.Context, env *suite.Env, operation string, options ...client.Option) *client.Exchange {
	return wholeList(ctx, env, env.Call(ctx, operation, options...), options)
}

// listOf is listAll, for a list that the case needs.
func listOf(ctx context.Context, env *suite.Env, operation string, options ...client.Option) *client.Exchange {
	return wholeList(ctx, env, env.Must(ctx, operation, options...), options)
}

// wholeList adds the records of the pages that follow to a list, so that no case depends
// on how many a page holds: as the list's own links say, or else by its number of pages.
func wholeList(ctx context.Context, env *suite.Env, list *client.Exchange, options []client.Option) *client.Exchange {
	return completed(ctx, env, list, list.Operation.ID, options)
}

// completed is wholeList for the first page of a list that another operation goes on with. What the target made by itself for the
// list's user is not in it.
func completed(
	ctx context.Context, env *suite.Env, list *client.Exchange, operation string, options []client.Option,
) *client.Exchange {
	list = everything(ctx, env, list, operation, options)
	withoutBystanders(env, list, operation, options)
	return list
}

// everything is completed, with all that is listed.
func everything(
	ctx context.Context, env *suite.Env, list *client.Exchange, operation string, options []client.Option,
) *client.Exchange {
	const mostPages = 50
	last, items, seen := list, []string{}, map[string]bool{}
	for page := 2; last.Success() && last.Get("data").IsArray(); page++ {
		grown := false
		for _, item := range last.Get("data").Array() {
			if id := item.Get("id").String(); id == "" || !seen[id] {
				seen[id], grown = true, true
				items = append(items, item.Raw)
			}
		}
		next := following(last, page)
		if !grown || next == nil || page > mostPages {
			break
		}
		last = env.Call(ctx, operation, append(slices.Clone(options), next...)...)
	}
	if last != list {
		if body, err := sjson.SetRawBytes(list.Body, "data", []byte("["+strings.Join(items, ",")+"]")); err == nil {
			list.Body = body
		}
	}
	return list
}

// following asks for the page after a page of a list, nil when there is none.
func following(list *client.Exchange, page int) (options []client.Option) {
	next, err := url.Parse(list.Text("meta.pagination.links.next"))
	if err == nil && list.Get("meta.pagination.links.next").Type == gjson.String {
		for name, values := range next.Query() {
			options = append(options, client.Query(name, kit.Any(values)...))
		}
	}
	if options == nil && list.Get("meta.pagination.total_pages").Int() >= int64(page) {
		options = append(options, client.Query("page", page))
	}
	return options
}
