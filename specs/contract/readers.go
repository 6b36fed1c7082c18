package contract

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// readersRules are what the linters and generators of those who read the document call an
// error and Load takes: whoever has the file is to need no exception for it.
type readersRules struct {
	root  *yaml.Node
	names map[string]string // of a component, the section that has it
	found []string
}

// Unreadable lists what in the document its readers' tools refuse, each place with its line
// and what to do: the rules of Redocly's "recommended" and Spectral's "oas" that are errors
// there and that Load does not hold already, and names that stand for two types in one
// generated client. The error is of a document that is no YAML, which Load tells first.
func (c *Contract) Unreadable() ([]string, error) {
	var file yaml.Node
	if err := yaml.Unmarshal(c.Document, &file); err != nil || len(file.Content) == 0 {
		return nil, fmt.Errorf("%s/%s can't be read: %w", c.Name, documentFile, err)
	}
	r := &readersRules{root: unalias(file.Content[0]), names: map[string]string{}}
	r.servers()
	r.tags()
	r.security(member(r.root, "security"))
	r.paths()
	r.components()
	r.nodes(r.root)
	return r.found, nil
}

func (r *readersRules) add(line int, fix, format string, args ...any) {
	r.found = append(r.found, fmt.Sprintf("%s:%d: %s; %s", documentFile, line, fmt.Sprintf(format, args...), fix))
}

func (r *readersRules) servers() {
	servers := member(r.root, "servers")
	if servers == nil || len(servers.Content) == 0 {
		r.add(1, `add servers: [{url: /}], or where the service is`, "the document names no servers")
		return
	}
	for _, server := range servers.Content {
		url := member(server, "url")
		if url == nil || url.Value == "" {
			r.add(server.Line, "give it a url", "the server has no url")
			continue
		}
		if url.Value != "/" && strings.HasSuffix(url.Value, "/") {
			r.add(url.Line, "leave the slash out: paths begin with one", "the server's url ends in a slash")
		}
		r.variables(server, url)
	}
}

// variables holds that the braces in a server's url and its variables are the same names.
func (r *readersRules) variables(server, url *yaml.Node) {
	variables := member(server, "variables")
	for _, name := range braced(url.Value) {
		if member(variables, name) == nil {
			r.add(url.Line, "define it under variables", "the server's url has a variable %q that is not defined", name)
		}
	}
	eachKey(variables, func(key, value *yaml.Node) {
		if !slices.Contains(braced(url.Value), key.Value) {
			r.add(key.Line, "take it out", "the server's url has no variable %q", key.Value)
		}
		if member(value, "default") == nil {
			r.add(key.Line, "give it a default", "the variable %q has no default", key.Value)
		}
	})
}

func (r *readersRules) tags() {
	seen := map[string]bool{}
	tags := member(r.root, "tags")
	if tags == nil {
		return
	}
	for _, tag := range tags.Content {
		name := member(tag, "name")
		if name == nil {
			r.add(tag.Line, "give it one", "the tag has no name")
			continue
		}
		if seen[name.Value] {
			r.add(name.Line, "say it once", "the tag %q is there twice", name.Value)
		}
		seen[name.Value] = true
	}
}

// paths holds that no two paths are one but for the names in their braces, that none ends
// in a slash or holds a query, and that each response and operation says what it is.
func (r *readersRules) paths() {
	seen := map[string]string{}
	eachKey(member(r.root, "paths"), func(key, item *yaml.Node) {
		shape := key.Value
		for _, name := range braced(shape) {
			shape = strings.ReplaceAll(shape, "{"+name+"}", "{}")
		}
		if first, ok := seen[shape]; ok {
			r.add(key.Line, "make one of them", "the path %s is the same as %s", key.Value, first)
		}
		seen[shape] = key.Value
		if len(key.Value) > 1 && strings.HasSuffix(key.Value, "/") {
			r.add(key.Line, "leave the slash out", "the path %s ends in a slash", key.Value)
		}
		if strings.Contains(key.Value, "?") {
			r.add(key.Line, "declare query parameters", "the path %s holds a query", key.Value)
		}
		eachKey(item, func(method, operation *yaml.Node) { r.operation(method, operation) })
	})
}

func (r *readersRules) operation(method, operation *yaml.Node) {
	if !slices.Contains([]string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}, method.Value) {
		return
	}
	if summary := member(operation, "summary"); summary == nil || summary.Value == "" {
		r.add(method.Line, "give it one", "the operation has no summary")
	}
	r.security(member(operation, "security"))
	eachKey(member(operation, "responses"), func(status, response *yaml.Node) {
		if member(response, "$ref") == nil && member(response, "description") == nil {
			r.add(status.Line, "give it one", "the answer %s has no description", status.Value)
		}
	})
}

// security holds that whatever a caller is asked for is described.
func (r *readersRules) security(list *yaml.Node) {
	if list == nil {
		return
	}
	for _, one := range list.Content {
		eachKey(unalias(one), func(key, _ *yaml.Node) {
			if lookup(r.root, "#/components/securitySchemes/"+key.Value) == nil {
				r.add(key.Line, "describe it under components/securitySchemes", "the security scheme %s is not defined",
					key.Value)
			}
		})
	}
}

// components holds that a name stands for one thing: generators make a type of each.
func (r *readersRules) components() {
	for _, section := range []string{"schemas", "responses"} {
		eachKey(member(member(r.root, "components"), section), func(key, _ *yaml.Node) {
			if first, ok := r.names[key.Value]; ok {
				r.add(key.Line, "rename one: generated clients have one type of a name",
					"components/%s has the name %s of components/%s", section, key.Value, first)
			}
			r.names[key.Value] = section
		})
	}
}

// nodes holds what is wrong wherever it stands. Examples are data, and left alone.
func (r *readersRules) nodes(n *yaml.Node) {
	if n.Kind == yaml.SequenceNode {
		for _, item := range n.Content {
			r.nodes(unalias(item))
		}
		return
	}
	r.schema(n)
	eachKey(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "example", "examples", "default", "enum":
		case "properties":
			eachKey(value, func(_, property *yaml.Node) { r.nodes(property) })
		default:
			r.nodes(value)
		}
	})
}

// schema holds the keywords that need another one beside them.
func (r *readersRules) schema(n *yaml.Node) {
	kind := member(n, "type")
	if nullable := member(n, "nullable"); nullable != nil && kind == nil {
		r.add(nullable.Line, "write the type beside it, type: object beside an allOf of objects",
			"nullable means nothing without a type")
	}
	if kind == nil {
		return
	}
	if kind.Value == "array" && member(n, "items") == nil {
		r.add(kind.Line, "add items", "the array does not say of what")
	}
	if values := member(n, "enum"); values != nil {
		r.enum(kind, values, member(n, "nullable"))
	}
}

// enum holds that each value of an enum is of the schema's own type.
func (r *readersRules) enum(kind, values, nullable *yaml.Node) {
	tags := map[string][]string{
		"string": {"!!str", "!!timestamp"}, "integer": {"!!int"}, "number": {"!!int", "!!float"}, "boolean": {"!!bool"},
	}
	fits, checked := tags[kind.Value]
	for _, value := range values.Content {
		null := value.ShortTag() == "!!null" && nullable != nil && nullable.Value == "true"
		if checked && !null && !slices.Contains(fits, value.ShortTag()) {
			r.add(value.Line, "correct it, or the type", "the enum's value %s is no %s", value.Value, kind.Value)
		}
	}
}

// braced lists the names that stand in braces.
func braced(text string) (names []string) {
	for {
		_, rest, open := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			return names
		}
		names, text = append(names, name), after
	}
}
