package contract

import (
	"errors"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// forgiver rewrites the nodes of somebody's document in place into the dialect that the
// reader of our own contracts takes, and notes what it changes. Lines and columns stay
// those of the text.
type forgiver struct {
	*notes
	main  *source
	aims  *aims
	rules places
	forms map[string]string // of the keywords of schemas

	sections map[string]*yaml.Node            // of the components, as they will be
	names    map[string]map[*yaml.Node]string // of the components by what they were, by section
	done     map[rewritten]bool               // whether it can be kept
}

// rewritten is a node that was rewritten as a part of that section.
type rewritten struct {
	node    *yaml.Node
	section string
}

// source is one file, whose references are meant from where it is.
type source struct {
	name  string
	root  *yaml.Node
	later bool   // OpenAPI 3.1 or later
	wrong string // why it can't be read
}

// rule rewrites one member of a mapping and returns it, nil to leave it out.
type rule func(x *forgiver, at *source, key, value *yaml.Node) *yaml.Node

// forgive rewrites the document of a bundle. An error is a document that can't be served.
func forgive(b *bundle, raw []byte, n *notes) (*yaml.Node, error) {
	root, err := nodesOf(b.document, raw, n)
	if err != nil {
		fix, what := "Make it a mapping that starts with openapi: 3.0.3", trap{}
		if errors.As(err, &what) {
			fix = what.fix
		}
		return nil, Errors{
			{File: b.document, Line: lineIn(err.Error()), Fix: fix,
				Text: "the document can't be read: " + strings.TrimPrefix(err.Error(), "yaml: ")},
		}
	}
	main := &source{name: b.document, root: root}
	if wrong := main.version(n); wrong != nil {
		return nil, Errors{*wrong}
	}
	x := &forgiver{
		notes: n, main: main, aims: findAims(b, main, n), rules: newPlaces(), forms: keywordForms(),
		sections: map[string]*yaml.Node{}, names: map[string]map[*yaml.Node]string{}, done: map[rewritten]bool{},
	}
	x.document(root)
	return root, nil
}

// version reads which OpenAPI a document is written for, and says what is wrong with one
// that is none.
func (s *source) version(n *notes) *Complaint {
	wrong := func(at *yaml.Node, fix, text string) *Complaint {
		return &Complaint{File: s.name, Line: at.Line, Column: at.Column, Text: text, Fix: fix}
	}
	version := member(s.root, "openapi")
	switch {
	case member(s.root, "swagger") != nil:
		return wrong(member(s.root, "swagger"), "Convert it to OpenAPI 3.0 or 3.1 first, which converters for it do",
			"Swagger "+member(s.root, "swagger").Value+" is not read here")
	case version == nil:
		return wrong(s.root, "Name a document of OpenAPI 3.0 or 3.1", "the document doesn't say its OpenAPI version")
	case version.Value != "3" && !strings.HasPrefix(version.Value, "3."):
		return wrong(version, "Write it for OpenAPI 3.0 or 3.1", "OpenAPI "+version.Value+" is not read here")
	}
	s.later = version.Value != "3" && !strings.HasPrefix(version.Value, "3.0")
	if s.later && !strings.HasPrefix(version.Value, "3.1") {
		n.note(s.name, version, "", "OpenAPI %s is read as 3.1", version.Value)
	}
	return nil
}

// marks are the extensions that say something to the reader.
func marks() []string {
	return []string{authorityMark, openMark, documentsMark, "x-reads", "x-other-methods"}
}

// keep rewrites each member of a mapping by its rule, and leaves out those without.
func (x *forgiver) keep(at *source, n *yaml.Node, what string, rules map[string]rule) {
	var out []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		rule, known := rules[key.Value]
		switch {
		case strings.HasPrefix(key.Value, "x-"):
			if slices.Contains(marks(), key.Value) {
				out = append(out, key, value)
			}
		case !known:
			x.note(at.name, key, "", "%q of %s is not read", key.Value, what)
		case isNull(value) && !slices.Contains([]string{"default", "example", "const"}, key.Value):
		default:
			if kept := rule(x, at, key, value); kept != nil {
				out = append(out, key, kept)
			}
		}
	}
	n.Content = out
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// document rewrites the whole of it. What it refers to in other files has become a
// component of it then.
func (x *forgiver) document(root *yaml.Node) {
	for name := range x.rules.components {
		x.section(name)
	}
	paths, security := member(root, "paths"), member(root, "security")
	x.keep(x.main, root, "the document", x.rules.document)
	setMember(root, "openapi", textNode(root, "3.0.3"))
	x.information(root)
	if security != nil {
		x.securityList(x.main, security)
	}
	if paths == nil || paths.Kind != yaml.MappingNode {
		paths = mapNode(root)
	}
	setMember(root, "paths", paths)
	x.paths(paths)
	x.components(root)
}

// information gives the document the title and version that it has to have.
func (x *forgiver) information(root *yaml.Node) {
	info := member(root, "info")
	if info == nil {
		info = mapNode(root)
		setMember(root, "info", info)
	}
	for _, name := range []string{"title", "version"} {
		if member(info, name) == nil {
			x.note(x.main.name, info, "Add it", "info has no %s", name)
			setMember(info, name, textNode(info, ""))
		}
	}
}

// section reads which components of a kind the document has.
func (x *forgiver) section(section string) {
	all := member(member(x.main.root, "components"), section)
	names, out := map[*yaml.Node]string{}, mapNode(x.main.root)
	eachKey(all, func(key, value *yaml.Node) {
		name := freeName(out, componentName(key.Value))
		if names[value] = name; value.Kind == yaml.MappingNode || value.Tag == "!!bool" {
			out.Content = append(out.Content, textNode(key, name), value)
		}
	})
	x.sections[section], x.names[section] = out, names
}

// components rewrites what of the components nothing has referred to yet, and puts all of
// them into the document.
func (x *forgiver) components(root *yaml.Node) {
	all := mapNode(root)
	for _, section := range []string{"schemas", "parameters", "responses", "requestBodies", "securitySchemes"} {
		out := x.sections[section]
		for i := 0; i < len(out.Content); i += 2 { // it grows
			x.once(x.main, out.Content[i+1], section)
		}
		var kept []*yaml.Node
		for i := 0; i < len(out.Content); i += 2 {
			if x.done[rewritten{out.Content[i+1], section}] {
				kept = append(kept, out.Content[i:i+2]...)
			}
		}
		if out.Content = kept; len(kept) > 0 {
			all.Content = append(all.Content, textNode(root, section), out)
		}
	}
	x.breakCircles()
	cutMember(root, "components")
	if len(all.Content) > 0 {
		setMember(root, "components", all)
	}
}

// once rewrites a node that may be met several times, and says whether it can be kept.
func (x *forgiver) once(at *source, n *yaml.Node, section string) bool {
	this := rewritten{n, section}
	if ok, met := x.done[this]; met {
		return ok
	}
	x.done[this] = true // also while it is being rewritten: what leads back to it is fine
	x.done[this] = x.rules.components[section](x, at, n)
	return x.done[this]
}
