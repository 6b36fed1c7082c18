package contract

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// tellApart finds the operations that have method and path in common. Where their required
// query tells them apart they all stay; of those that nothing tells apart, the first.
func (d *document) tellApart(c *Contract, forgiven *notes) {
	type route struct{ method, shape string }
	by := map[route][]*Operation{}
	for _, op := range c.Operations {
		this := route{op.Method, pathShape(op.Path)}
		by[this] = append(by[this], op)
	}
	c.Operations = slices.DeleteFunc(c.Operations, func(op *Operation) bool {
		alike := by[route{op.Method, pathShape(op.Path)}]
		if len(alike) == 1 {
			return false
		}
		here := d.at[op]
		op.Query = op.marks(here.key)
		for _, earlier := range alike[:slices.Index(alike, op)] {
			if slices.Equal(op.Query, earlier.Query) {
				forgiven.note(d.file, here.method, "Keep one of them", "%s %s is left out: nothing tells it from %s of line %d",
					op.Method, here.written(), d.at[earlier].written(), earlier.Line)
				cutMember(member(member(d.root, "paths"), here.key), strings.ToLower(op.Method))
				return true
			}
		}
		if op != alike[0] {
			forgiven.note(d.file, here.method, "",
				"%s %s has the path of %s of line %d; they are told apart by their required query",
				op.Method, here.written(), d.at[alike[0]].written(), alike[0].Line)
		}
		return false
	})
}

// sameShape marks the key of a path that is another one only by the names in its braces: to
// whoever reads the document next they are two.
const sameShape = "#="

// written is the key of a path as its author has it.
func (s spot) written() string {
	key, _, _ := strings.Cut(s.key, sameShape)
	return key
}

// marks are what a request has to have in its query to mean this operation: what its path
// says, and its required parameters.
func (o *Operation) marks(key string) (all []Mark) {
	_, mark := splitPath(key)
	if text, ok := strings.CutPrefix(mark, "?"); ok {
		text, _, _ = strings.Cut(text, "#")
		values, _ := url.ParseQuery(text) // what it can't read tells nothing apart
		for name := range values {
			all = append(all, Mark{name, values.Get(name)})
		}
	}
	for _, p := range o.Parameters {
		if p.In != "query" || !p.Required || slices.ContainsFunc(all, func(m Mark) bool { return m.Name == p.Name }) {
			continue
		}
		m := Mark{Name: p.Name}
		if p.Schema != nil && len(p.Schema.Enum) == 1 {
			m.Value = fmt.Sprint(p.Schema.Enum[0])
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Mark) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Takes says whether a request with that query may mean this operation and not another one
// of its method and path. Of several that take it, the one with the most marks is meant.
func (o *Operation) Takes(query url.Values) bool {
	return !slices.ContainsFunc(o.Query, func(m Mark) bool {
		return !query.Has(m.Name) || m.Value != "" && query.Get(m.Name) != m.Value
	})
}
