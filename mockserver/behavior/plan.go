package behavior

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// Plan is an API compiled against its contract: every name resolved.
type Plan struct {
	API      *API
	Contract *contract.Contract
	Tables   []store.Table

	operations map[string]*CompiledOperation
	resources  map[string]*CompiledResource
}

// CompiledOperation is one operation, ready to run.
type CompiledOperation struct {
	Operation
	Contract *contract.Operation
	Records  *CompiledResource // nil for functions without a resource
	Writable map[string]bool
	Free     bool // the document does not say which members a body has
}

// CompiledResource is one resource with its rules and the members of its document.
type CompiledResource struct {
	*Resource
	Document *contract.Schema // which the stored document follows; nil where the resource names none
	Members  []Member
	Checks   []Rule
	Effects  []Rule
}

// Member is one member of a resource's document, in the document's order.
type Member struct {
	Name     string
	Nullable bool
	Required bool
	Stamp    *Stamp
	Default  *Default
}

// Operation gives a compiled operation.
func (p *Plan) Operation(id string) (*CompiledOperation, bool) {
	o, ok := p.operations[id]
	return o, ok
}

// Resource gives a compiled resource.
func (p *Plan) Resource(name string) (*CompiledResource, bool) {
	s, ok := p.resources[name]
	return s, ok
}

// Compile checks a table against its contract. All that is wrong is returned at
// once: an operation without behavior or with two, a resource, schema, member or
// rule's requirement that does not exist. What only defects need is left to
// package mutants.
func Compile(c *contract.Contract, api *API) (*Plan, error) {
	p := &compiler{Plan: &Plan{API: api, Contract: c, operations: map[string]*CompiledOperation{},
		resources: map[string]*CompiledResource{}}}
	p.compileResources()
	p.rules()
	p.compileOperations()
	p.tables()
	if len(p.wrong) > 0 {
		return nil, errors.Join(p.wrong...)
	}
	return p.Plan, nil
}

type compiler struct {
	*Plan
	wrong []error
}

func (p *compiler) complain(format string, args ...any) {
	p.wrong = append(p.wrong, fmt.Errorf("%s: "+format, append([]any{p.API.Contract}, args...)...))
}

// requires checks that a requirement named in the table is in the catalogue.
func (p *compiler) requires(id, where string) {
	if _, ok := p.Contract.Requirement(id); !ok && id != "" {
		p.complain("%s names requirement %q, which the catalogue does not have%s", where, id,
			near(id, requirementIDs(p.Contract)))
	}
}

func near(word string, words []string) string {
	if n := contract.Nearest(word, words); n != "" {
		return "; did you mean " + n + "?"
	}
	return ""
}

func requirementIDs(c *contract.Contract) []string {
	ids := make([]string, 0, len(c.Requirements))
	for _, r := range c.Requirements {
		ids = append(ids, r.ID)
	}
	return ids
}

func (p *compiler) compileResources() {
	for i := range p.API.Resources {
		r := &p.API.Resources[i]
		if _, twice := p.resources[r.Name]; twice {
			p.complain("resource %q is declared twice", r.Name)
		}
		if loose := r.Wrap.Loose; loose != "" && !slices.Contains(p.API.Variants, loose) {
			p.complain("resource %q is wrapped by the variant %q, which is not among the Variants of the table", r.Name, loose)
		}
		s := &CompiledResource{Resource: r}
		p.resources[r.Name] = s
		schema := r.Follows
		if r.Schema != "" {
			var ok bool
			if schema, ok = p.schema(r.Schema); !ok {
				p.complain("resource %q follows schema %q, which no answer of the document uses", r.Name, r.Schema)
				continue
			}
		}
		if schema == nil {
			continue
		}
		s.Document = schema
		for _, m := range schema.Every() {
			s.Members = append(s.Members, member(r, m, schema))
		}
	}
}

func member(r *Resource, m *contract.Property, s *contract.Schema) Member {
	out := Member{Name: m.Name, Nullable: m.Schema.Nullable, Required: s.IsRequired(m.Name)}
	if i := slices.IndexFunc(r.Stamps, func(s Stamp) bool { return s.Field == m.Name }); i >= 0 {
		out.Stamp = &r.Stamps[i]
	}
	if i := slices.IndexFunc(r.Defaults, func(d Default) bool { return d.Field == m.Name }); i >= 0 {
		out.Default = &r.Defaults[i]
	}
	return out
}

