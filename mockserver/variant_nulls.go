package mockserver

import (
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/specs/contract"
)

// withoutNulls leaves out of an answer every member that is null and that the
// document does not ask for: for a reader the two are the same.
func withoutNulls(o *contract.Operation, a behavior.Answer) []byte {
	r, ok := o.Response(a.Status)
	if !ok || r.Schema == nil || !gjson.ValidBytes(a.Body) {
		return a.Body
	}
	return prune(nil, gjson.ParseBytes(a.Body), []*contract.Schema{r.Schema})
}

// prune writes a value again that keeps every one of the schemas.
func prune(to []byte, v gjson.Result, schemas []*contract.Schema) []byte {
	switch {
	case v.IsArray():
		to = append(to, '[')
		for i, item := range v.Array() {
			if i > 0 {
				to = append(to, ',')
			}
			to = prune(to, item, items(schemas))
		}
		return append(to, ']')
	case v.IsObject():
		to = append(to, '{')
		start := len(to)
		v.ForEach(func(k, member gjson.Result) bool {
			below, required := property(schemas, k.Str)
			if member.Type == gjson.Null && len(below) > 0 && !required {
				return true
			}
			if len(to) > start {
				to = append(to, ',')
			}
			to = prune(append(append(to, k.Raw...), ':'), member, below)
			return true
		})
		return append(to, '}')
	}
	return append(to, v.Raw...)
}

func items(schemas []*contract.Schema) (all []*contract.Schema) {
	for _, s := range parts(schemas) {
		if s.Items != nil {
			all = append(all, s.Items)
		}
	}
	return all
}

// property finds the schemas of a member, and whether any asks for it.
func property(schemas []*contract.Schema, name string) (all []*contract.Schema, required bool) {
	for _, s := range parts(schemas) {
		required = required || slices.Contains(s.Required, name)
		for _, p := range s.Properties {
			if p.Name == name {
				all = append(all, p.Schema)
			}
		}
	}
	return all, required
}

// parts unfolds what schemas are made of, each part once.
func parts(schemas []*contract.Schema) (all []*contract.Schema) {
	seen := map[*contract.Schema]bool{}
	for _, s := range schemas {
		for _, part := range s.Forms() {
			if !seen[part] {
				seen[part] = true
				all = append(all, part)
			}
		}
	}
	return all
}
