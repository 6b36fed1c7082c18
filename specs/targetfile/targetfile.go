// Package targetfile reads and writes target files: what the conformance suite is told
// of a service, in YAML or JSON, with variables of the environment. Their form is that
// of Schema, by which editors complete them.
//
// It is an API for users: keys stay, and are only added.
package targetfile

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"rollcall/specs/target"
)

//go:embed target.schema.json
var schemaText []byte

// Schema is the JSON Schema (draft 2020-12) of target files.
func Schema() []byte { return bytes.Clone(schemaText) }

// Problems are what is wrong with a file, one each, with the line.
type Problems []string

// Error returns them, one a line.
func (p Problems) Error() string { return strings.Join(p, "\n") }

// compiled is the schema, ready to judge.
func compiled() *jsonschema.Schema {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	compiler := jsonschema.NewCompiler()
	if err == nil {
		err = compiler.AddResource("target.schema.json", document)
	}
	if err != nil {
		panic(fmt.Sprintf("targetfile: the schema of this program: %v", err))
	}
	return compiler.MustCompile("target.schema.json")
}

// Parse reads the text of a target file. environment looks a variable up, as os.LookupEnv
// does. What is wrong is told as Problems; a url is not asked for. The target knows the lines
// of its members, for whatever looks at it later.
func Parse(text []byte, environment func(string) (string, bool)) (target.Target, error) {
	var t target.Target
	document, err := read(text)
	if err != nil {
		return t, err
	}
	if err := document.Load(new(any)); err != nil { // names that stand twice, aliases of nothing
		return t, unreadable(text, err)
	}
	plainText(document)
	written := map[*yaml.Node]string{}
	if problems := fillIn(document, environment, written); len(problems) > 0 {
		return t, Problems(problems)
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		return t, Problems{fmt.Sprintf("line %d: the file is no mapping of keys to values", root.Line)}
	}
	if err := compiled().Validate(value(root)); err != nil {
		var wrong *jsonschema.ValidationError
		if errors.As(err, &wrong) {
			return t, tell(root, wrong, written)
		}
		return t, err
	}
	spellOut(root)
	if err := document.Load(&t); err != nil {
		return t, unreadable(text, err)
	}
	t.Source.Lines = map[string]int{}
	linesOf(root, nil, t.Source.Lines)
	return t, nil
}

// plainText takes a day that is written without quotes for the text it is: the library
// would refuse it where a text is wanted.
func plainText(n *yaml.Node) {
	if n.Tag == "!!timestamp" {
		n.Tag = "!!str"
	}
	for _, child := range n.Content {
		plainText(child)
	}
}

// spellOut writes what has a short form in its long one: one time to settle for all.
func spellOut(root *yaml.Node) {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if at := root.Content[i+1]; root.Content[i].Value == "settle" && at.Kind == yaml.ScalarNode {
			root.Content[i+1] = &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{
				{Kind: yaml.ScalarNode, Value: "*", Tag: "!!str", Style: yaml.DoubleQuotedStyle}, at,
			}}
		}
	}
}

// value is a node as the schema sees it.
func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.AliasNode:
		return value(n.Alias)
	case yaml.MappingNode:
		members := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			members[n.Content[i].Value] = value(n.Content[i+1])
		}
		return members
	case yaml.SequenceNode:
		items := make([]any, len(n.Content))
		for i, inner := range n.Content {
			items[i] = value(inner)
		}
		return items
	}
	var plain any
	if n.ShortTag() == "!!str" || n.Load(&plain) != nil {
		return n.Value
	}
	switch number := plain.(type) {
	case int:
		return float64(number)
	case int64:
		return float64(number)
	case uint64:
		return float64(number)
	case float64:
		if math.IsNaN(number) || math.IsInf(number, 0) { // no JSON, and so nothing that a schema knows
			return n.Value
		}
	}
	return plain
}
