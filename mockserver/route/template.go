package route

import (
	"fmt"
	"slices"
	"strings"
)

// template is one path template with the operations on it.
type template struct {
	path     string
	segments []segment
	methods  []operation
}

// segment is a literal, or the parameter called name.
type segment struct{ literal, name string }

func (s segment) isParam() bool { return s.name != "" }

type operation struct {
	method string
	value  int
}

// parse splits path into segments, or says which of them no route can have.
func parse(path string) (*template, error) {
	if !strings.HasPrefix(path, "/") {
		return nil, fmt.Errorf("path template %q does not start with a slash: write it as in the contract, e.g. /users/{id}",
			path)
	}
	t := &template{path: path}
	if path == "/" {
		return t, nil
	}
	for part := range strings.SplitSeq(path[1:], "/") {
		s, err := parseSegment(part)
		if err != nil {
			return nil, fmt.Errorf("path template %s: %w", path, err)
		}
		if s.isParam() && slices.Contains(t.segments, s) {
			return nil, fmt.Errorf("path template %s: parameter {%s} is there twice: rename one", path, s.name)
		}
		t.segments = append(t.segments, s)
	}
	return t, nil
}

func parseSegment(part string) (segment, error) {
	switch {
	case part == "":
		return segment{}, fmt.Errorf("has an empty segment: remove the doubled or trailing slash")
	case strings.HasPrefix(part, "{") && strings.HasSuffix(part, "}"):
		name := part[1 : len(part)-1]
		if name == "" || strings.ContainsAny(name, "{}") {
			return segment{}, fmt.Errorf("segment %q is not one named parameter: write {name}", part)
		}
		return segment{name: name}, nil
	case strings.ContainsAny(part, "{}:*%"):
		return segment{}, fmt.Errorf("segment %q is neither a plain literal nor one {parameter}: split it, and leave "+
			"out : * and %%", part)
	}
	return segment{literal: part}, nil
}

// add puts r's operation on the template.
func (t *template) add(r Route) error {
	if r.Method == "" {
		return fmt.Errorf("path template %s: a route without a method: name one, e.g. GET", t.path)
	}
	if _, twice := t.exactly(r.Method); twice {
		return fmt.Errorf("%s %s is there twice: remove one", r.Method, t.path)
	}
	t.methods = append(t.methods, operation{r.Method, r.Value})
	return nil
}

// exactly returns the value of the operation with this very method.
func (t *template) exactly(method string) (int, bool) {
	for _, op := range t.methods {
		if op.method == method {
			return op.value, true
		}
	}
	return 0, false
}

// shared lists the methods that t and other both have.
func (t *template) shared(other *template) []string {
	var both []string
	for _, op := range t.methods {
		if _, ok := other.exactly(op.method); ok {
			both = append(both, op.method)
		}
	}
	slices.Sort(both)
	return both
}

// before orders templates that share a pattern: at the first segment where only
// one of them has a literal, that one goes first.
func before(a, b *template) int {
	for i := range a.segments {
		switch p, q := a.segments[i].isParam(), b.segments[i].isParam(); {
		case !p && q:
			return -1
		case p && !q:
			return 1
		}
	}
	return strings.Compare(a.path, b.path)
}

// relation tells how two templates of one pattern stand to each other: whether
// a path can match both, whether a is a literal somewhere b is not, and the
// other way round.
func relation(a, b *template) (overlap, aNarrower, bNarrower bool) {
	overlap = true
	for i := range a.segments {
		switch x, y := a.segments[i], b.segments[i]; {
		case !x.isParam() && !y.isParam():
			overlap = overlap && x.literal == y.literal
		case !x.isParam():
			aNarrower = true
		case !y.isParam():
			bNarrower = true
		}
	}
	return overlap, aNarrower, bNarrower
}

// common writes a path that both templates match.
func common(a, b *template) string {
	var path strings.Builder
	for i, s := range a.segments {
		if s.isParam() {
			s = b.segments[i]
		}
		path.WriteByte('/')
		if s.isParam() {
			path.WriteString("{" + s.name + "}")
		}
		path.WriteString(s.literal)
	}
	return path.String()
}
