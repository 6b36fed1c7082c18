package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// shape is what an answer or a body holds: records in a list, or a single one.
type shape struct {
	list     bool
	bare     bool             // the list is not of records: texts, numbers
	items    string           // where the list is, with dots; "" where it is the whole
	in       string           // what wraps a single record
	entity   *contract.Schema // nil where nothing is said of it
	envelope *contract.Schema
}

// concrete goes through what only stands for another schema.
func concrete(s *contract.Schema) *contract.Schema {
	for depth := 0; s != nil && depth < 5 && len(s.Properties) == 0 && s.Items == nil; depth++ {
		var next *contract.Schema
		switch {
		case len(s.AllOf) == 1:
			next = s.AllOf[0]
		case len(s.AllOf) > 1:
			return s
		case len(s.AnyOf) > 0:
			next = fullest(s.AnyOf)
		case len(s.OneOf) > 0:
			next = fullest(s.OneOf)
		}
		if next == nil {
			return s
		}
		s = next
	}
	return s
}

// fullest is the first branch with members or items; where there is none, the first.
func fullest(branches []*contract.Schema) *contract.Schema {
	for _, b := range branches {
		if len(b.Properties) > 0 || b.Items != nil || len(b.AllOf) > 0 {
			return b
		}
	}
	return branches[0]
}

func isArray(s *contract.Schema) bool { return s != nil && (s.Type == "array" || s.Items != nil) }

func isObject(s *contract.Schema) bool {
	return s != nil && !isArray(s) && (s.Type == "object" || len(s.Properties) > 0 || len(s.AllOf) > 0)
}

// isRecords says whether the schema is an array of objects, or of who knows what.
func isRecords(s *contract.Schema) bool {
	if !isArray(s) {
		return false
	}
	of := concrete(s.Items)
	return of == nil || isObject(of) || of.Type == "" && len(of.Enum) == 0
}

// shapeOf reads the schema of a body at a place with that word; single says that a record is
// expected, so that members of its own beside an array make it no list.
func (l *lexicon) shapeOf(s *contract.Schema, word string, single bool) shape {
	s = concrete(s)
	if s == nil {
		return shape{}
	}
	if isArray(s) {
		return shape{list: true, bare: !isRecords(s), entity: concrete(s.Items)}
	}
	if items, of, ok := l.listIn(s, word, single, 0); ok {
		return shape{list: true, bare: !isRecords(of), items: items, entity: concrete(of.Items), envelope: s}
	}
	in, of := l.unwrap(s, word, 0)
	if in == "" && silent(of) {
		return shape{}
	}
	out := shape{in: in, entity: of}
	if in != "" {
		out.envelope = s
	}
	return out
}

// silent says whether a schema says nothing of what it is for: an object without members, or
// not even that.
func silent(s *contract.Schema) bool {
	return len(s.Flat()) == 0 && (s.Type == "" || s.Type == "object") && len(s.Enum) == 0 && s.Name == ""
}

// listIn finds the member with the records of an envelope.
func (l *lexicon) listIn(s *contract.Schema, word string, single bool, depth int) (string, *contract.Schema, bool) {
	var found *contract.Property
	members := s.Flat()
	for _, p := range members {
		if of := concrete(p.Schema); isArray(of) && (found == nil || l.likelier(p, found, word)) {
			found = p
		}
	}
	if found != nil {
		named := l.same(found.Name, word) || l.same(found.Name, strings.TrimSuffix(s.Name, "List"))
		meta := l.allMeta(members, found.Name)
		known := l.listNames[plain(found.Name)] || !single && isRecords(concrete(found.Schema))
		if meta && (known || named) || named && !single && !l.isRecord(members) || l.listNames[plain(found.Name)] && !single &&
			!l.isRecord(members) {
			return found.Name, concrete(found.Schema), true
		}
	}
	for _, p := range members {
		of := concrete(p.Schema)
		if depth > 0 || !isObject(of) || !l.wraps(p.Name, word) && len(members) > 1 || !l.allMeta(members, p.Name) {
			continue
		}
		if items, list, ok := l.listIn(of, word, single, depth+1); ok {
			return p.Name + "." + items, list, true
		}
	}
	return "", nil, false
}

