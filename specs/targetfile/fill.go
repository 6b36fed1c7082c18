package targetfile

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v4"
)

// variable is what a dollar sign may begin: $NAME, ${NAME}, or $$ for a plain one.
var variable = regexp.MustCompile(`\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})?`)

// fillIn puts the variables of the environment into every value of the file, where it
// keeps no secrets and what differs from one environment to the next. One that is not
// set, or is empty, is a problem: an empty credential would be tried. written keeps what stands in
// the file where something was put in: a secret in the wrong place is not to be told.
func fillIn(node *yaml.Node, environment func(string) (string, bool), written map[*yaml.Node]string) (problems []string) {
	switch node.Kind {
	case yaml.ScalarNode:
		before := node.Value
		if problems = fill(node, environment); node.Value != before {
			written[node] = before
		}
	case yaml.MappingNode:
		for i := 1; i < len(node.Content); i += 2 { // the names beside them are not filled in
			problems = append(problems, fillIn(node.Content[i], environment, written)...)
		}
	default: // an alias has no content: what it names is filled in where it stands
		for _, inner := range node.Content {
			problems = append(problems, fillIn(inner, environment, written)...)
		}
	}
	return problems
}

func fill(node *yaml.Node, environment func(string) (string, bool)) (problems []string) {
	whole := variable.FindString(node.Value) == node.Value
	value := variable.ReplaceAllStringFunc(node.Value, func(match string) string {
		parts := variable.FindStringSubmatch(match)
		name := cmp.Or(parts[1], parts[2])
		switch found, set := environment(name); {
		case match == "$$":
			return "$"
		case name == "":
			problems = append(problems, fmt.Sprintf("line %d: a $ begins no variable there; write $$ for a plain dollar sign",
				node.Line))
		case !set:
			problems = append(problems,
				fmt.Sprintf("line %d: $%s is not set; export it, or write $$%s if a plain dollar sign is meant", node.Line, name,
					name))
		case found == "":
			problems = append(problems, fmt.Sprintf("line %d: $%s is set, but empty", node.Line, name))
		default:
			return found
		}
		return match
	})
	if value == node.Value {
		return slices.Compact(problems)
	}
	node.Value, node.Style, node.Tag = value, yaml.DoubleQuotedStyle, "!!str" // whatever is in a variable is text
	if tag := plainTag(value); whole && slices.Contains([]string{"!!int", "!!float", "!!bool"}, tag) {
		node.Style, node.Tag = 0, tag // but for a number or a yes
	}
	return slices.Compact(problems)
}

// plainTag is what a text would be in a file, if it stood there without quotes.
func plainTag(text string) string {
	var document yaml.Node
	if yaml.Unmarshal([]byte(text), &document) != nil || len(document.Content) != 1 {
		return ""
	}
	return document.Content[0].ShortTag()
}
