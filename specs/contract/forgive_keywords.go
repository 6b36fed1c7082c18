package contract

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// schemaRules say what becomes of each keyword of a schema.
func schemaRules() map[string]rule {
	rules := map[string]rule{
		"type": (*forgiver).typeName, "pattern": (*forgiver).pattern, "title": asText, "description": asText,
		"items": (*forgiver).items, "properties": (*forgiver).properties, "required": (*forgiver).required,
		"additionalProperties": (*forgiver).additional, "allOf": (*forgiver).schemaList, "anyOf": (*forgiver).schemaList,
		"oneOf": (*forgiver).schemaList, "default": (*forgiver).example, "example": (*forgiver).example,
		"discriminator": without("discriminator is not read: alternatives are told apart by their schemas"),
	}
	for keyword, form := range keywordForms() {
		if _, known := rules[keyword]; !known {
			rules[keyword] = formed(form)
		}
	}
	for _, remark := range []string{"xml", "externalDocs", "$comment", "$schema", "$id", "$anchor", "$defs", "definitions",
		"examples", "contentMediaType", "contentEncoding", "summary", "name"} {
		rules[remark] = leaveOut
	}
	return rules
}

// formed takes a keyword whose value has that form, or can be read so.
func formed(form string) rule {
	return func(x *forgiver, at *source, key, value *yaml.Node) *yaml.Node {
		if read := readAs(value, form); read != nil {
			if read.Tag != value.Tag {
				x.note(at.name, value, "Write it so", "%s is written as a text, and read as %s", key.Value, form)
			}
			return read
		}
		x.note(at.name, value, "Write it so", "%s is not %s, and left out", key.Value, form)
		return nil
	}
}

// readAs reads a scalar as one of that form where its text allows, nil where not.
func readAs(n *yaml.Node, form string) *yaml.Node {
	if hasForm(n, form) {
		return n
	}
	if n.Kind != yaml.ScalarNode {
		return nil
	}
	if form == "a text" {
		return textNode(n, n.Value)
	}
	read := textNode(n, strings.TrimSuffix(strings.TrimSpace(n.Value), ".0"))
	switch {
	case read.Value == "true" || read.Value == "false":
		read.Tag = "!!bool"
	case !json.Valid([]byte(read.Value)):
		return nil
	case strings.ContainsAny(read.Value, ".eE"):
		read.Tag = "!!float"
	default:
		read.Tag = "!!int"
	}
	if !hasForm(read, form) {
		return nil
	}
	return read
}

// typeName takes the name of a type, also in capitals and by its usual other names.
func (x *forgiver) typeName(at *source, _, value *yaml.Node) *yaml.Node {
	known := []string{"string", "integer", "number", "boolean", "object", "array"}
	if slices.Contains(known, value.Value) {
		return textNode(value, value.Value)
	}
	others := map[string]string{"int": "integer", "long": "integer", "float": "number", "double": "number", "decimal": "number",
		"bool": "boolean", "text": "string", "date": "string", "datetime": "string", "date-time": "string", "uuid": "string",
		"file": "string", "map": "object", "dict": "object", "list": "array"}
	name := strings.ToLower(value.Value)
	if other, ok := others[name]; ok {
		name = other
	}
	if value.Kind == yaml.ScalarNode && slices.Contains(known, name) {
		x.note(at.name, value, "", "type %q is read as %s", value.Value, name)
		return textNode(value, name)
	}
	x.note(at.name, value, "Use string, integer, number, boolean, object or array", "type %q does not exist, and is left out",
		value.Value)
	return nil
}

func (x *forgiver) pattern(at *source, _, value *yaml.Node) *yaml.Node {
	wrong := value.Tag != "!!str"
	if !wrong {
		_, err := compilePattern(value.Value)
		wrong = err != nil
	}
	if wrong {
		x.note(at.name, value, "Correct the expression", "pattern %q can't be read, and is left out", value.Value)
		return nil
	}
	return value
}

// items takes the schema of the items. One for each place is not read.
func (x *forgiver) items(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind == yaml.SequenceNode {
		x.note(at.name, value, "Write one schema for all", "items lists schemas, which is not read: any items will do")
		return mapNode(value)
	}
	return x.schemaMember(at, key, value)
}

