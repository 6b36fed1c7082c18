package contract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// ReadBehavior reads a behavior.yaml over what was inferred of its contract: what it says wins.
// Nothing is kept of what was inferred with less confidence than its `infer` asks for. Where it
// is at fault the error is an Errors with file, line and column of every complaint.
func ReadBehavior(raw []byte, file string, c *Contract, inferred *Behavior) (*Behavior, error) {
	r := &behaviorReader{complaints: &complaints{file: file}, contract: c, out: inferred, confidence: 2}
	r.out.File = file
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		r.add(lineIn(err.Error()), "Correct the YAML", "the file can't be read: %v", err)
		return nil, joined(r.complaints)
	}
	if len(doc.Content) == 0 {
		return r.out, nil
	}
	r.read(doc.Content[0])
	if err := joined(r.complaints); err != nil {
		return nil, err
	}
	return r.out, nil
}

type behaviorReader struct {
	*complaints
	contract   *Contract
	out        *Behavior
	confidence int        // from which what was inferred is kept
	owned      *yaml.Node // the resources that have owners
}

// keyed says what is done with the value of each key that a mapping may have.
type keyed map[string]func(*yaml.Node)

// object reads a mapping; a key that is none of the keyed is complained about.
func (r *behaviorReader) object(n *yaml.Node, what string, f keyed) {
	if n.Kind != yaml.MappingNode {
		r.at(n, "Write it as key: value", "%s is no mapping", what)
		return
	}
	eachKey(n, func(key, value *yaml.Node) {
		if read, ok := f[key.Value]; ok {
			read(value)
			return
		}
		r.at(key, r.meant(key.Value, keysOf(f)), "%s has no key %q", what, key.Value)
	})
}

