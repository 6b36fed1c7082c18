package route

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// leaf is one pattern of the router with the templates that share it, the one
// to be preferred first.
type leaf struct {
	pattern string
	choices []choice
}

// choice is a template seen from its pattern: captured holds its segments at
// the pattern's wildcards, in the order in which values arrive.
type choice struct {
	*template
	captured []segment
}

// newLeaf builds the leaf of pattern, whose wildcards stand at the segments wild.
func newLeaf(pattern string, wild []int, templates []*template) *leaf {
	slices.SortFunc(templates, before)
	l := &leaf{pattern: pattern}
	for _, t := range templates {
		c := choice{template: t}
		for _, i := range wild {
			c.captured = append(c.captured, t.segments[i])
		}
		l.choices = append(l.choices, c)
	}
	return l
}

// choose settles a lookup that ended in this leaf; captured are the values at its wildcards.
func (l *leaf) choose(method string, captured Params) Match {
	known := false
	for i := range l.choices {
		c := &l.choices[i]
		if !c.matches(captured) {
			continue
		}
		known = true
		if value, ok := c.answers(method); ok {
			return Match{Value: value, Params: c.named(captured), Outcome: Found}
		}
	}
	if !known {
		return Match{}
	}
	outcome := NotAllowed
	if method == http.MethodOptions {
		outcome = Options
	}
	return Match{Outcome: outcome, Allow: l.allow(captured)}
}

// allow joins the methods of every template that matches.
func (l *leaf) allow(captured Params) string {
	var methods []string
	for i := range l.choices {
		c := &l.choices[i]
		if !c.matches(captured) {
			continue
		}
		for _, op := range c.methods {
			methods = append(methods, op.method)
			if op.method == http.MethodGet {
				methods = append(methods, http.MethodHead)
			}
		}
	}
	slices.Sort(methods)
	return strings.Join(slices.Compact(methods), ", ")
}

// matches compares the literals; an empty segment matches nothing.
func (c *choice) matches(captured Params) bool {
	for i, s := range c.captured {
		v := captured[i].Value
		if v == "" || s.literal != "" && v != s.literal {
			return false
		}
	}
	return true
}

// answers returns the value for method, with GET standing in for HEAD.
func (c *choice) answers(method string) (int, bool) {
	value, ok := c.exactly(method)
	if !ok && method == http.MethodHead {
		return c.exactly(http.MethodGet)
	}
	return value, ok
}

// named keeps the values of the template's own parameters, under their names,
// in the slice that the router made for this lookup.
func (c *choice) named(captured Params) Params {
	n := 0
	for i, s := range c.captured {
		if s.isParam() {
			captured[n] = Param{Key: s.name, Value: captured[i].Value}
			n++
		}
	}
	return captured[:n]
}

// overlaps names the pairs that only the order of the leaf tells apart. Two
// templates of the same shape with a method in common are an error.
func (l *leaf) overlaps() (notes []string, err error) {
	for i, a := range l.choices {
		for _, b := range l.choices[i+1:] {
			methods := a.shared(b.template)
			overlap, aNarrower, bNarrower := relation(a.template, b.template)
			if !overlap || len(methods) == 0 || aNarrower != bNarrower {
				continue
			}
			if !aNarrower {
				return nil, fmt.Errorf("%s %s and %s match the same paths: remove one", methods[0], a.path, b.path)
			}
			notes = append(notes, fmt.Sprintf("%s %s and %s both match %s: the first wins, its literal stands further left",
				strings.Join(methods, ", "), a.path, b.path, common(a.template, b.template)))
		}
	}
	return notes, nil
}
