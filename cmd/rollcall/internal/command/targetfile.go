package command

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"rollcall/conformance/suite"
)

// readTarget reads a target file, with the variables of the environment filled in.
func readTarget(file string, environment func(string) (string, bool)) (suite.Target, error) {
	var t suite.Target
	raw, err := readSome(file)
	if err != nil {
		return t, exit(ExitUsage, "--config: %w", err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(raw, &document); err != nil {
		return t, exit(ExitUsage, "--config %s: %w", file, err)
	}
	if !document.IsZero() { // an empty file says nothing
		datesAreText(&document)
		if err := document.Load(&suite.Target{}, yaml.WithKnownFields()); err != nil {
			return t, exit(ExitUsage, "--config %s: %w", file, err)
		}
		if problems := fillIn(&document, environment); len(problems) > 0 {
			return t, exit(ExitUsage, "--config %s: %s", file, strings.Join(problems, "\n"))
		}
		if err := document.Load(&t); err != nil {
			return t, exit(ExitUsage, "--config %s: %w", file, err)
		}
	}
	if _, ok := t.Personas[suite.DefaultPersona]; !ok {
		return t, exit(ExitUsage, "--config %s has no persona %q; it is the one that calls unless a case asks for another", file, suite.DefaultPersona)
	}
	return t, nil
}

// datesAreText takes a day that is written without quotes for the text it is: the
// library would refuse it where a text is wanted.
func datesAreText(n *yaml.Node) {
	if n.Tag == "!!timestamp" {
		n.Tag = "!!str"
	}
	for _, child := range n.Content {
		datesAreText(child)
	}
}

// readSome reads a file of the user's, up to a size that no such file has: a device may
// have no end.
func readSome(path string) ([]byte, error) {
	const most = 10 << 20
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && len(raw) > most {
		err = fmt.Errorf("%s has more than %d bytes", path, most)
	}
	return raw, err
}

// variable is what a dollar sign may begin: $NAME, ${NAME}, or $$ for a plain one.
var variable = regexp.MustCompile(`\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})?`)

// fillIn puts the variables of the environment into every value of the file, where it
// keeps no secrets and what differs from one environment to the next. One that is not
// set, or is empty, is a problem: an empty credential would be tried.
func fillIn(node *yaml.Node, environment func(string) (string, bool)) (problems []string) {
	switch node.Kind {
	case yaml.ScalarNode:
		node.Value, problems = filled(node, environment)
	case yaml.MappingNode:
		for i := 1; i < len(node.Content); i += 2 { // the names beside them are not filled in
			problems = append(problems, fillIn(node.Content[i], environment)...)
		}
	default: // an alias has no content: what it names is filled in where it stands
		for _, inner := range node.Content {
			problems = append(problems, fillIn(inner, environment)...)
		}
	}
	return problems
}

func filled(node *yaml.Node, environment func(string) (string, bool)) (value string, problems []string) {
	value = variable.ReplaceAllStringFunc(node.Value, func(match string) string {
		parts := variable.FindStringSubmatch(match)
		name := cmp.Or(parts[1], parts[2])
		switch found, set := environment(name); {
		case match == "$$":
			return "$"
		case name == "":
			problems = append(problems, fmt.Sprintf("line %d: a $ begins no variable there; write $$ for a plain dollar sign", node.Line))
		case !set:
			problems = append(problems, fmt.Sprintf("line %d: $%s is not set; export it, or write $$%s if a plain dollar sign is meant", node.Line, name, name))
		case found == "":
			problems = append(problems, fmt.Sprintf("line %d: $%s is set, but empty", node.Line, name))
		default:
			return found
		}
		return match
	})
	if value != node.Value {
		node.Style, node.Tag = yaml.DoubleQuotedStyle, "!!str" // whatever is in a variable is text
	}
	return value, slices.Compact(problems)
}
