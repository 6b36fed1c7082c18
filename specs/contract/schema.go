package contract

import (
	"slices"
	"strings"

	"github.com/pb33f/libopenapi/datamodel/low"
	"github.com/pb33f/libopenapi/datamodel/low/base"
	"go.yaml.in/yaml/v4"
)

// schemas turns the library's schemas into ours. What was read once is handed
// out again, so that a circle of references ends in the same *Schema.
type schemas struct {
	*complaints
	known    map[string]*Schema // by reference
	inline   map[*yaml.Node]*Schema
	examples map[*Schema]*yaml.Node
	defaults []withDefault
	forms    map[string]string // of the keywords that are read
	who      *authorities
}

// withDefault is a schema with its default, at their places in the document.
type withDefault struct {
	schema      *Schema
	node, value *yaml.Node
}

func newSchemas(c *complaints, who *authorities) *schemas {
	return &schemas{
		complaints: c, forms: keywordForms(), who: who,
		known: map[string]*Schema{}, inline: map[*yaml.Node]*Schema{}, examples: map[*Schema]*yaml.Node{},
	}
}

func (r *schemas) example(s *Schema) *yaml.Node { return r.examples[s] }

// read returns our schema for the library's: always the same one for the same
// reference, or the same place in the document. What can't be read is complained
// about and comes back empty.
func (r *schemas) read(proxy *base.SchemaProxy) *Schema {
	ref, node := "", unalias(proxy.GetValueNode())
	if proxy.IsReference() {
		ref = proxy.GetReference()
		if s, ok := r.known[ref]; ok {
			return s
		}
	} else if s, ok := r.inline[node]; ok {
		return s
	}
	s := &Schema{lazy: new(lazy), Line: node.Line, By: r.who.of(node)}
	if ref != "" {
		s.Name = ref[strings.LastIndexByte(ref, '/')+1:]
		r.known[ref] = s
	} else {
		r.inline[node] = s
	}
	before := len(r.all)
	r.checkKeywords(node)
	in := proxy.Schema()
	if in == nil {
		if len(r.all) == before { // otherwise the cause is told already
			r.add(node.Line, "Correct it", "the schema can't be read: %v", proxy.GetBuildError())
		}
		return s
	}
	r.fill(s, in)
	if in.Default.Value != nil {
		r.defaults = append(r.defaults, withDefault{s, node, in.Default.Value})
	}
	r.checkMeaning(s)
	return s
}

func (r *schemas) fill(s *Schema, in *base.Schema) {
	s.Type, s.Format, s.Pattern = in.Type.Value.A, in.Format.Value, in.Pattern.Value
	s.Nullable, s.ReadOnly, s.WriteOnly = in.Nullable.Value, in.ReadOnly.Value, in.WriteOnly.Value
	for _, v := range in.Enum.Value {
		s.Enum = append(s.Enum, r.value(v.Value))
	}
	if in.Default.Value != nil {
		s.Default = r.value(in.Default.Value)
	}
	if in.Example.Value != nil {
		r.examples[s] = in.Example.Value
	}
	for _, v := range in.Required.Value {
		s.Required = append(s.Required, v.Value)
	}
	s.Minimum, s.Maximum, s.MultipleOf = given(in.Minimum), given(in.Maximum), given(in.MultipleOf)
	s.MinLength, s.MaxLength = given(in.MinLength), given(in.MaxLength)
	s.MinItems, s.MaxItems = given(in.MinItems), given(in.MaxItems)
	s.UniqueItems = in.UniqueItems.Value
	s.ExclusiveMinimum = in.ExclusiveMinimum.Value != nil && in.ExclusiveMinimum.Value.A
	s.ExclusiveMaximum = in.ExclusiveMaximum.Value != nil && in.ExclusiveMaximum.Value.A
	r.fillParts(s, in)
}

func (r *schemas) fillParts(s *Schema, in *base.Schema) {
	if in.Properties.Value != nil {
		for key, v := range in.Properties.Value.FromOldest() {
			s.Properties = append(s.Properties, &Property{Name: key.Value, Schema: r.read(v.Value)})
		}
	}
	if in.Items.Value != nil && in.Items.Value.A != nil {
		s.Items = r.read(in.Items.Value.A)
	}
	if extra := in.AdditionalProperties.Value; extra != nil {
		if extra.A != nil {
			s.Additional = r.read(extra.A)
		} else {
			s.closed = !extra.B
		}
	}
	s.AllOf, s.AnyOf, s.OneOf = r.list(in.AllOf.Value), r.list(in.AnyOf.Value), r.list(in.OneOf.Value)
}

func (r *schemas) list(in []low.ValueReference[*base.SchemaProxy]) []*Schema {
	var all []*Schema
	for _, v := range in {
		all = append(all, r.read(v.Value))
	}
	return all
}

func (r *schemas) value(n *yaml.Node) any {
	v, err := nodeValue(n)
	if err != nil {
		r.add(n.Line, "Write it so that JSON can say it", "the value is not JSON: %v", err)
	}
	return v
}

// given returns a pointer to the value of a keyword, nil when it isn't there.
func given[T any](in low.NodeReference[T]) *T {
	if in.IsEmpty() {
		return nil
	}
	return &in.Value
}

// checkMeaning complains about schemas that are well formed but say something
// other than their author meant.
func (r *schemas) checkMeaning(s *Schema) {
	if s.Type != "" && !slices.Contains([]string{"string", "integer", "number", "boolean", "object", "array"}, s.Type) {
		r.add(s.Line, "Use string, integer, number, boolean, object or array", "type %q does not exist in OpenAPI 3.0", s.Type)
	}
	if s.Nullable && len(s.Enum) > 0 && !slices.Contains(s.Enum, nil) {
		r.add(s.Line, "List null in the enum", "the schema is nullable but its enum has no null, so null is refused")
	}
	if s.Pattern != "" {
		if _, err := compilePattern(s.Pattern); err != nil {
			r.add(s.Line, "Correct the expression", "pattern %q can't be read: %v", s.Pattern, err)
		}
	}
}
