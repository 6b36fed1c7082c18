package kit

import (
	"fmt"
	"slices"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
)

// Texts matches an answer in which the values at a path, as texts, match. What is not
// found at all never does, so that a list that isn't there can't lack an item.
func Texts(path string, matcher types.GomegaMatcher) types.GomegaMatcher {
	return match.Of(path, matcher)
}

// List is where an answer has a list of records: a path such as "data", "" = the body.
type List string

func (l List) path() string { return Path(string(l)) }
func (l List) ids() string  { return Path(string(l), "#.id") }

// IDs are those of the records in a list.
func (l List) IDs(list *client.Exchange) []string { return list.Texts(l.ids()) }

// Place is the path of the record with that id in a list, or one at which nothing is.
func (l List) Place(list *client.Exchange, id string) string {
	return Path(string(l), fmt.Sprint(slices.Index(l.IDs(list), id)))
}

// Item is the record with that id in a list; one that is not there does not exist.
func (l List) Item(list *client.Exchange, id string) gjson.Result { return list.Get(l.Place(list, id)) }

// Has matches a list with these records among its own.
func (l List) Has(ids ...string) types.GomegaMatcher {
	return Texts(l.ids(), gomega.ContainElements(Any(ids)...))
}

// Only matches a list of exactly these records, in any order.
func (l List) Only(ids ...string) types.GomegaMatcher {
	return Texts(l.ids(), gomega.ConsistOf(Any(ids)...))
}

// Within matches a list of some of these records, and of no other.
func (l List) Within(ids ...string) types.GomegaMatcher {
	return match.That(fmt.Sprintf("none but %q", ids), func(e *client.Exchange) string {
		if !e.Get(l.path()).IsArray() {
			return match.Unlisted(e)
		}
		for _, id := range l.IDs(e) {
			if !slices.Contains(ids, id) {
				return "it has " + id
			}
		}
		return ""
	})
}

// Lacks matches a list without the record.
func (l List) Lacks(id string) types.GomegaMatcher {
	return Texts(l.ids(), gomega.Not(gomega.ContainElement(id)))
}

// InOrder matches a list of these records in just this order.
func (l List) InOrder(ids ...string) types.GomegaMatcher {
	return match.That(fmt.Sprintf("the order %q", ids), func(e *client.Exchange) string {
		if found := l.IDs(e); !slices.Equal(found, ids) {
			return fmt.Sprintf("it is %q", found)
		}
		return ""
	})
}

// Flagged returns the ids of the records in a list whose member is true.
func (l List) Flagged(list *client.Exchange, member string) (ids []string) {
	for _, item := range list.Get(l.path()).Array() {
		if item.Get(member).Bool() {
			ids = append(ids, item.Get("id").String())
		}
	}
	return ids
}

// FlaggedOnly matches a list in which the member of this record alone is true.
func (l List) FlaggedOnly(member, id string) types.GomegaMatcher {
	return match.That(fmt.Sprintf("only %s to have %s", id, member), func(e *client.Exchange) string {
		if flagged := l.Flagged(e, member); !slices.Equal(flagged, []string{id}) {
			return fmt.Sprintf("%q have it", flagged)
		}
		return ""
	})
}

// FlaggedOnce matches a list in which the member of one record is true, whichever it is.
func (l List) FlaggedOnce(member string) types.GomegaMatcher {
	return match.That("one record to have "+member, func(e *client.Exchange) string {
		switch flagged := l.Flagged(e, member); len(flagged) {
		case 0:
			return "none has it"
		case 1:
			return ""
		default:
			return fmt.Sprintf("%q have it", flagged)
		}
	})
}

// Any returns the values as ones of any type.
func Any[T any](values []T) []any {
	all := make([]any, len(values))
	for i, value := range values {
		all[i] = value
	}
	return all
}
