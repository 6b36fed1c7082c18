package check

import (
	"context"
	"encoding/json"
	"iter"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// mostPages is how far a list is read: what a run leaves behind grows with each run, and
// no look at a list may take longer than the case that it is for.
const mostPages = 20

// absent is what itemOf reads of an item that is not there.
const absent = "null"

// itemOf reads one item of a list, found by its id; null when it is not there.
func itemOf(env *suite.Env, list *contract.Operation, values map[string]string, id string) suite.Read {
	return func(ctx context.Context) []byte {
		for item := range itemsOf(ctx, env, list, values) {
			if item.Get("id").String() == id {
				return []byte(item.Raw)
			}
		}
		return []byte(absent)
	}
}

// idsIn reads the ids in a list, in an order of its own; null when there are none.
func idsIn(env *suite.Env, list *contract.Operation, values map[string]string) suite.Read {
	return func(ctx context.Context) []byte {
		var ids []string
		for item := range itemsOf(ctx, env, list, values) {
			ids = append(ids, item.Get("id").String())
		}
		slices.Sort(ids)
		shown, _ := json.Marshal(ids) // texts always encode
		return shown
	}
}

// itemsOf reads a list, bare or in a wrapper, page by page for as long as it is asked for more.
func itemsOf(
	ctx context.Context, env *suite.Env, list *contract.Operation, values map[string]string,
) iter.Seq[gjson.Result] {
	return func(yield func(gjson.Result) bool) {
		for page := range env.Pages(ctx, list.ID, mostPages, pathValues(values)) {
			for _, item := range itemsIn(env, page) {
				if !yield(item) {
					return
				}
			}
		}
	}
}

// itemsIn are the items of one page, of each what the document names.
func itemsIn(env *suite.Env, page *client.Exchange) []gjson.Result {
	if !page.Success() || !gjson.ValidBytes(page.Body) {
		return nil
	}
	whole := gjson.ParseBytes(env.Settled(page))
	if !whole.IsObject() {
		return whole.Array()
	}
	var items []gjson.Result
	whole.ForEach(func(_, member gjson.Result) bool {
		if member.IsArray() {
			items = member.Array()
		}
		return true
	})
	return items
}
