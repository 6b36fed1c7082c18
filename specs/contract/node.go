package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// errNode is what nodeJSON returns for YAML that JSON has no word for.
var errNode = errors.New("not expressible in JSON")

// eachKey calls visit for every member of a mapping node, in document order.
func eachKey(n *yaml.Node, visit func(key, value *yaml.Node)) {
	n = unalias(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		visit(n.Content[i], unalias(n.Content[i+1]))
	}
}

// member returns the value of that key in a mapping node, nil when absent.
func member(n *yaml.Node, name string) *yaml.Node {
	var found *yaml.Node
	eachKey(n, func(key, value *yaml.Node) {
		if key.Value == name {
			found = value
		}
	})
	return found
}

// word returns the text of a member, "" when absent.
func word(n *yaml.Node, name string) string {
	if value := member(n, name); value != nil {
		return value.Value
	}
	return ""
}

func unalias(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// nodeJSON writes the node as JSON, its members in document order. A date that
// YAML would read as a timestamp stays the text that was written.
func nodeJSON(n *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	if err := writeJSON(&b, unalias(n)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// nodeValue decodes the node as encoding/json would decode its JSON.
func nodeValue(n *yaml.Node) (any, error) {
	raw, err := nodeJSON(n)
	if err != nil {
		return nil, err
	}
	var v any
	err = json.Unmarshal(raw, &v)
	return v, err
}

func writeJSON(b *bytes.Buffer, n *yaml.Node) error {
	switch n.Kind {
	case yaml.MappingNode:
		return writeObject(b, n)
	case yaml.SequenceNode:
		return writeArray(b, n)
	case yaml.ScalarNode:
		return writeScalar(b, n)
	default:
		return fmt.Errorf("line %d: %w", n.Line, errNode)
	}
}

func writeObject(b *bytes.Buffer, n *yaml.Node) error {
	b.WriteByte('{')
	for i := 0; i+1 < len(n.Content); i += 2 {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeString(b, n.Content[i].Value); err != nil {
			return err
		}
		b.WriteByte(':')
		if err := writeJSON(b, unalias(n.Content[i+1])); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func writeArray(b *bytes.Buffer, n *yaml.Node) error {
	b.WriteByte('[')
	for i, item := range n.Content {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeJSON(b, unalias(item)); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

func writeScalar(b *bytes.Buffer, n *yaml.Node) error {
	switch n.ShortTag() {
	case "!!str", "!!timestamp":
		return writeString(b, n.Value)
	case "!!null":
		b.WriteString("null")
		return nil
	case "!!bool":
		var v bool
		if err := n.Decode(&v); err != nil {
			return err
		}
		b.WriteString(strconv.FormatBool(v))
		return nil
	case "!!int", "!!float":
		return writeNumber(b, n)
	default:
		return fmt.Errorf("line %d: %s is %w", n.Line, n.ShortTag(), errNode)
	}
}

// writeNumber keeps the digits as written where JSON can read them.
func writeNumber(b *bytes.Buffer, n *yaml.Node) error {
	if json.Valid([]byte(n.Value)) {
		b.WriteString(n.Value)
		return nil
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return err
	}
	raw, err := json.Marshal(v)
	b.Write(raw)
	return err
}

// writeString keeps <, > and & readable, which json.Marshal would escape.
func writeString(b *bytes.Buffer, s string) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the line break that Encode adds
	return nil
}
