package contract

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// reshape says in the words of OpenAPI 3.0 what 3.1 says in others.
type reshape struct {
	keyword string
	only    yaml.Kind // of the value that is meant, 0 for any
	old     bool      // OpenAPI 3.0 may say so, too
	do      func(n, value *yaml.Node)
}

func reshapes() []reshape {
	return []reshape{
		{"type", yaml.SequenceNode, false, typeList},
		{"type", yaml.ScalarNode, true, nullType},
		{"const", 0, false, constant},
		{"exclusiveMinimum", yaml.ScalarNode, true, exclusive("exclusiveMinimum", "minimum", false)},
		{"exclusiveMaximum", yaml.ScalarNode, true, exclusive("exclusiveMaximum", "maximum", true)},
		{"examples", yaml.SequenceNode, false, firstExample},
		{"contentEncoding", yaml.ScalarNode, false, contentEncoding},
		{"anyOf", yaml.SequenceNode, true, nullPart("anyOf")},
		{"oneOf", yaml.SequenceNode, true, nullPart("oneOf")},
	}
}

// typeList makes null among the types a flag, and several others alternatives.
func typeList(n, value *yaml.Node) {
	var kinds []*yaml.Node
	for _, kind := range value.Content {
		switch {
		case kind.Value == "null":
			setMember(n, "nullable", flagNode(value, "true"))
		case kind.Kind == yaml.ScalarNode:
			kinds = append(kinds, kind)
		}
	}
	cutMember(n, "type")
	switch len(kinds) {
	case 0:
		onlyNull(n, value)
	case 1:
		setMember(n, "type", kinds[0])
	default:
		var parts []*yaml.Node
		for _, kind := range kinds {
			parts = append(parts, mapNode(kind, textNode(kind, "type"), kind))
		}
		either := listNode(value, parts...)
		if member(n, "anyOf") == nil {
			setMember(n, "anyOf", either)
			return
		}
		also := mapNode(value, textNode(value, "anyOf"), either)
		if all := member(n, "allOf"); all != nil && all.Kind == yaml.SequenceNode {
			all.Content = append(all.Content, also)
			return
		}
		setMember(n, "allOf", listNode(value, also))
	}
}

func nullType(n, value *yaml.Node) {
	if value.Value == "null" {
		cutMember(n, "type")
		onlyNull(n, value)
	}
}

// onlyNull lets a schema take nothing but null.
func onlyNull(n, at *yaml.Node) {
	null := textNode(at, "null")
	null.Tag = "!!null"
	setMember(n, "nullable", flagNode(at, "true"))
	setMember(n, "enum", listNode(at, null))
}

func constant(n, value *yaml.Node) {
	cutMember(n, "const")
	if isNull(value) {
		onlyNull(n, value)
		return
	}
	setMember(n, "enum", listNode(value, value))
}

// exclusive makes a limit that is a number one beside a flag.
func exclusive(keyword, plain string, upper bool) func(n, value *yaml.Node) {
	return func(n, value *yaml.Node) {
		if !hasForm(value, "a number") {
			return
		}
		if old := member(n, plain); old != nil && beyond(old, value, upper) {
			cutMember(n, keyword) // the other one is the closer
			return
		}
		setMember(n, plain, value)
		setMember(n, keyword, flagNode(value, "true"))
	}
}

func firstExample(n, value *yaml.Node) {
	if len(value.Content) > 0 && member(n, "example") == nil {
		setMember(n, "example", value.Content[0])
	}
}

func contentEncoding(n, value *yaml.Node) {
	if value.Value == "base64" && member(n, "format") == nil {
		setMember(n, "format", textNode(value, "byte"))
	}
}

// nullPart makes an alternative that is null a flag.
func nullPart(keyword string) func(n, value *yaml.Node) {
	return func(n, value *yaml.Node) {
		rest := slices.DeleteFunc(slices.Clone(value.Content), isNullSchema)
		if len(rest) == len(value.Content) {
			return
		}
		setMember(n, "nullable", flagNode(value, "true"))
		if value.Content = rest; len(rest) == 0 {
			cutMember(n, keyword)
			onlyNull(n, value)
		}
	}
}

func isNullSchema(n *yaml.Node) bool {
	kind := member(n, "type")
	return kind != nil && kind.Kind == yaml.ScalarNode && kind.Value == "null"
}
