package council

import (
	"strings"
	"unicode"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

func suggestVerb() behavior.Func {
	return behavior.Func{Run: suggest, Enforces: []behavior.By{
		"COU-SUG-04", "COU-SUG-05", "COU-SUG-06", "COU-SUG-07", "COU-SUG-08", "COU-SUG-12",
	}}
}

// suggest answers the category of the tenant whose keywords share most words
// with the summary. A tie goes to the lower sort order, then to the older
// category: the order of the index.
func suggest(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	words := wordsOf(c, c.Query().Get("summary"))
	prefix := store.Key(c.Actor.String("tenantId"))
	if !c.Holds("COU-SUG-12") {
		prefix = ""
	}
	var best *store.Record
	most := 0
	c.Reader().Each("category", "sortOrder", prefix, func(r *store.Record) bool {
		if !r.Get("enabled").Bool() && c.Holds("COU-SUG-08") {
			return true
		}
		n := overlap(c, words, r.String("keywords"))
		if better := n > most; better || n > 0 && !c.Holds("COU-SUG-04") && best == nil {
			best, most = r, n
		}
		return c.Holds("COU-SUG-04") || best == nil
	})
	if best == nil {
		return c.OK([]byte(`{"suggestion":null}`)), nil
	}
	return c.OK([]byte(`{"suggestion":{"id":` + rule.Text(best.ID) + `,"name":` + best.Get("name").Raw + `}}`)), nil
}

// wordsOf splits a summary at everything that is no letter, digit, hyphen or
// apostrophe.
func wordsOf(c *behavior.Call, summary string) map[string]bool {
	words := map[string]bool{}
	split := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\'' }
	if !c.Holds("COU-SUG-07") {
		split = unicode.IsSpace
	}
	for _, w := range strings.FieldsFunc(summary, split) {
		words[fold(c, strings.Trim(w, "-'"))] = true
	}
	return words
}

func fold(c *behavior.Call, s string) string {
	if c.Holds("COU-SUG-06") {
		return strings.ToLower(s)
	}
	return s
}

// overlap counts the keywords whose every word is in the summary.
func overlap(c *behavior.Call, words map[string]bool, keywords string) (n int) {
	list := strings.Split(keywords, ",")
	if !c.Holds("COU-SUG-05") {
		list = list[:1]
	}
	for _, k := range list {
		if c.Holds("COU-SUG-07") {
			k = strings.TrimSpace(k)
		}
		parts := strings.Fields(fold(c, k))
		all := len(parts) > 0 && (c.Holds("COU-SUG-07") || k == strings.TrimSpace(k))
		for _, p := range parts {
			all = all && words[p]
		}
		if all {
			n++
		}
	}
	return n
}
