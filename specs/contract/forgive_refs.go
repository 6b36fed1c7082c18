package contract

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// refer rewrites a component, or a reference to one, and returns what may stand in its
// place: the component itself, or a reference within the document. What leads nowhere is
// noted and nil.
func (x *forgiver) refer(at *source, n *yaml.Node, section string) *yaml.Node {
	if ref := reference(n); ref != nil {
		name := x.lift(at, ref, section)
		if name == "" {
			return nil
		}
		return mapNode(n, textNode(ref, "$ref"), textNode(ref, "#/components/"+section+"/"+name))
	}
	if n.Kind != yaml.MappingNode {
		x.note(at.name, n, "Make it a mapping", "what should be a part of %s is none, and left out", section)
		return nil
	}
	if !x.once(at, n, section) {
		return nil
	}
	return n
}

// reference returns the $ref of a mapping, nil where it has none.
func reference(n *yaml.Node) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	if ref := member(n, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode {
		return ref
	}
	return nil
}

// lift makes what a reference leads to a component of the document, where it is none yet,
// and returns its name; "" where it leads nowhere.
func (x *forgiver) lift(at *source, ref *yaml.Node, section string) string {
	target, home := x.follow(at, ref, section != "schemas")
	if target == nil {
		return ""
	}
	name, known := x.names[section][target]
	if !known {
		out := x.sections[section]
		name = freeName(out, componentName(lastStep(ref.Value)))
		x.names[section][target] = name
		out.Content = append(out.Content, textNode(target, name), target)
	}
	if !x.once(home, target, section) {
		return ""
	}
	return name
}

// follow finds what a reference leads to, through those that are nothing but another; or
// that have more beside it, where that means nothing. What leads nowhere is noted and nil.
func (x *forgiver) follow(at *source, ref *yaml.Node, through bool) (*yaml.Node, *source) {
	found := x.aims.of[ref]
	for seen := map[*yaml.Node]bool{}; found.target != nil; {
		next := reference(found.target)
		if next == nil || len(found.target.Content) > 2 && !through {
			break
		}
		if seen[next] {
			found = aim{wrong: "leads back to itself", fix: "Let it lead somewhere"}
			break
		}
		seen[next] = true
		found = x.aims.of[next]
	}
	if found.target != nil && found.target.Kind != yaml.MappingNode && found.target.Tag != "!!bool" {
		found = aim{wrong: "leads to no mapping", fix: "Correct the reference"}
	}
	if found.target == nil {
		x.note(at.name, ref, found.fix, "$ref %q %s", ref.Value, found.wrong)
	}
	return found.target, found.home
}

func lastStep(ref string) string {
	return ref[strings.LastIndexAny(ref, "/#")+1:]
}

// componentName makes a text the name of a component.
func componentName(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, strings.NewReplacer("~1", "/", "~0", "~").Replace(text))
	if strings.Trim(name, "_") == "" {
		return "part"
	}
	return name
}

// freeName is the name, with a number behind it where the mapping has that already.
func freeName(taken *yaml.Node, name string) string {
	free := name
	for i := 2; member(taken, free) != nil; i++ {
		free = name + strconv.Itoa(i)
	}
	return free
}
