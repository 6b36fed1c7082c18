package contract

import (
	"encoding/json"
	"slices"

	"go.yaml.in/yaml/v4"
)

// What a document may be at most: more is no document but a trap, such as an alias of
// aliases of aliases.
const (
	mostNodes   = 4 << 20
	deepestNode = 400
)

var (
	errTooLarge = trap{"with its aliases it has more than four million parts", "Name fewer parts by aliases"}
	errTooDeep  = trap{"it is nested more than 400 deep, or an alias names what it stands in",
		"Give what is deep in it a name in components, and refer to that by $ref"}
)

// trap is an error of a text that can be read, and can't be taken, and what to do about it.
type trap struct{ text, fix string }

func (t trap) Error() string { return t.text }

// plain rewrites a tree of nodes to what JSON can say: aliases and merge keys are written
// out, keys are texts, each once, and every scalar is a text, number, boolean or null.
type plain struct {
	*notes
	file   string
	budget int
}

// parts is of how many nodes a tree is made when its aliases are written out, up to one more than may be. What an
// alias names is counted once, known by then; one that names what it stands in counts as nothing, since that is told
// by how deep it is.
func parts(n *yaml.Node, known map[*yaml.Node]int) int {
	if n.Kind == yaml.AliasNode {
		if count, ok := known[n.Alias]; ok {
			return count
		}
		known[n.Alias] = 0
		known[n.Alias] = parts(n.Alias, known)
		return known[n.Alias]
	}
	count := 1
	for i, item := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			continue // the key
		}
		if count += parts(item, known); count > mostNodes {
			return mostNodes + 1
		}
	}
	return count
}

func (p *plain) node(n *yaml.Node, depth int) (*yaml.Node, error) {
	if p.budget--; p.budget < 0 {
		return nil, errTooLarge
	}
	if depth > deepestNode {
		return nil, errTooDeep
	}
	switch n.Kind {
	case yaml.AliasNode:
		return p.node(n.Alias, depth+1)
	case yaml.MappingNode:
		return p.mapping(n, depth)
	case yaml.SequenceNode:
		out := listNode(n, make([]*yaml.Node, len(n.Content))...)
		for i, item := range n.Content {
			plain, err := p.node(item, depth+1)
			if err != nil {
				return nil, err
			}
			out.Content[i] = plain
		}
		return out, nil
	}
	scalar := *n
	scalar.Anchor, scalar.Tag = "", scalarTag(n)
	return &scalar, nil
}

func scalarTag(n *yaml.Node) string {
	switch tag := n.ShortTag(); tag {
	case "!!null":
		return tag
	case "!!bool":
		if n.Value == "true" || n.Value == "false" {
			return tag
		}
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return tag
		}
	}
	return "!!str"
}

// mapping writes out the merges of a mapping, whose own members win, and keeps the last of
// members with one name.
func (p *plain) mapping(n *yaml.Node, depth int) (*yaml.Node, error) {
	at := make(map[string]int, len(n.Content)/2)
	var out, merged []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := unalias(n.Content[i])
		value, err := p.node(n.Content[i+1], depth+1)
		switch {
		case err != nil:
			return nil, err
		case key.Kind != yaml.ScalarNode:
			p.note(p.file, key, "Make it a text", "a key that is no text is left out")
			continue
		case key.ShortTag() == "!!merge":
			merged = append(merged, merges(value)...)
			continue
		}
		if j, double := at[key.Value]; double {
			p.note(p.file, key, "Keep one of them", "key %q is there twice; the last one counts", key.Value)
			out[j+1] = value
			continue
		}
		text := *key
		text.Tag, text.Anchor = "!!str", ""
		at[key.Value] = len(out)
		out = append(out, &text, value)
	}
	for i := 0; i+1 < len(merged); i += 2 {
		if _, own := at[merged[i].Value]; !own {
			at[merged[i].Value] = len(out)
			out = append(out, merged[i], merged[i+1])
		}
	}
	return mapNode(n, out...), nil
}

// merges are the members that the value of a merge key brings.
func merges(value *yaml.Node) (all []*yaml.Node) {
	switch value.Kind {
	case yaml.MappingNode:
		return value.Content
	case yaml.SequenceNode:
		for _, item := range value.Content {
			if item.Kind == yaml.MappingNode {
				all = append(all, item.Content...)
			}
		}
	}
	return all
}

// textNode is a text at the place of another node.
func textNode(at *yaml.Node, text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Line: at.Line, Column: at.Column}
}

// flagNode is a boolean at the place of another node.
func flagNode(at *yaml.Node, text string) *yaml.Node {
	n := textNode(at, text)
	n.Tag = "!!bool"
	return n
}

// listNode is a list at the place of another node.
func listNode(at *yaml.Node, items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items, Line: at.Line, Column: at.Column}
}

// mapNode is a mapping at the place of another node, of keys and values in turn.
func mapNode(at *yaml.Node, members ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: members, Line: at.Line, Column: at.Column}
}

// setMember gives a mapping a member, in the place of one of that name.
func setMember(n *yaml.Node, name string, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			n.Content[i+1] = value
			return
		}
	}
	n.Content = append(n.Content, textNode(value, name), value)
}

// cutMember takes a member out of a mapping and returns it, nil where there is none.
func cutMember(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			value := n.Content[i+1]
			n.Content = slices.Delete(n.Content, i, i+2)
			return value
		}
	}
	return nil
}
