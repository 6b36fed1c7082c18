package targetfile

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"go.yaml.in/yaml/v4"

	"rollcall/specs/contract"
)

// tell puts what a file breaks into words: where, what, and what to do.
func tell(root *yaml.Node, wrong *jsonschema.ValidationError, written map[*yaml.Node]string) Problems {
	found := map[int][]string{}
	for _, leaf := range leaves(wrong) {
		line, text := said(root, leaf, written)
		found[line] = append(found[line], fmt.Sprintf("line %d: %s", line, text))
	}
	var all Problems
	for _, line := range slices.Sorted(maps.Keys(found)) {
		slices.Sort(found[line])
		all = append(all, slices.Compact(found[line])...)
	}
	return all
}

// leaves are the faults themselves. Of the ways in which something may be written, the
// one that it came nearest to is told.
func leaves(wrong *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(wrong.Causes) == 0 {
		return []*jsonschema.ValidationError{wrong}
	}
	if _, choice := wrong.ErrorKind.(*kind.OneOf); choice {
		return nearest(wrong)
	}
	var all []*jsonschema.ValidationError
	for _, cause := range wrong.Causes {
		all = append(all, leaves(cause)...)
	}
	return all
}

// nearest are the faults of the way of writing that was meant: the one that went wrong
// furthest inside, or else the only one of the type that was written.
func nearest(wrong *jsonschema.ValidationError) []*jsonschema.ValidationError {
	deepest := slices.MaxFunc(wrong.Causes, func(a, b *jsonschema.ValidationError) int { return depth(a) - depth(b) })
	if depth(deepest) > len(wrong.InstanceLocation) {
		return leaves(deepest)
	}
	var fitting []*jsonschema.ValidationError
	for _, cause := range wrong.Causes {
		inner := leaves(cause)
		if _, another := inner[0].ErrorKind.(*kind.Type); !another {
			fitting = append(fitting, inner...)
		}
	}
	if _, missing := wrong.Causes[0].ErrorKind.(*kind.Required); len(fitting) != 1 || missing {
		return []*jsonschema.ValidationError{wrong}
	}
	return fitting
}

func depth(wrong *jsonschema.ValidationError) int {
	most := len(wrong.InstanceLocation)
	for _, cause := range wrong.Causes {
		most = max(most, depth(cause))
	}
	return most
}

// said is one fault, with the line at which it stands. Values are told as they are written there: what a variable holds
// may be a secret.
func said(root *yaml.Node, wrong *jsonschema.ValidationError, written map[*yaml.Node]string) (line int, text string) {
	node := find(root, wrong.InstanceLocation)
	is := cmp.Or(written[node], node.Value)
	line, place := node.Line, placeOf(root, wrong.InstanceLocation)
	if place == "" {
		place = "the file"
	}
	switch k := wrong.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		key, known := k.Properties[0], allowed(wrong)
		hint := "there are " + strings.Join(known, ", ")
		if near := contract.Nearest(key, known); near != "" {
			hint = "did you mean " + near + "?"
		} else if bare(node, key) {
			return keyOf(node, key).Line, fmt.Sprintf("%s has a key that is none of it; %s", place, hint)
		}
		return keyOf(node, key).Line, fmt.Sprintf("%s has no key %q; %s", place, key, hint)
	case *kind.Required:
		return line, fmt.Sprintf("%s needs %s", place, strings.Join(k.Missing, " and "))
	case *kind.Type:
		got := typeWord(k.Got)
		if k.Got == "string" && (slices.Contains(k.Want, "number") || slices.Contains(k.Want, "integer")) { // .nan, say
			got += fmt.Sprintf(" (%s)", is)
		}
		return line, fmt.Sprintf("%s is %s, and has to be %s", place, got, typeWords(k.Want))
	case *kind.Enum:
		return line, fmt.Sprintf("%s is %s; use one of %s", place, cmp.Or(is, fmt.Sprint(k.Got)), listed(k.Want))
	case *kind.Pattern:
		switch {
		case strings.Contains(k.Want, "[1-9]") && strings.Contains(k.Want, "ms|s|m|h"):
			return line, fmt.Sprintf("%s is %q; write a time above zero, such as 500ms, 2s or 1m30s", place, is)
		case strings.Contains(k.Want, "ms|s|m|h"):
			return line, fmt.Sprintf("%s is %q; write a time such as 500ms, 2s or 1m30s", place, is)
		}
		return line, fmt.Sprintf("%s is %q; write a day such as 2027-01-31", place, is)
	case *kind.Minimum:
		return line, fmt.Sprintf("%s is %s, and has to be at least %s", place, is, k.Want.RatString())
	case *kind.Maximum:
		return line, fmt.Sprintf("%s is %s, and may be at most %s", place, is, k.Want.RatString())
	case *kind.MinItems:
		return line, fmt.Sprintf("%s is empty; name the program and what it is called with", place)
	case *kind.OneOf:
		if strings.HasSuffix(place, "token") {
			return line, place + " needs either oauth2 or command"
		}
		return line, fmt.Sprintf("%s is written in none of the ways that the schema of target files has", place)
	}
	return line, fmt.Sprintf("%s does not keep the schema of target files", place)
}

