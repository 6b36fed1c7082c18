package suite

import (
	"hash/fnv"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
)

// substance is what a success tells, in two sums: of its shape as it came, that is the names
// under which it has values, and of what the document names of it. A page that is shown
// for everything has one shape, however the times and ids in it change; and what is
// documented of two answers has to differ as well. An answer that recalls what only an
// earlier request told is no such page: what it says is its shape, for a target may well
// have a value under every name of every record.
type substance struct{ Shape, Known uint64 }

// enoughDistinct is how many different answers of substance make a target one that works.
const enoughDistinct = 2

// addDistinct adds what an answer says, where it differs in both from what was said before.
func addDistinct(so []substance, said substance) []substance {
	alike := func(other substance) bool { return other.Shape == said.Shape || other.Known == said.Known }
	if len(so) >= enoughDistinct || slices.ContainsFunc(so, alike) {
		return so
	}
	return append(so, said)
}

// substanceOf returns what an answer says, and false for one that tells nothing: anything but a
// success with a text or a number under a name of the document that was not sent.
func (c *caseRun) substanceOf(exchange *client.Exchange) (substance, bool) {
	response, documented := c.session.contract.Judged(exchange.Operation, exchange.Status, c.session.strict())
	if !documented || !exchange.Success() || !gjson.ValidBytes(exchange.Body) || response.Open && response.Schema != nil {
		return substance{}, false
	}
	known := response.Schema.Named(exchange.Body)
	if free := response.Schema.Known(exchange.Body); response.Schema == nil || len(leaves(known)) == 0 {
		// nothing has a name: what was told before, and to another request, tells all the same
		return substance{Shape: sum(free), Known: sum(free)}, c.recalls(exchange, free)
	}
	own := valuesSent(exchange)
	news := func(value string) bool { return !own[value] }
	if !slices.ContainsFunc(slices.Concat(slices.Collect(maps.Values(leaves(known)))...), news) {
		return substance{}, false
	}
	if c.recalls(exchange, known) {
		return substance{Shape: sum(known), Known: sum(known)}, true
	}
	shape := slices.Sorted(maps.Keys(leaves(exchange.Body)))
	return substance{Shape: sum([]byte(strings.Join(shape, "\n"))), Known: sum(known)}, true
}

// recalls says whether an answer holds a word that the case made up, in whatever letter case, and that its own request
// does not hold, beside all that are in that: the target remembers what it was told of what it is asked for.
func (c *caseRun) recalls(exchange *client.Exchange, known []byte) bool {
	told := c.madeUpIn(string(known))
	if len(told) == 0 {
		return false
	}
	sent := c.madeUpIn(asked(exchange))
	for word := range sent {
		if !told[word] {
			return false
		}
	}
	return len(told) > len(sent)
}

// asked is what a request says.
func asked(exchange *client.Exchange) string {
	return exchange.URL + "\n" + string(exchange.RequestBody)
}

// madeUpIn are the words that the case made up and a text holds, in whatever letter case. They are of one length, so
// that each place of the text is looked at once: there are as many of them as a record has members, in each record.
func (c *caseRun) madeUpIn(text string) map[string]bool {
	words := map[string]bool{}
	if len(c.words) == 0 {
		return words
	}
	text = strings.ToLower(text)
	for i := 0; i+uniqueLetters <= len(text); i++ {
		if word := text[i : i+uniqueLetters]; c.words[word] {
			words[word] = true
		}
	}
	return words
}

func sum(data []byte) uint64 {
	hash := fnv.New64a()
	hash.Write(data) // a hash never fails to write
	return hash.Sum64()
}

// valuesSent are the values that the request itself held, in its body or its URL.
func valuesSent(exchange *client.Exchange) map[string]bool {
	all := map[string]bool{}
	var walk func(value gjson.Result)
	walk = func(value gjson.Result) {
		if !value.IsObject() && !value.IsArray() {
			all[value.String()] = true
			return
		}
		value.ForEach(func(_, inner gjson.Result) bool {
			walk(inner)
			return true
		})
	}
	if gjson.ValidBytes(exchange.RequestBody) {
		walk(gjson.ParseBytes(exchange.RequestBody))
	}
	target, err := url.Parse(exchange.URL)
	if err != nil {
		return all
	}
	for _, values := range target.Query() {
		for _, value := range values {
			all[value] = true
		}
	}
	for step := range strings.SplitSeq(target.Path, "/") {
		all[step] = true
	}
	return all
}

// leaves lists the texts and numbers of a JSON value by the names that lead to them; the
// items of a list share one.
func leaves(body []byte) map[string][]string {
	found := map[string][]string{}
	var walk func(path string, value gjson.Result)
	walk = func(path string, value gjson.Result) {
		switch {
		case value.IsArray():
			for _, item := range value.Array() {
				walk(path+"/#", item)
			}
		case value.IsObject():
			value.ForEach(func(name, member gjson.Result) bool {
				walk(path+"/"+name.String(), member)
				return true
			})
		case value.Type == gjson.String && value.Str != "" || value.Type == gjson.Number:
			found[path] = append(found[path], value.String())
		}
	}
	walk("", gjson.ParseBytes(body))
	return found
}