func (x *forgiver) properties(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.MappingNode {
		x.note(at.name, value, "Make it a mapping", "properties is no mapping, and left out")
		return nil
	}
	for i := 0; i+1 < len(value.Content); i += 2 {
		value.Content[i+1] = x.schemaMember(at, value.Content[i], value.Content[i+1])
	}
	return value
}

// required takes the names of members.
func (x *forgiver) required(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.SequenceNode {
		x.note(at.name, value, "List the members that have to be there, beside properties", "required is no list, and left out")
		return nil
	}
	var names []*yaml.Node
	seen := make(map[string]bool, len(value.Content))
	for _, name := range value.Content {
		if name.Kind == yaml.ScalarNode && !isNull(name) && !seen[name.Value] {
			names, seen[name.Value] = append(names, textNode(name, name.Value)), true
		}
	}
	if value.Content = names; len(names) == 0 {
		return nil
	}
	return value
}

func (x *forgiver) additional(at *source, key, value *yaml.Node) *yaml.Node {
	if plain := readAs(value, "true or false"); plain != nil {
		return plain
	}
	return x.schemaMember(at, key, value)
}

func (x *forgiver) schemaList(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.SequenceNode {
		x.note(at.name, value, "Make it a list of schemas", "%s is no list, and left out", key.Value)
		return nil
	}
	for i, part := range value.Content {
		value.Content[i] = x.schemaMember(at, key, part)
	}
	if len(value.Content) == 0 {
		return nil
	}
	return value
}

// mends make right what is well formed but means something else than its author.
func mends() []func(x *forgiver, at *source, n *yaml.Node) {
	return []func(x *forgiver, at *source, n *yaml.Node){
		(*forgiver).mendEnum, (*forgiver).mendNull, (*forgiver).mendArray, (*forgiver).mendDirections,
	}
}

// mendEnum reads the values of an enum as the type that the schema has.
func (x *forgiver) mendEnum(at *source, n *yaml.Node) {
	values, kind := member(n, "enum"), member(n, "type")
	if values == nil {
		return
	}
	if len(values.Content) == 0 {
		x.note(at.name, values, "List the values", "an enum without values is left out")
		cutMember(n, "enum")
		return
	}
	if kind == nil {
		return
	}
	form := map[string]string{"string": "a text", "integer": "a number", "number": "a number",
		"boolean": "true or false"}[kind.Value]
	for i, value := range values.Content {
		if form == "" || isNull(value) || hasForm(value, form) {
			continue
		}
		if read := readAs(value, form); read != nil {
			x.note(at.name, value, "Correct it, or the type", "the enum's value %s is no %s, and read as one", value.Value,
				kind.Value)
			values.Content[i] = read
		}
	}
}

// mendNull lists null in the enum of a schema that is nullable.
func (x *forgiver) mendNull(at *source, n *yaml.Node) {
	values, nullable := member(n, "enum"), member(n, "nullable")
	if values == nil || nullable == nil || nullable.Value != "true" || slices.ContainsFunc(values.Content, isNull) {
		return
	}
	if !at.later {
		x.note(at.name, values, "List null in the enum",
			"the schema is nullable, but its enum has no null; it is taken all the same")
	}
	null := textNode(values, "null")
	null.Tag = "!!null"
	values.Content = append(values.Content, null)
}

func (x *forgiver) mendArray(at *source, n *yaml.Node) {
	if kind := member(n, "type"); kind != nil && kind.Value == "array" && member(n, "items") == nil {
		x.note(at.name, kind, "Add items", "an array without items takes any")
		setMember(n, "items", mapNode(n))
	}
}

// mendDirections lets a member travel one way at least.
func (x *forgiver) mendDirections(at *source, n *yaml.Node) {
	reads, writes := member(n, "readOnly"), member(n, "writeOnly")
	if reads != nil && writes != nil && reads.Value == "true" && writes.Value == "true" {
		x.note(at.name, writes, "Keep one of them", "what is readOnly and writeOnly is read as readOnly")
		cutMember(n, "writeOnly")
	}
}

// beyond says whether a limit that is there is closer than another.
func beyond(old, limit *yaml.Node, upper bool) bool {
	a, _ := strconv.ParseFloat(old.Value, 64)
	b, _ := strconv.ParseFloat(limit.Value, 64)
	return upper && a < b || !upper && a > b
}