// wraps says whether a member by its name only wraps a list: "data", or "category_list" at /categories.
func (l *lexicon) wraps(name, word string) bool {
	rest, ok := strings.CutSuffix(plain(name), "list")
	return l.wrapNames[plain(name)] || ok && l.same(rest, word)
}

// likelier says whether a member holds the records rather than another one.
func (l *lexicon) likelier(p, than *contract.Property, word string) bool {
	rank := func(p *contract.Property) (n int) {
		if isRecords(concrete(p.Schema)) {
			n++
		}
		if l.listNames[plain(p.Name)] {
			n += 2
		}
		if l.same(p.Name, word) {
			n += 4
		}
		return n
	}
	return rank(p) > rank(than)
}

// allMeta says whether all members but that one say something of a list.
func (l *lexicon) allMeta(members []*contract.Property, but string) bool {
	lone := 0
	for _, p := range members {
		if p.Name == but {
			continue
		}
		for _, word := range words(p.Name) {
			if !l.meta[word] {
				return false
			}
		}
		if l.lone[plain(p.Name)] {
			lone++
		}
	}
	return lone == 0 || lone < len(members)-2
}

// isRecord says whether a record's own name is among the members.
func (l *lexicon) isRecord(members []*contract.Property) bool {
	n := 0
	for _, p := range members {
		if l.record[plain(p.Name)] {
			n++
		}
	}
	return n > 0
}

// unwrap finds the record in what wraps it.
func (l *lexicon) unwrap(s *contract.Schema, word string, depth int) (string, *contract.Schema) {
	members := s.Flat()
	for _, p := range members {
		of := concrete(p.Schema)
		if depth > 1 || !isObject(of) || !l.wrapNames[plain(p.Name)] && !l.same(p.Name, word) || !l.allMeta(members, p.Name) {
			continue
		}
		if l.isRecord(members) && len(members) > 1 && !l.same(p.Name, word) {
			continue
		}
		in, inner := l.unwrap(of, word, depth+1)
		if in != "" {
			return p.Name + "." + in, inner
		}
		return p.Name, of
	}
	return "", s
}

// answer is the documented success of an operation, nil where there is none.
func answer(op *contract.Operation) *contract.Response {
	var first *contract.Response
	for _, r := range op.Responses {
		if r.Status/100 != 2 && r.Status != 2 && r.Status != 0 || r.Status == 0 && fails(r.Schema) {
			continue
		}
		if r.Schema != nil && r.Status != 0 {
			return r
		}
		if first == nil || first.Status == 0 {
			first = r
		}
	}
	return first
}

// fails says whether a component by its name is what is answered when something goes wrong.
func fails(s *contract.Schema) bool {
	return s != nil && slices.ContainsFunc(words(s.Name), func(word string) bool { return has(failureWords, word) })
}

// stem is what a component is of, without the words by which its variants differ.
func (l *lexicon) stem(s *contract.Schema) string {
	return strings.Join(l.component(s), "")
}

// component is the words of a stem.
func (l *lexicon) component(s *contract.Schema) []string {
	if s == nil || s.Name == "" {
		return nil
	}
	name := s.Name[strings.LastIndexByte(s.Name, '.')+1:]
	all := words(name)
	for len(all) > 1 && l.variants[all[len(all)-1]] {
		all = all[:len(all)-1]
	}
	for len(all) > 1 && l.variants[all[0]] {
		all = all[1:]
	}
	if len(all) == 0 {
		return nil
	}
	all[len(all)-1] = l.singular(all[len(all)-1])
	if len(all) == 1 && l.generic[all[0]] {
		return nil
	}
	return all
}
