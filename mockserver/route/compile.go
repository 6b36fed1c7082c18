package route

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/julienschmidt/httprouter"
)

// New compiles routes. It refuses a template that is not made of whole literal
// and whole parameter segments, and a method that is there twice on the same
// paths. No routes make a Table that finds nothing.
func New(routes []Route) (*Table, error) {
	templates, err := gather(routes)
	if err != nil {
		return nil, err
	}
	t := &Table{
		router: httprouter.New(),
		fixed:  map[string]*leaf{},
		leaves: map[string]*leaf{},
		inner:  strings.NewReplacer("%", "%25", "/", "%2F"),
	}
	if err := t.insert("", nil, 0, templates); err != nil {
		return nil, err
	}
	slices.Sort(t.notes)
	return t, nil
}

// gather brings the operations of each template together.
func gather(routes []Route) ([]*template, error) {
	var templates []*template
	byPath := map[string]*template{}
	for _, r := range routes {
		t := byPath[r.Template]
		if t == nil {
			var err error
			if t, err = parse(r.Template); err != nil {
				return nil, err
			}
			byPath[r.Template] = t
			templates = append(templates, t)
		}
		if err := t.add(r); err != nil {
			return nil, err
		}
	}
	return templates, nil
}

// insert adds the leaves below pattern, which is depth segments long with
// wildcards at wild, for the templates that run through it. As soon as one of
// them has a parameter next, all of them go through one wildcard, so that no
// node of the router ever has both kinds of children.
func (t *Table) insert(pattern string, wild []int, depth int, templates []*template) error {
	var here []*template
	next := map[string][]*template{}
	merged := slices.ContainsFunc(templates, func(tp *template) bool {
		return len(tp.segments) > depth && tp.segments[depth].isParam()
	})
	for _, tp := range templates {
		switch {
		case len(tp.segments) == depth:
			here = append(here, tp)
		case merged:
			key := ":" + strconv.Itoa(depth)
			next[key] = append(next[key], tp)
		default:
			key := tp.segments[depth].literal
			next[key] = append(next[key], tp)
		}
	}
	if err := t.addLeaf(pattern, wild, here); err != nil {
		return err
	}
	if merged {
		wild = append(slices.Clone(wild), depth)
	}
	for _, key := range slices.Sorted(maps.Keys(next)) {
		if err := t.insert(pattern+"/"+key, wild, depth+1, next[key]); err != nil {
			return err
		}
	}
	return nil
}

// addLeaf adds the leaf of the templates that end at pattern, if any do.
func (t *Table) addLeaf(pattern string, wild []int, here []*template) error {
	if len(here) == 0 {
		return nil
	}
	if pattern == "" {
		pattern = "/"
	}
	l := newLeaf(pattern, wild, here)
	notes, err := l.overlaps()
	if err != nil {
		return err
	}
	t.notes = append(t.notes, notes...)
	if len(wild) == 0 {
		t.fixed[pattern] = l
		return nil
	}
	t.leaves[pattern] = l
	t.router.Handle(anyMethod, pattern, l.identify)
	return nil
}
