package contract

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// paths rewrites the paths, whose keys stay apart though they may mean one path.
func (x *forgiver) paths(paths *yaml.Node) {
	var out []*yaml.Node
	shapes := map[string]int{}
	homes := x.copyItems(paths)
	for i := 0; i+1 < len(paths.Content); i += 2 {
		key, item := paths.Content[i], paths.Content[i+1]
		home := homes[item]
		if home == nil {
			continue
		}
		path, ok := x.template(key)
		if !ok {
			continue
		}
		x.keep(home, item, "a path", x.rules.pathItem)
		if !x.inPath(home, path, item) {
			continue
		}
		shape := pathShape(path)
		if shapes[shape]++; shapes[shape] > 1 {
			path += sameShape + strconv.Itoa(shapes[shape])
		}
		out = append(out, textNode(key, path), item)
	}
	paths.Content = out
	x.nameOperations(paths)
}

// template checks the key of a path and returns what it is served as.
func (x *forgiver) template(key *yaml.Node) (string, bool) {
	path := key.Value
	if !strings.HasPrefix(path, "/") {
		x.note(x.main.name, key, "Start it with a slash", "path %q is read as /%[1]s", path)
		path = "/" + path
	}
	plain, _ := splitPath(path)
	names := braced(plain)
	rest := plain
	for _, name := range names {
		rest = strings.Replace(rest, "{"+name+"}", "", 1)
	}
	slices.Sort(names)
	switch {
	case strings.ContainsAny(rest, "{}"):
		x.note(x.main.name, key, "Close each brace", "path %q is left out: its braces don't match", key.Value)
	case slices.Contains(names, ""):
		x.note(x.main.name, key, "Name what is in the braces", "path %q is left out: it has braces without a name", key.Value)
	case len(slices.Compact(names)) < len(braced(plain)):
		x.note(x.main.name, key, "Name each once", "path %q is left out: it has one name twice", key.Value)
	default:
		return path, true
	}
	return "", false
}

// splitPath parts the key of a path from the query or fragment behind it.
func splitPath(key string) (path, mark string) {
	if i := strings.IndexAny(key, "?#"); i >= 0 {
		return key[:i], key[i:]
	}
	return key, ""
}

// pathShape is a key without the names in its braces.
func pathShape(key string) string {
	for _, name := range braced(key) {
		key = strings.Replace(key, "{"+name+"}", "{}", 1)
	}
	return key
}

// copyItems copies the path items that are references into their places, for their operations
// are other ones there, and tells the file of each item that can be read.
func (x *forgiver) copyItems(paths *yaml.Node) map[*yaml.Node]*source {
	homes := map[*yaml.Node]*source{}
	for i := 0; i+1 < len(paths.Content); i += 2 {
		key, item, home := paths.Content[i], paths.Content[i+1], x.main
		if strings.HasPrefix(key.Value, "x-") {
			continue
		}
		if ref := reference(item); ref != nil {
			var target *yaml.Node
			if target, home = x.follow(home, ref, true); target == nil {
				continue
			}
			item = x.aims.copied(target)
			paths.Content[i+1] = item
		}
		if item.Kind != yaml.MappingNode {
			x.note(x.main.name, item, "Make it a mapping", "path %s is no mapping, and left out", key.Value)
			continue
		}
		homes[item] = home
	}
	return homes
}

// eachOperation visits the operations of a path item, each with its method.
func eachOperation(item *yaml.Node, visit func(method, op *yaml.Node)) {
	eachKey(item, func(key, value *yaml.Node) {
		if slices.Contains(methods(), key.Value) {
			visit(key, value)
		}
	})
}

