package contract

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// schemaMember rewrites what stands where a schema should.
func (x *forgiver) schemaMember(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.MappingNode && value.Tag != "!!bool" && !isNull(value) {
		x.note(at.name, value, "Make it a mapping", "the schema is no mapping, and takes anything")
		return mapNode(value)
	}
	x.once(at, value, "schemas")
	return value
}

// schema rewrites a schema in place. There is none that can't be kept: what can't be read
// takes anything.
func (x *forgiver) schema(at *source, n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode {
		if n.Value == "false" {
			x.note(at.name, n, "Leave it out", "a schema that takes nothing is not read, and takes anything")
		}
		*n = *mapNode(n)
		return true
	}
	if ref := reference(n); ref != nil {
		return x.schemaReference(at, n, ref)
	}
	for _, row := range reshapes() {
		value := member(n, row.keyword)
		if value == nil || row.only != 0 && value.Kind != row.only {
			continue
		}
		if !at.later && !row.old {
			x.note(at.name, value, "", "%s is written as in OpenAPI 3.1, and read so", row.keyword)
		}
		row.do(n, value)
	}
	x.keep(at, n, "a schema", x.rules.schema)
	for _, mend := range mends() {
		mend(x, at, n)
	}
	return true
}

// schemaReference rewrites a schema that refers to another. What stands beside the reference
// is meant of the same value.
func (x *forgiver) schemaReference(at *source, n, ref *yaml.Node) bool {
	name := x.lift(at, ref, "schemas")
	if name == "" {
		n.Content = nil
		return true
	}
	to := []*yaml.Node{textNode(ref, "$ref"), textNode(ref, "#/components/schemas/"+name)}
	cutMember(n, "$ref")
	n.Content = meaningful(n)
	if len(n.Content) == 0 {
		n.Content = to
		return true
	}
	if !at.later {
		x.note(at.name, ref, "Put the reference into allOf", "keywords beside $ref are read as if it stood in allOf")
	}
	parts := member(n, "allOf")
	if parts == nil || parts.Kind != yaml.SequenceNode {
		parts = listNode(ref)
		setMember(n, "allOf", parts)
	}
	x.schema(at, n)
	parts.Content = append(parts.Content, mapNode(ref, to...))
	setMember(n, "allOf", parts)
	return true
}

// meaningful are the members beside a reference that say something of a value.
func meaningful(n *yaml.Node) (all []*yaml.Node) {
	remarks := []string{"description", "title", "summary", "deprecated", "example", "examples", "externalDocs", "xml", "$comment"}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !slices.Contains(remarks, key.Value) && !isNull(value) && (len(key.Value) < 2 || key.Value[:2] != "x-") {
			all = append(all, key, value)
		}
	}
	return all
}

// breakCircles opens schemas that are, by allOf, anyOf or oneOf, a part of themselves, and
// wraps those that are nothing but another reference.
func (x *forgiver) breakCircles() {
	const open, closed = 1, 2
	state := map[*yaml.Node]int{}
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		if ref := reference(n); ref != nil {
			target := x.resolved(n, "schemas")
			if state[target] == open {
				x.note(x.main.name, ref, "Break the circle", "schema %s is a part of itself; here it takes anything",
					lastStep(ref.Value))
				n.Content = nil
			} else if state[target] == 0 {
				state[target] = open
				visit(target)
				state[target] = closed
			}
			return
		}
		for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
			if parts := member(n, keyword); parts != nil {
				for _, part := range parts.Content {
					visit(part)
				}
			}
		}
	}
	eachKey(x.sections["schemas"], func(_, n *yaml.Node) {
		if ref := reference(n); ref != nil {
			n.Content = []*yaml.Node{textNode(ref, "allOf"), listNode(ref, mapNode(ref, n.Content...))}
		}
		if state[n] == 0 {
			state[n] = open
			visit(n)
			state[n] = closed
		}
	})
}
