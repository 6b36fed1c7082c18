package contract

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"
)

// jsonNodes reads a JSON text as the nodes that a YAML reader would make of it, with lines
// and columns. JSON is not quite YAML (a pair of \u escapes is one character), and large
// documents are JSON, which has a much quicker reader. Doubled names are kept.
func jsonNodes(text []byte) (*yaml.Node, error) {
	r := &jsonReader{text: text, line: 1, dec: jsontext.NewDecoder(bytes.NewReader(text),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
	n, err := r.value()
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.ReadToken(); err == nil {
		line, _ := r.place(int(r.dec.InputOffset()))
		return nil, fmt.Errorf("line %d: more follows the document", line)
	}
	return n, nil
}

type jsonReader struct {
	dec       *jsontext.Decoder
	text      []byte
	at        int // up to where the lines are counted
	line      int
	lineStart int
}

// place gives line and column of an offset, which never goes back.
func (r *jsonReader) place(offset int) (line, column int) {
	for {
		i := bytes.IndexByte(r.text[r.at:offset], '\n')
		if i < 0 {
			break
		}
		r.line++
		r.at += i + 1
		r.lineStart = r.at
	}
	r.at = offset
	return r.line, offset - r.lineStart + 1
}

func (r *jsonReader) value() (*yaml.Node, error) {
	switch r.dec.PeekKind() {
	case '{':
		return r.list('}', yaml.MappingNode, "!!map")
	case '[':
		return r.list(']', yaml.SequenceNode, "!!seq")
	}
	return r.scalar()
}

func (r *jsonReader) list(end jsontext.Kind, kind yaml.Kind, tag string) (*yaml.Node, error) {
	if _, err := r.dec.ReadToken(); err != nil {
		return nil, err
	}
	n := &yaml.Node{Kind: kind, Tag: tag}
	n.Line, n.Column = r.place(int(r.dec.InputOffset()) - 1)
	for r.dec.PeekKind() != end {
		item, err := r.value()
		if err != nil {
			return nil, err
		}
		n.Content = append(n.Content, item)
	}
	_, err := r.dec.ReadToken()
	return n, err
}

func (r *jsonReader) scalar() (*yaml.Node, error) {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return nil, err
	}
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: string(raw)}
	n.Line, n.Column = r.place(int(r.dec.InputOffset()) - len(raw))
	switch raw[0] {
	case '"':
		n.Tag, n.Style = "!!str", yaml.DoubleQuotedStyle
		value, _ := jsontext.AppendUnquote(nil, raw) // what it can't say in UTF-8 becomes U+FFFD
		n.Value = string(value)
	case 't', 'f':
		n.Tag = "!!bool"
	case 'n':
		n.Tag = "!!null"
	default:
		n.Tag = "!!int"
		if strings.ContainsAny(n.Value, ".eE") {
			n.Tag = "!!float"
		}
	}
	return n, nil
}