// placeOf names a place. What stands where a name has to, and is none, or has no value, is not
// told: whoever wrote a whole header there, or a token alone, has put the credential into it.
func placeOf(root *yaml.Node, keys []string) string {
	told := slices.Clone(keys)
	for i, key := range keys {
		if bare(find(root, keys[:i]), key) && i > 0 && keys[i-1] == "headers" || !name.MatchString(key) {
			told[i] = "…"
		}
	}
	return strings.Join(told, ".")
}

var name = regexp.MustCompile(`^[\w*.-]+$`)

// bare tells whether a key of a mapping is no name, or has no value.
func bare(mapping *yaml.Node, key string) bool {
	if mapping.Kind == yaml.AliasNode {
		mapping = mapping.Alias
	}
	for i := 0; i+1 < len(mapping.Content) && mapping.Kind == yaml.MappingNode; i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1].ShortTag() == "!!null" || !name.MatchString(key)
		}
	}
	return false
}

// allowed lists the keys of the place that was looked at.
func allowed(wrong *jsonschema.ValidationError) []string {
	at := compiled()
	for _, name := range wrong.InstanceLocation {
		for at.Ref != nil {
			at = at.Ref
		}
		switch next, ok := at.Properties[name]; {
		case ok:
			at = next
		case at.Items2020 != nil:
			at = at.Items2020
		default:
			if more, ok := at.AdditionalProperties.(*jsonschema.Schema); ok {
				at = more
			}
		}
	}
	for at.Ref != nil && len(at.Properties) == 0 {
		at = at.Ref
	}
	return slices.Sorted(maps.Keys(at.Properties))
}

func find(node *yaml.Node, place []string) *yaml.Node {
	for _, name := range place {
		if node.Kind == yaml.AliasNode {
			node = node.Alias
		}
		next := node
		for i := 0; i < len(node.Content); i++ {
			switch {
			case node.Kind == yaml.MappingNode && i%2 == 0 && node.Content[i].Value == name:
				next = node.Content[i+1]
			case node.Kind == yaml.SequenceNode && fmt.Sprint(i) == name:
				next = node.Content[i]
			}
		}
		node = next
	}
	return node
}

func keyOf(node *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == name {
			return node.Content[i]
		}
	}
	return node
}

func typeWords(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = typeWord(name)
	}
	return strings.Join(words, " or ")
}

func typeWord(name string) string {
	switch name {
	case "object":
		return "a mapping"
	case "array":
		return "a list"
	case "string":
		return "a text"
	case "integer":
		return "a whole number"
	case "boolean":
		return "true or false"
	case "null":
		return "empty"
	}
	return "a " + name
}

func listed(values []any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	return strings.Join(texts, ", ")
}
