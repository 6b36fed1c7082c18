package contract

import (
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v4"
)

// DocumentAsJSON is a document of YAML in JSON, its members in their order. What YAML
// takes for a number or a date where it stands without quotes stays as it is written.
func DocumentAsJSON(text []byte) ([]byte, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, err
	}
	if len(root.Content) == 0 {
		return []byte("null"), nil
	}
	return jsonOf(root.Content[0], mostDocument)
}

// jsonWriter writes a node, up to a size and a depth: a few lines of aliases stand for more
// than any memory holds, and one that names what it stands in has no end.
type jsonWriter struct{ most, deep int }

// What is written at most.
const (
	mostDeep     = 1000
	mostDocument = 64 << 20
)

func jsonOf(n *yaml.Node, most int) ([]byte, error) {
	w := jsonWriter{most: most}
	return w.node(nil, n)
}

func (w *jsonWriter) node(out []byte, n *yaml.Node) ([]byte, error) {
	switch w.deep++; {
	case w.deep > mostDeep:
		return nil, fmt.Errorf("it is over %d deep, or an alias names what it stands in", mostDeep)
	case len(out) > w.most:
		return nil, fmt.Errorf("it is over %d bytes, with its aliases written out", w.most)
	}
	defer func() { w.deep-- }()
	var err error
	switch n.Kind {
	case yaml.AliasNode:
		return w.node(out, n.Alias)
	case yaml.MappingNode:
		out = append(out, '{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			if i > 0 {
				out = append(out, ',')
			}
			name, _ := json.Marshal(n.Content[i].Value) // a text always encodes
			out = append(append(out, name...), ':')
			if out, err = w.node(out, n.Content[i+1]); err != nil {
				return nil, err
			}
		}
		return append(out, '}'), nil
	case yaml.SequenceNode:
		out = append(out, '[')
		for i, item := range n.Content {
			if i > 0 {
				out = append(out, ',')
			}
			if out, err = w.node(out, item); err != nil {
				return nil, err
			}
		}
		return append(out, ']'), nil
	}
	var value any = n.Value
	switch n.ShortTag() {
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return append(out, n.Value...), nil
		}
		err = n.Load(&value)
	case "!!bool", "!!null":
		err = n.Load(&value)
	}
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(value)
	return append(out, text...), err
}

// NodeAsJSON writes a part of a YAML text as JSON, its members in their order. Dates stay the
// texts that they are. One of more than so many bytes, and one without an end, is an error.
func NodeAsJSON(n *yaml.Node, most int) ([]byte, error) { return jsonOf(n, most) }