// inPath holds the {names} of a path against its parameters, and says whether the item has
// an operation at all.
func (x *forgiver) inPath(home *source, path string, item *yaml.Node) bool {
	plain, _ := splitPath(path)
	names := braced(plain)
	shared := x.declared(home, plain, names, item)
	any := false
	eachOperation(item, func(method, op *yaml.Node) {
		any = true
		own := x.declared(home, plain, names, op)
		for _, name := range names {
			if slices.Contains(shared, name) || slices.Contains(own, name) {
				continue
			}
			x.note(home.name, method, "Declare it with in: path", "%s %s: {%s} is not declared, and read as a text",
				strings.ToUpper(method.Value), plain, name)
			list := member(op, "parameters")
			if list == nil {
				list = listNode(method)
				setMember(op, "parameters", list)
			}
			list.Content = append(list.Content, mapNode(method, textNode(method, "name"), textNode(method, name),
				textNode(method, "in"), textNode(method, "path"), textNode(method, "required"), flagNode(method, "true"),
				textNode(method, "schema"), mapNode(method, textNode(method, "type"), textNode(method, "string"))))
		}
	})
	return any
}

// declared lists the path parameters of a path item or operation, and leaves out those that
// the path does not have.
func (x *forgiver) declared(home *source, path string, names []string, holder *yaml.Node) (found []string) {
	list := member(holder, "parameters")
	if list == nil {
		return nil
	}
	list.Content = slices.DeleteFunc(list.Content, func(n *yaml.Node) bool {
		p := x.resolved(n, "parameters")
		if word(p, "in") != "path" {
			return false
		}
		name := word(p, "name")
		if !slices.Contains(names, name) {
			x.note(home.name, n, "Put it into the path", "parameter %q is not in the path %s, and left out", name, path)
			return true
		}
		found = append(found, name)
		return false
	})
	return found
}

// resolved follows a reference that refer has left.
func (x *forgiver) resolved(n *yaml.Node, section string) *yaml.Node {
	if ref := reference(n); ref != nil {
		return member(x.sections[section], lastStep(ref.Value))
	}
	return n
}

// nameOperations gives each operation an id of its own.
func (x *forgiver) nameOperations(paths *yaml.Node) {
	taken := map[string]bool{}
	each := func(visit func(path string, method, op, id *yaml.Node)) {
		eachKey(paths, func(path, item *yaml.Node) {
			eachOperation(item, func(method, op *yaml.Node) { visit(path.Value, method, op, member(op, "operationId")) })
		})
	}
	each(func(path string, method, op, id *yaml.Node) {
		if id == nil || strings.TrimSpace(id.Value) == "" {
			return
		}
		name := freeWord(taken, strings.TrimSpace(id.Value))
		if taken[strings.TrimSpace(id.Value)] && name != id.Value {
			x.note(x.main.name, id, "Give each operation an id of its own", "operationId %q is used twice; here it is %s",
				id.Value, name)
		}
		taken[name] = true
		setMember(op, "operationId", textNode(id, name))
	})
	each(func(path string, method, op, id *yaml.Node) {
		if id != nil && strings.TrimSpace(id.Value) != "" {
			return
		}
		plain, _ := splitPath(path)
		name := freeWord(taken, operationName(method.Value, path))
		taken[name] = true
		x.note(x.main.name, method, "Give it an operationId", "%s %s has no operationId; here it is %s",
			strings.ToUpper(method.Value), plain, name)
		setMember(op, "operationId", textNode(method, name))
	})
}

func freeWord(taken map[string]bool, word string) string {
	free := word
	for i := 2; taken[free]; i++ {
		free = word + strconv.Itoa(i)
	}
	return free
}

// operationName makes an id of method and path: getBooksByBookId.
func operationName(method, path string) string {
	path, _ = splitPath(path)
	var b strings.Builder
	b.WriteString(method)
	for _, segment := range strings.FieldsFunc(strings.ReplaceAll(path, "{", "/{"), func(r rune) bool { return r == '/' }) {
		if name, inBraces := strings.CutPrefix(segment, "{"); inBraces {
			segment = "by-" + name
		}
		for _, word := range strings.FieldsFunc(segment, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
		}) {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}
