package contract

import (
	"net/url"
	"strings"

	"go.yaml.in/yaml/v4"
)

// aim is what a reference means, found before anything is rewritten.
type aim struct {
	target *yaml.Node // nil where it leads nowhere
	home   *source    // the file that it is in
	wrong  string     // why it leads nowhere
	fix    string
}

// aims finds what the references of documents mean. A reference may lead to any part of any
// file of the folder.
type aims struct {
	bundle *bundle
	notes  *notes
	files  map[string]*source
	of     map[*yaml.Node]aim
}

func findAims(b *bundle, main *source, n *notes) *aims {
	a := &aims{bundle: b, notes: n, files: map[string]*source{main.name: main}, of: map[*yaml.Node]aim{}}
	a.walk(main, main.root, map[string]aim{})
	return a
}

// walk aims every reference below a node; known are those of the file by their text.
func (a *aims) walk(at *source, n *yaml.Node, known map[string]aim) {
	if ref := reference(n); ref != nil {
		found, met := known[ref.Value]
		if !met {
			found = a.find(at, ref.Value)
			known[ref.Value] = found
		}
		a.of[ref] = found
	}
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode {
			a.walk(at, item, known)
		}
	}
}

func (a *aims) find(at *source, ref string) aim {
	file, fragment, _ := strings.Cut(ref, "#")
	home := at
	if file != "" {
		if home = a.file(at, file); home == nil {
			return aim{wrong: "leads out of the folder, and is not followed", fix: "Put what it refers to into the folder"}
		}
	}
	if home.wrong != "" {
		return aim{wrong: "can't be read: " + home.wrong, fix: "Add the file, or correct the reference"}
	}
	found := home.root
	if strings.Trim(fragment, "/") != "" {
		found = lookup(home.root, "#"+fragment)
		if plain, err := url.PathUnescape(fragment); found == nil && err == nil {
			found = lookup(home.root, "#"+plain)
		}
		if !strings.HasPrefix(fragment, "/") {
			found = nil
		}
	}
	if found == nil {
		return aim{wrong: "leads nowhere", fix: "Define it, or correct the reference"}
	}
	return aim{target: found, home: home}
}

// file reads a file that a reference names, once; nil is one outside of the folder.
func (a *aims) file(at *source, file string) *source {
	name, err := beside(at.name, file)
	if err != nil {
		return nil
	}
	if known, met := a.files[name]; met {
		return known
	}
	s := &source{name: name, later: at.later}
	a.files[name] = s
	raw, err := a.bundle.file(name)
	if err == nil {
		s.root, err = nodesOf(name, raw, a.notes)
	}
	if err != nil {
		s.wrong = reason(err)
		return s
	}
	a.walk(s, s.root, map[string]aim{})
	return s
}

// copied copies a tree, whose references still mean the same.
func (a *aims) copied(n *yaml.Node) *yaml.Node {
	out := *n
	out.Content = make([]*yaml.Node, len(n.Content))
	for i, item := range n.Content {
		out.Content[i] = a.copied(item)
	}
	if found, ok := a.of[n]; ok {
		a.of[&out] = found
	}
	return &out
}
