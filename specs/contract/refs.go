package contract

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// checkReferences complains about every $ref below root that leads nowhere, or
// that has siblings: OpenAPI 3.0 ignores those without a word.
func checkReferences(root *yaml.Node, c *complaints) {
	walkReferences(root, func(holder, ref *yaml.Node) {
		switch {
		case !strings.HasPrefix(ref.Value, "#/"):
			c.add(ref.Line, "Keep everything in one file and start the reference with #/",
				"$ref %q points outside the document", ref.Value)
		case lookup(root, ref.Value) == nil:
			c.add(ref.Line, suggestReference(root, ref.Value), "$ref %q leads nowhere", ref.Value)
		case len(holder.Content) > 2:
			c.add(ref.Line, "Put the reference into allOf and keep the other keywords beside that",
				"keywords beside $ref %q would be ignored", ref.Value)
		}
	})
}

// walkReferences visits each mapping that holds a $ref. Examples are data, not
// document, and are left alone; a member may be named like one.
func walkReferences(n *yaml.Node, visit func(holder, ref *yaml.Node)) {
	if n.Kind == yaml.SequenceNode {
		for _, item := range n.Content {
			walkReferences(item, visit)
		}
		return
	}
	eachKey(n, func(key, value *yaml.Node) {
		switch {
		case key.Value == "$ref" && value.Kind == yaml.ScalarNode:
			visit(n, value)
		case key.Value == "properties":
			eachKey(value, func(_, member *yaml.Node) { walkReferences(member, visit) })
		case key.Value != "example":
			walkReferences(value, visit)
		}
	})
}

// lookup follows a local reference such as #/components/schemas/Ward.
func lookup(root *yaml.Node, ref string) *yaml.Node {
	at := root
	for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		if at != nil && at.Kind == yaml.SequenceNode {
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(at.Content) {
				return nil
			}
			at = unalias(at.Content[i])
			continue
		}
		at = member(at, step)
	}
	return at
}

// suggestReference names the component that was most likely meant.
func suggestReference(root *yaml.Node, ref string) string {
	cut := strings.LastIndexByte(ref, '/')
	var known []string
	eachKey(lookup(root, ref[:cut]), func(key, _ *yaml.Node) { known = append(known, key.Value) })
	if near := Nearest(ref[cut+1:], known); near != "" {
		return "Did you mean " + ref[:cut+1] + near + "?"
	}
	return "Define it, or correct the reference"
}

// checkComponents complains about component schemas that are nothing but another
// reference, and about those that are, by allOf, anyOf or oneOf, a part of
// themselves. A circle through a member is fine.
func checkComponents(root *yaml.Node, c *complaints) {
	eachKey(lookup(root, "#/components/schemas"), func(key, schema *yaml.Node) {
		if target := member(schema, "$ref"); target != nil {
			c.add(target.Line, "Refer to "+target.Value+" where it is meant", "schema %s is nothing but another reference",
				key.Value)
		} else if containsItself(root, schema, schema, map[*yaml.Node]bool{}) {
			c.add(key.Line, "Break the circle", "schema %s is a part of itself", key.Value)
		}
	})
}

func containsItself(root, at, sought *yaml.Node, seen map[*yaml.Node]bool) bool {
	if seen[at] {
		return at == sought
	}
	seen[at] = true
	if ref := member(at, "$ref"); ref != nil {
		return containsItself(root, lookup(root, ref.Value), sought, seen)
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		parts := member(at, keyword)
		if parts == nil {
			continue
		}
		for _, part := range parts.Content {
			if containsItself(root, unalias(part), sought, seen) {
				return true
			}
		}
	}
	return false
}
