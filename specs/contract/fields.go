package contract

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// fields is a mapping of the catalogue whose keys are all known.
type fields struct {
	*complaints
	at     int
	values map[string]*yaml.Node
}

// fields reads a mapping and complains about keys that are unknown or double;
// what is the kind of mapping, with its article.
func (c *complaints) fields(n *yaml.Node, what string, known ...string) fields {
	f := fields{complaints: c, at: n.Line, values: map[string]*yaml.Node{}}
	eachKey(n, func(key, value *yaml.Node) {
		if !slices.Contains(known, key.Value) {
			fix := "Use one of " + strings.Join(known, ", ")
			if near := Nearest(key.Value, known); near != "" {
				fix = "Did you mean " + near + "?"
			}
			c.add(key.Line, fix, "%s has no key %q", what, key.Value)
			return
		}
		if _, double := f.values[key.Value]; double {
			c.add(key.Line, "Keep one of them", "key %q is there twice", key.Value)
		}
		f.values[key.Value] = value
	})
	return f
}

func (f fields) node(key string) *yaml.Node { return f.values[key] }

// line returns the line of a value, that of the mapping when it isn't there.
func (f fields) line(key string) int {
	if n := f.values[key]; n != nil {
		return n.Line
	}
	return f.at
}

func (f fields) text(key string) string   { return decode[string](f, key, "a text") }
func (f fields) number(key string) int    { return decode[int](f, key, "a whole number") }
func (f fields) list(key string) []string { return decode[[]string](f, key, "a list of words") }

func decode[T any](f fields, key, form string) T {
	var v T
	n := f.values[key]
	if n == nil {
		return v
	}
	if err := n.Decode(&v); err != nil {
		f.add(n.Line, "Write "+form, "%s can't be read: %v", key, err)
	}
	return v
}