func keysOf(f keyed) (all []string) {
	for k := range f {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// at complains about a node.
func (r *behaviorReader) at(n *yaml.Node, fix, format string, args ...any) {
	r.add(n.Line, fix, format, args...)
	r.all[len(r.all)-1].Column = n.Column
}

// meant says which of the known words was meant, or lists them.
func (r *behaviorReader) meant(word string, known []string) string {
	if near := Nearest(word, known); near != "" {
		return "Did you mean " + near + "?"
	}
	return "Use one of " + strings.Join(known, ", ")
}

// oneOf reads a word out of a closed list.
func (r *behaviorReader) oneOf(n *yaml.Node, what string, known ...string) string {
	if !slices.Contains(known, n.Value) {
		r.at(n, r.meant(n.Value, known), "%s is %q", what, n.Value)
	}
	return n.Value
}

func (r *behaviorReader) number(n *yaml.Node, what string) int {
	v, err := strconv.Atoi(n.Value)
	if err != nil {
		r.at(n, "Write a whole number", "%s is %q", what, n.Value)
	}
	return v
}

func (r *behaviorReader) status(n *yaml.Node) int {
	v := r.number(n, "the status")
	if v < 200 || v > 599 {
		r.at(n, "Write a status from 200 to 599", "%q is no status", n.Value)
	}
	return v
}

func (r *behaviorReader) flag(n *yaml.Node, what string) bool {
	return r.oneOf(n, what, "true", "false") == "true"
}

// words reads one word, or a list of them.
func (r *behaviorReader) words(n *yaml.Node) (all []string) {
	if n.Kind == yaml.ScalarNode {
		return []string{n.Value}
	}
	for _, item := range n.Content {
		all = append(all, unalias(item).Value)
	}
	return all
}

func (r *behaviorReader) json(n *yaml.Node) []byte {
	raw, err := nodeJSON(n)
	if err != nil {
		r.at(n, "Write it so that JSON can say it", "the value is not JSON: %v", err)
	}
	return raw
}

func stated(n *yaml.Node) Origin { return Origin{Line: n.Line, Column: n.Column, Confidence: 3} }

func (r *behaviorReader) read(root *yaml.Node) {
	var operations, rules, resources, data *yaml.Node
	later := func(to **yaml.Node) func(*yaml.Node) { return func(n *yaml.Node) { *to = n } }
	skip := func(*yaml.Node) {}
	r.object(root, "the file", keyed{
		"rollcall":  func(n *yaml.Node) { r.oneOf(n, "the version of this file", "1") },
		"prefix":    func(n *yaml.Node) { r.prefix(n) },
		"infer":     func(n *yaml.Node) { r.infer(n) },
		"auth":      func(n *yaml.Node) { r.auth(n) },
		"answers":   func(n *yaml.Node) { r.answers(n) },
		"resources": later(&resources), "operations": later(&operations), "rules": later(&rules), "data": later(&data),
		"limits": func(n *yaml.Node) { r.limits(n) },
		"x":      skip,
	})
	r.forget()
	if resources != nil {
		r.resources(resources)
	}
	if operations != nil {
		r.operations(operations)
	}
	if rules != nil {
		r.rules(rules)
	}
	if data != nil {
		r.amounts(data)
	}
	if r.owned != nil {
		r.owners()
	}
}

// owners holds that what has owners is there, and stands under nothing.
func (r *behaviorReader) owners() {
	for _, name := range r.out.Auth.Owner.Of {
		if of := r.resource(r.owned, name); of != nil && of.Parent != nil {
			r.at(r.owned, "Name "+of.Parent.Resource+" alone: what stands under it is its owner's, too",
				"%s has no owner of its own", name)
		}
	}
}

func (r *behaviorReader) prefix(n *yaml.Node) {
	if n.Value == "" || strings.Trim(n.Value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		r.at(n, "Write capital letters alone, as in SHOP", "the prefix is %q", n.Value)
		return
	}
	if r.contract.Prefix != n.Value && len(r.contract.Requirements) > 0 {
		for _, q := range r.contract.Requirements {
			q.ID = n.Value + strings.TrimPrefix(q.ID, r.contract.Prefix)
		}
	}
	r.contract.Prefix = n.Value
	r.contract.index()
}

func (r *behaviorReader) infer(n *yaml.Node) {
	if r.oneOf(n, "infer", "off", "1", "2", "3") == "off" {
		r.confidence = 4
		return
	}
	r.confidence, _ = strconv.Atoi(n.Value) // a digit, or complained about
}

// forget makes replies of the acts that were inferred with too little confidence.
func (r *behaviorReader) forget() {
	for _, a := range r.out.Operations {
		if a.Confidence < r.confidence {
			*a = Act{Operation: a.Operation, Verb: VerbReply, Origin: Origin{Why: "not inferred: " + a.Why, Confidence: 1}}
		}
	}
}

// resource finds a resource by the name that a node has.
func (r *behaviorReader) resource(n *yaml.Node, name string) *Resource {
	if found, ok := r.out.Resource(name); ok {
		return found
	}
	r.at(n, r.meant(name, r.resourceNames()), "there is no resource %q", name)
	return nil
}

func (r *behaviorReader) resourceNames() (all []string) {
	for _, one := range r.out.Resources {
		all = append(all, one.Name)
	}
	return all
}

// member checks that a resource has a member, by its path with dots.
func (r *behaviorReader) member(n *yaml.Node, of *Resource, path string) string {
	if of == nil || of.Schema == nil || path == "" {
		return path
	}
	s := of.Schema
	for part := range strings.SplitSeq(path, ".") {
		var names []string
		var next *Schema
		for _, p := range s.Every() {
			names = append(names, p.Name)
			if p.Name == part {
				next = p.Schema
			}
		}
		if len(names) == 0 {
			return path // the document leaves open what is in there
		}
		if next == nil {
			if of.Parent != nil && part == cmp.Or(of.Parent.Member, of.Parent.Resource+"Id") {
				return path
			}
			r.at(n, r.meant(part, names), "resource %q has no member %q", of.Name, path)
			return path
		}
		s = next
		if s.Items != nil {
			s = s.Items
		}
	}
	return path
}

// component finds a schema of the document by its name.
func (r *behaviorReader) component(n *yaml.Node) *Schema {
	all := r.contract.components()
	if s, ok := all[n.Value]; ok {
		return s
	}
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	r.at(n, r.meant(n.Value, names), "no operation uses a schema %q", n.Value)
	return nil
}

// components gives every named schema that an operation uses.
func (c *Contract) components() map[string]*Schema {
	all, seen := map[string]*Schema{}, map[*Schema]bool{}
	var walk func(*Schema)
	walk = func(s *Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		if s.Name != "" {
			all[s.Name] = s
		}
		for _, p := range s.Properties {
			walk(p.Schema)
		}
		for _, part := range slices.Concat(s.AllOf, s.AnyOf, s.OneOf, []*Schema{s.Items, s.Additional}) {
			walk(part)
		}
	}
	for _, op := range c.Operations {
		if op.Body != nil {
			walk(op.Body.Schema)
		}
		for _, a := range op.Responses {
			walk(a.Schema)
		}
	}
	return all
}
