package contract

import (
	"net/http"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// verbs gives the verb of each key that names one.
func verbKeys() map[string]Verb {
	return map[string]Verb{
		"list": VerbList, "create": VerbCreate,
		"get": VerbGet, "update": VerbUpdate, "replace": VerbReplace, "upsert": VerbUpsert,
		"delete": VerbDelete, "read-one": VerbReadOne, "set-one": VerbSetOne, "relate": VerbRelate,
		"unrelate": VerbUnbind, "bulk": VerbBulk, "action": VerbAction, "reply": VerbReply,
	}
}

func (r *behaviorReader) operations(n *yaml.Node) {
	eachKey(n, func(key, value *yaml.Node) {
		a, ok := r.out.Act(key.Value)
		if !ok {
			var ids []string
			for _, op := range r.contract.Operations {
				ids = append(ids, op.ID)
			}
			r.at(key, r.meant(key.Value, ids), "the document has no operation %q", key.Value)
			return
		}
		r.act(key, value, a)
	})
}

// act reads one operation: a verb and what belongs to it. An empty mapping takes the inferred
// verb away.
func (r *behaviorReader) act(key, value *yaml.Node, a *Act) {
	was := *a
	*a = Act{Operation: was.Operation, Verb: VerbReply, Params: was.Params, In: was.In, Sent: was.Sent, Origin: stated(key)}
	verbs := verbKeys()
	f := keyed{
		"in": func(n *yaml.Node) { a.In = n.Value },
		"sent": func(n *yaml.Node) {
			if a.Verb == VerbRelate || a.Verb == VerbUnbind {
				r.named(n, a)
				return
			}
			a.Sent = n.Value
		},
		"under":   func(n *yaml.Node) { a.Under = n.Value },
		"by":      func(n *yaml.Node) { a.By = n.Value },
		"member":  func(n *yaml.Node) { a.Member = n.Value },
		"more":    func(n *yaml.Node) { r.listing(a, was).More = n.Value },
		"params":  func(n *yaml.Node) { a.Params = r.words(n) },
		"page":    func(n *yaml.Node) { r.listing(a, was).Paging = r.pages(n) },
		"filter":  func(n *yaml.Node) { r.filters(n, a, r.listing(a, was)) },
		"sort":    func(n *yaml.Node) { r.sort(n, a, r.listing(a, was)) },
		"items":   func(n *yaml.Node) { r.listing(a, was).Items = n.Value },
		"total":   func(n *yaml.Node) { r.listing(a, was).Total = n.Value },
		"count":   func(n *yaml.Node) { r.listing(a, was).Count = n.Value },
		"next":    func(n *yaml.Node) { r.listing(a, was).Next = n.Value },
		"include": func(n *yaml.Node) { r.includes(n, a) },
		"set": func(n *yaml.Node) {
			eachKey(n, func(k, v *yaml.Node) {
				of, _ := r.out.Resource(a.Resource)
				a.Set = append(a.Set, MemberValue{Member: r.member(k, of, k.Value), Value: r.json(v), Origin: stated(k)})
			})
		},
	}
	found := 0
	for word, verb := range verbs {
		f[word] = func(n *yaml.Node) {
			found++
			r.verb(n, a, verb)
		}
	}
	// The verb first: what else there is, is said of its resource.
	ordered := &yaml.Node{Kind: yaml.MappingNode, Line: value.Line, Column: value.Column}
	var rest []*yaml.Node
	eachKey(value, func(k, v *yaml.Node) {
		if _, isVerb := verbs[k.Value]; isVerb {
			ordered.Content = append(ordered.Content, k, v)
		} else {
			rest = append(rest, k, v)
		}
	})
	if value.Kind != yaml.MappingNode {
		ordered = value
	}
	ordered.Content = append(ordered.Content, rest...)
	r.object(ordered, "operation "+a.Operation, f)
	if found > 1 {
		r.at(value, "Keep one", "operation %s has several verbs", a.Operation)
	}
	if a.Verb == VerbBulk {
		r.several(value, a)
	}
	if a.Verb == VerbList && a.List == nil && was.List != nil {
		a.List = was.List
	}
}

// listing is how the list is cut, what was inferred of it first.
func (r *behaviorReader) listing(a *Act, was Act) *Listing {
	if a.List == nil {
		a.List = &Listing{}
		if was.List != nil {
			*a.List = *was.List
		}
	}
	return a.List
}

func (r *behaviorReader) verb(n *yaml.Node, a *Act, verb Verb) {
	a.Verb = verb
	switch verb {
	case VerbReply:
		a.Reply = &Reply{}
		if n.Kind == yaml.MappingNode {
			r.object(n, "the reply", keyed{
				"status":  func(n *yaml.Node) { a.Reply.Status = r.status(n) },
				"example": func(n *yaml.Node) { a.Reply.Example = n.Value },
			})
		}
	case VerbRelate, VerbUnbind:
		if n.Kind == yaml.ScalarNode { // nothing stands above it
			if one := r.resource(n, n.Value); one != nil {
				a.Resource = one.Name
			}
			return
		}
		a.Relates = r.words(n)
		if len(a.Relates) != 2 {
			r.at(n, "Write [reader, book]", "a relation has one resource, or two")
			return
		}
		for _, name := range a.Relates {
			r.resource(n, name)
		}
		a.Under, a.Resource = a.Relates[0], a.Relates[1]
	default:
		if one := r.resource(n, n.Value); one != nil {
			a.Resource = one.Name
		}
	}
}

// several looks where the body has the list of new records, and where the answer does, unless the file says it. What has
// none, or is no POST, makes nothing: it is answered with the document's example.
func (r *behaviorReader) several(n *yaml.Node, a *Act) {
	op, _ := r.contract.Operation(a.Operation)
	if !strings.HasSuffix(a.Sent, "[]") {
		a.Sent = listIn(op.Body.schema())
	}
	if s := op.Success(); s != nil && !strings.HasSuffix(a.In, "[]") {
		if in := listIn(s.Schema); in != "" {
			a.In = in
		}
	}
	s := op.input(a.Sent)
	a.Several = op.Method == http.MethodPost && strings.HasSuffix(a.Sent, "[]") && s != nil && len(s.Every()) > 0
	if told := member(n, "sent"); told != nil && !a.Several {
		r.at(told, "Name the member with the list, as in sent: books[]", "the body of %s has no list of records in %q",
			a.Operation, a.Sent)
	}
}

// listIn is the one place of a schema with a list of objects, "" where there are none, or several.
func listIn(s *Schema) string {
	objects := func(s *Schema) bool { return s != nil && s.Items != nil && len(s.Items.Every()) > 0 }
	if objects(s) {
		return "[]"
	}
	found := ""
	for _, p := range s.Every() {
		if objects(p.Schema) {
			if found != "" {
				return ""
			}
			found = p.Name + "[]"
		}
	}
	return found
}

// named reads the member of the body that has the id of what is bound, or a list of ids.
func (r *behaviorReader) named(n *yaml.Node, a *Act) {
	op, _ := r.contract.Operation(a.Operation)
	s := op.input(n.Value)
	if s == nil || s.Items != nil || len(s.Every()) > 0 {
		r.at(n, "Name the member with the id, as in singerId, or in singerIds[] for a list of them",
			"the body of %s has no id in %q", a.Operation, n.Value)
		return
	}
	a.Named, a.Sent = n.Value, ""
}

// input is what the body has at a place: "" is the body, "x" its member, "x[]" the items of that; nil where there is
// no such place.
func (o *Operation) input(place string) *Schema {
	s := o.Body.schema()
	if s == nil {
		return nil
	}
	name, list := strings.CutSuffix(place, "[]")
	if name != "" {
		s, _ = s.Property(name)
	}
	if list && s != nil {
		s = s.Items
	}
	return s
}

// schema is that of the body, nil where there is none.
func (b *Body) schema() *Schema {
	if b == nil {
		return nil
	}
	return b.Schema
}

func (r *behaviorReader) pages(n *yaml.Node) *Pages {
	p := &Pages{By: PagesByNumber, First: 1, Origin: stated(n)}
	r.object(n, "page", keyed{
		"page":    func(n *yaml.Node) { p.Param = n.Value },
		"offset":  func(n *yaml.Node) { p.By, p.Param = PagesByOffset, n.Value },
		"cursor":  func(n *yaml.Node) { p.By, p.Param = PagesByCursor, n.Value },
		"size":    func(n *yaml.Node) { p.Size = n.Value },
		"default": func(n *yaml.Node) { p.Default = r.number(n, "the size of a page") },
		"max":     func(n *yaml.Node) { p.Max = r.number(n, "the largest size of a page") },
		"first":   func(n *yaml.Node) { p.First = r.number(n, "the number of the first page") },
	})
	return p
}

// sort reads the name of a query parameter.
func (r *behaviorReader) sort(n *yaml.Node, a *Act, to *Listing) {
	op, _ := r.contract.Operation(a.Operation)
	if !slices.ContainsFunc(op.Parameters, func(p *Parameter) bool { return p.Name == n.Value && p.In == "query" }) {
		r.at(n, "Name a query parameter of the document", "operation %s has no parameter %q", a.Operation, n.Value)
	}
	to.Sort = Sort{Param: n.Value, Origin: stated(n)}
}

// includeNames are the query parameters that have records come along.
func includeNames() []string { return []string{"include", "includes", "expand", "embed", "with"} }

// includes reads {author: author by authorId}.
func (r *behaviorReader) includes(n *yaml.Node, a *Act) {
	op, _ := r.contract.Operation(a.Operation)
	param := ""
	for _, p := range op.Parameters {
		if p.In == "query" && slices.Contains(includeNames(), strings.ToLower(p.Name)) {
			param = p.Name
		}
	}
	if param == "" || n.Kind != yaml.MappingNode {
		r.at(n, "Write {author: author by authorId}, and give the operation a query parameter called "+
			strings.Join(includeNames(), " or "), "operation %s can't include anything", a.Operation)
		return
	}
	of, _ := r.out.Resource(a.Resource)
	eachKey(n, func(key, value *yaml.Node) {
		to, by, ok := strings.Cut(value.Value, " by ")
		if !ok {
			r.at(value, "Write it as author by authorId", "%q does not say which member names the %s", value.Value, key.Value)
			return
		}
		one := Include{Param: param, Name: key.Value, By: strings.TrimSpace(by), Origin: stated(key)}
		r.member(value, of, one.By)
		if found := r.resource(value, strings.TrimSpace(to)); found != nil {
			one.Of = found.Name
		}
		a.Includes = append(a.Includes, one)
	})
}

// filters reads {q: contains title, author: is authorId}.
func (r *behaviorReader) filters(n *yaml.Node, a *Act, to *Listing) {
	of, _ := r.out.Resource(a.Resource)
	op, _ := r.contract.Operation(a.Operation)
	to.Filters = nil
	eachKey(n, func(key, value *yaml.Node) {
		if !slices.ContainsFunc(op.Parameters, func(p *Parameter) bool { return p.Name == key.Value }) && op.Body == nil {
			r.at(key, "Name a query parameter of the document", "operation %s has no parameter %q", a.Operation, key.Value)
		}
		f := Filter{Param: key.Value, Origin: stated(key)}
		for _, test := range []string{TestIs, TestAnyOf, TestContains, TestSince, TestUntil} {
			if rest, ok := strings.CutPrefix(value.Value, test+" "); ok {
				f.Test, f.Member = test, strings.TrimSpace(rest)
			}
		}
		if f.Test == "" {
			r.at(value, "Write is, any of, contains, since or until, and a member", "%q is no filter", value.Value)
			return
		}
		r.member(value, of, f.Member)
		to.Filters = append(to.Filters, f)
	})
}
