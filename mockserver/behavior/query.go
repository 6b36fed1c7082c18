package behavior

import (
	"net/url"
	"strings"

	"rollcall/specs/contract"
)

// Query gives the values of the query, parsed once. A name that is there several
// times has one value, a list with commas: what is checked is what is used, and no
// pair is lost. Without a query it is nil, which nobody writes into.
func (c *Call) Query() url.Values {
	if c.query != nil || c.Request.URL.RawQuery == "" {
		return c.query
	}
	c.query, c.unread = url.ParseQuery(c.Request.URL.RawQuery)
	for name, values := range c.query {
		if len(values) > 1 {
			c.query[name] = []string{strings.Join(values, ",")}
		}
	}
	return c.query
}

// Drop forgets a query parameter.
func (c *Call) Drop(parameter string) {
	if q := c.Query(); len(q) > 0 {
		q.Del(parameter)
	}
}

// Unreadable is the violation of a query that can't be read as a whole: the part
// that was lost might have been a filter.
func (c *Call) Unreadable() []contract.Violation {
	if c.Query(); c.unread == nil {
		return nil
	}
	return []contract.Violation{{In: "query", Pointer: "/" + culprit(c.Request.URL.RawQuery), Keyword: "query",
		Message: "can't be read: " + c.unread.Error() + "; write & as %26, ; as %3B and % as %25 in a name or a value"}}
}

// culprit is the name in the first pair that can't be read, as far as it can; where
// there are too many pairs, in the first.
func culprit(query string) string {
	for pair := range strings.SplitSeq(query, "&") {
		if _, err := url.ParseQuery(pair); err != nil {
			return nameOf(pair)
		}
	}
	return nameOf(query)
}

func nameOf(pair string) string {
	raw, _, _ := strings.Cut(pair, "=")
	if name, err := url.QueryUnescape(raw); err == nil {
		return name
	}
	return raw
}

// Violations lists how the call's input breaks the document, body first.
func (c *Call) Violations() []contract.Violation {
	if c.Operation == nil {
		return nil
	}
	all := append(c.Unreadable(), c.Operation.CheckBody(c.Body)...)
	for _, p := range c.Operation.Parameters {
		value, present := c.Path.Get(p.Name), true
		if p.In == "query" {
			value, present = c.Query().Get(p.Name), c.Query().Has(p.Name)
		}
		if p.In != "header" {
			all = append(all, c.Operation.CheckParameter(p, value, present)...)
		}
	}
	return all
}