// schema finds a named component among the answers of the operations.
func (p *compiler) schema(name string) (*contract.Schema, bool) {
	for _, o := range p.Contract.Operations {
		for _, r := range o.Responses {
			if s, ok := findSchema(r.Schema, name, map[*contract.Schema]bool{}); ok {
				return s, true
			}
		}
	}
	return nil, false
}

func findSchema(s *contract.Schema, name string, seen map[*contract.Schema]bool) (*contract.Schema, bool) {
	if s == nil || seen[s] {
		return nil, false
	}
	if s.Name == name {
		return s, true
	}
	seen[s] = true
	below := slices.Concat([]*contract.Schema{s.Items}, s.AllOf, s.AnyOf, s.OneOf)
	for _, p := range s.Properties {
		below = append(below, p.Schema)
	}
	for _, b := range below {
		if found, ok := findSchema(b, name, seen); ok {
			return found, true
		}
	}
	return nil, false
}

func (p *compiler) rules() {
	for _, row := range p.API.Rules {
		where := fmt.Sprintf("rule %s on %s", row.Requirement, row.On)
		p.requires(row.Requirement, where)
		s, ok := p.resources[row.On]
		if !ok {
			p.complain("%s: there is no resource %q", where, row.On)
			continue
		}
		for _, f := range row.Kind.Fields() {
			if f != "" && !s.knows(f) {
				p.complain("%s: resource %q has no member %q", where, row.On, f)
			}
		}
		switch row.Kind.(type) {
		case rule.Check:
			s.Checks = append(s.Checks, row)
		case rule.Effect:
			s.Effects = append(s.Effects, row)
		default:
			p.complain("%s: its kind neither checks nor completes a change", where)
		}
	}
}

// Documents tells whether the resource's document has a member of that name.
func (s *CompiledResource) Documents(name string) bool {
	return slices.ContainsFunc(s.Members, func(m Member) bool { return m.Name == name })
}

func (s *CompiledResource) knows(field string) bool {
	return len(s.Members) == 0 || field == s.Owner.Field || field == s.Nest.Field || slices.Contains(s.Private, field) ||
		slices.ContainsFunc(s.Members, func(m Member) bool { return m.Name == field })
}

func (p *compiler) compileOperations() {
	for _, o := range p.API.Operations {
		where := "operation " + o.ID
		c, ok := p.Contract.Operation(o.ID)
		if !ok {
			p.complain("%s is not in the document", where)
			continue
		}
		if _, twice := p.operations[o.ID]; twice {
			p.complain("%s has two rows", where)
		}
		if list, ok := o.Verb.(List); ok && list.Page != nil && list.Page.Envelope == nil {
			p.complain("%s has pages and no envelope to write them in", where)
		}
		out := &CompiledOperation{Operation: o, Contract: c}
		out.Writable, out.Free = writable(c, o.Sent)
		if o.Resource != "" {
			if out.Records, ok = p.resources[o.Resource]; !ok {
				p.complain("%s: there is no resource %q", where, o.Resource)
			}
		}
		p.operations[o.ID] = out
	}
	for _, c := range p.Contract.Operations {
		if _, ok := p.operations[c.ID]; !ok {
			p.complain("operation %s (openapi.yaml:%d) has no behavior; add a row to the table", c.ID, c.Line)
		}
	}
}

// writable gives the members that a body may set; free tells that the document names none.
func writable(o *contract.Operation, sent string) (names map[string]bool, free bool) {
	names = map[string]bool{}
	if o.Body == nil {
		return names, false
	}
	s := o.Body.Schema
	name, listed := strings.CutSuffix(sent, "[]")
	if inner, ok := s.Property(name); ok {
		s = inner
	}
	if listed && s != nil && s.Items != nil {
		s = s.Items
	}
	for _, m := range s.Every() {
		names[m.Name] = !m.Schema.ReadOnly
	}
	return names, len(names) == 0
}

// tables lists what the store must hold: the declared indexes, and those that
// the rules ask for.
func (p *compiler) tables() {
	for i := range p.API.Resources {
		r := &p.API.Resources[i]
		t := store.Table{Name: r.Name, Indexes: slices.Clone(r.Indexes), Search: r.Search, Facts: r.Facts}
		for _, row := range p.API.Rules {
			x, ok := row.Kind.(rule.Indexed)
			if !ok || row.On != r.Name {
				continue
			}
			index := x.Index()
			if !slices.ContainsFunc(t.Indexes, func(o store.Index) bool { return o.Name == index.Name }) {
				t.Indexes = append(t.Indexes, index)
			}
		}
		p.Tables = append(p.Tables, t)
	}
}
