package contract

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// keywordForms lists the keywords of a schema that Rollcall reads or may ignore,
// with the form of their value, "" where any will do. Another keyword, or another
// form, would be a promise nobody keeps.
func keywordForms() map[string]string {
	const (
		text, flag, number = "a text", "true or false", "a number"
		count              = "a whole number from 0"
		list, mapping      = "a list", "a mapping"
	)
	return map[string]string{
		"type": text, "format": text, "pattern": text, "title": text, "description": text,
		"nullable": flag, "readOnly": flag, "writeOnly": flag, "deprecated": flag,
		"exclusiveMinimum": flag, "exclusiveMaximum": flag, "uniqueItems": flag,
		"minimum": number, "maximum": number, "multipleOf": "a number above 0",
		"minLength": count, "maxLength": count, "minItems": count, "maxItems": count,
		"enum": list, "required": list, "allOf": list, "anyOf": list, "oneOf": list,
		"properties": mapping, "items": mapping, "externalDocs": mapping,
		"additionalProperties": "", "default": "", "example": "",
	}
}

// checkKeywords complains about what the library would pass over in silence.
func (r *schemas) checkKeywords(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.add(n.Line, "Write {} for a schema that allows everything", "the schema is not a mapping")
		return
	}
	eachKey(n, func(key, value *yaml.Node) {
		if key.Value == "$ref" || strings.HasPrefix(key.Value, "x-") {
			return
		}
		form, known := r.forms[key.Value]
		switch {
		case !known:
			r.add(key.Line, r.suggestKeyword(key.Value), "schema keyword %q is not read", key.Value)
		case form != "" && !hasForm(value, form):
			r.add(key.Line, "Write it so", "schema keyword %s must be %s", key.Value, form)
		}
	})
}

func (r *schemas) suggestKeyword(word string) string {
	var known []string
	for name := range r.forms {
		known = append(known, name)
	}
	slices.Sort(known)
	if near := Nearest(word, known); near != "" {
		return "Did you mean " + near + "?"
	}
	return "Say it with a keyword that is read, or write a requirement for it"
}

func hasForm(n *yaml.Node, form string) bool {
	switch form {
	case "a list":
		return n.Kind == yaml.SequenceNode
	case "a mapping":
		return n.Kind == yaml.MappingNode
	case "true or false":
		return n.ShortTag() == "!!bool"
	case "a number above 0":
		f, err := strconv.ParseFloat(n.Value, 64)
		return hasForm(n, "a number") && err == nil && f > 0 && !math.IsInf(f, 0)
	case "a number":
		_, err := strconv.ParseFloat(n.Value, 64) // of 1e400 as well: nothing can be held against it
		return err == nil && (n.ShortTag() == "!!int" || n.ShortTag() == "!!float")
	case "a whole number from 0":
		_, err := strconv.ParseUint(n.Value, 10, 31)
		return n.ShortTag() == "!!int" && err == nil
	default:
		return n.ShortTag() == "!!str"
	}
}
