package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"rollcall/specs/format"
)

// direction says which way a value travels: readOnly and writeOnly depend on it.
type direction int

const (
	asRequest direction = iota
	asResponse
)

// lazy holds what is compiled from a schema at its first use.
type lazy struct {
	namesOnce sync.Once
	named     map[string]*Schema // the properties by name
	must      map[string]bool    // what is required

	once   [2]sync.Once
	judges [2]*validator

	quickOnce sync.Once
	quick     *onepass // nil when the schema is none for the quick check
	words     words

	patternOnce sync.Once
	pattern     matcher
}

// validator is a schema compiled for one direction.
type validator struct {
	compiled *jsonschema.Schema // nil where parts are shared: then there is one for each value
	again    func() *desk       // compiles one more
	spare    desks
	lines    map[string]int // line of openapi.yaml by JSON pointer into the rewritten schema
	err      error          // why it could not be compiled
}

// validator returns the compiled schema. One made by hand has no place to keep it
// and is compiled each time.
func (s *Schema) validator(way direction) *validator {
	if s.lazy == nil {
		return newValidator(s, way)
	}
	s.lazy.once[way].Do(func() { s.lazy.judges[way] = newValidator(s, way) })
	return s.lazy.judges[way]
}

// matcher returns the compiled pattern, nil when it can't be read: Load has
// complained about that.
func (s *Schema) matcher() matcher {
	if s.lazy == nil {
		m, _ := compilePattern(s.Pattern) // nil on error, as documented
		return m
	}
	s.lazy.patternOnce.Do(func() { s.lazy.pattern, _ = compilePattern(s.Pattern) })
	return s.lazy.pattern
}

const schemaURL = "rollcall:///schema"

func newValidator(s *Schema, way direction) *validator {
	b := &builder{way: way, defs: map[string]any{}, names: map[place]string{}, lines: map[string]int{}}
	root := b.schema(s, s, "")
	root["$defs"] = b.defs
	shared := b.shared()
	j := &validator{lines: b.lines}
	compile := func(vocabularies ...*jsonschema.Vocabulary) (*jsonschema.Schema, error) {
		c := newCompiler()
		for _, v := range vocabularies {
			c.RegisterVocabulary(v)
			c.AssertVocabs()
		}
		if err := c.AddResource(schemaURL, root); err != nil {
			return nil, err
		}
		return c.Compile(schemaURL)
	}
	if !shared {
		j.compiled, j.err = compile()
		return j
	}
	j.again = func() *desk {
		known := &verdicts{}
		compiled, err := compile(known.vocabulary())
		if err != nil {
			j.err = err // the first time, or never: it is the same schema each time
			return nil
		}
		return &desk{compiled, known}
	}
	if first := j.again(); first != nil {
		j.spare.put(first)
	}
	return j
}

func newCompiler() *jsonschema.Compiler {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	c.UseRegexpEngine(func(p string) (jsonschema.Regexp, error) { return compilePattern(p) })
	for _, name := range append(format.Names(), "int32", "int64") {
		c.RegisterFormat(&jsonschema.Format{Name: name, Validate: assertFormat(name)})
	}
	return c
}

// validate holds a decoded value against the schema.
func (j *validator) validate(value any) error {
	if j.compiled != nil {
		return j.compiled.Validate(value)
	}
	at := j.spare.take()
	if at == nil {
		at = j.again()
	}
	defer j.spare.put(at)
	return at.compiled.Validate(value)
}

// place is a schema in the object it is a part of: the allOf around a schema
// decides which of the names it requires are readOnly.
type place struct{ schema, whole *Schema }

// builder rewrites a schema of OpenAPI 3.0 to JSON Schema 2020-12 for one
// direction. Referenced schemas become definitions, so circles stay circles.
type builder struct {
	way   direction
	defs  map[string]any
	names map[place]string
	lines map[string]int
	sites []map[string]any // the references to definitions

	composed bool // some schema is made of several
}

// schema rewrites s, which is a part of whole (s itself unless it stands in an
// allOf, anyOf or oneOf) and ends up at the pointer at.
func (b *builder) schema(s, whole *Schema, at string) map[string]any {
	if s.Name == "" {
		return b.nullable(s, whole, at)
	}
	key := place{s, whole}
	name, known := b.names[key]
	if !known {
		name = "d" + strconv.Itoa(len(b.names))
		b.names[key] = name
		b.defs[name] = b.nullable(s, whole, "/$defs/"+name)
	}
	b.lines[at] = s.Line
	site := map[string]any{"$ref": "#/$defs/" + name}
	b.sites = append(b.sites, site)
	return site
}

// nullable lets null past a composed schema, as its author meant it; a plain one
// gets null as a second type.
func (b *builder) nullable(s, whole *Schema, at string) map[string]any {
	if !s.Nullable || len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0 {
		return b.plain(s, whole, at)
	}
	b.lines[at] = s.Line
	return map[string]any{
		"if":   map[string]any{"type": "null"},
		"else": b.plain(s, whole, at+"/else"),
	}
}

func (b *builder) plain(s, whole *Schema, at string) map[string]any {
	b.lines[at] = s.Line
	m := map[string]any{}
	if s.Type != "" {
		m["type"] = s.Type
		if s.Nullable && len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0 {
			m["type"] = []any{s.Type, "null"}
		}
	}
	if asserts(s.Format) {
		m["format"] = s.Format
	}
	if s.Pattern != "" {
		m["pattern"] = s.Pattern
	}
	if len(s.Enum) > 0 {
		m["enum"] = s.Enum
	}
	b.bounds(s, m)
	b.object(s, whole, at, m)
	if s.Items != nil {
		m["items"] = b.schema(s.Items, s.Items, at+"/items")
	}
	b.parts(m, "allOf", s.AllOf, whole, at)
	b.parts(m, "anyOf", s.AnyOf, whole, at)
	b.parts(m, "oneOf", s.OneOf, whole, at)
	return m
}

func (b *builder) bounds(s *Schema, m map[string]any) {
	limit := func(v *float64, exclusive bool, name, strict string) {
		if v == nil {
			return
		}
		if exclusive {
			name = strict
		}
		m[name] = *v
	}
	limit(s.Minimum, s.ExclusiveMinimum, "minimum", "exclusiveMinimum")
	limit(s.Maximum, s.ExclusiveMaximum, "maximum", "exclusiveMaximum")
	count := func(v *int64, name string) {
		if v != nil {
			m[name] = json.Number(strconv.FormatInt(*v, 10))
		}
	}
	count(s.MinLength, "minLength")
	count(s.MaxLength, "maxLength")
	count(s.MinItems, "minItems")
	count(s.MaxItems, "maxItems")
	if s.MultipleOf != nil {
		m["multipleOf"] = json.Number(decimal(*s.MultipleOf)) // as it is written: no double is a hundredth
	}
	if s.UniqueItems {
		m["uniqueItems"] = true
	}
}

func (b *builder) object(s, whole *Schema, at string, m map[string]any) {
	if len(s.Properties) > 0 {
		props := map[string]any{}
		for _, p := range s.Properties {
			props[p.Name] = b.property(p, at+"/properties/"+escape(p.Name))
		}
		m["properties"] = props
	}
	required := []any{}
	for _, name := range s.Required {
		if !b.foreign(s, name) && !b.foreign(whole, name) {
			required = append(required, name)
		}
	}
	if len(required) > 0 {
		m["required"] = required
	}
	if s.closed {
		m["additionalProperties"] = false
	} else if s.Additional != nil {
		m["additionalProperties"] = b.schema(s.Additional, s.Additional, at+"/additionalProperties")
	}
}

// property rewrites a member. One that only the server writes isn't judged in a
// request, whatever its value: the server ignores it. One that only a client
// writes must not come back.
func (b *builder) property(p *Property, at string) any {
	switch {
	case b.way == asRequest && p.Schema.isReadOnly():
		return true
	case b.way == asResponse && p.Schema.isWriteOnly():
		b.lines[at] = p.Schema.Line
		return false
	default:
		return b.schema(p.Schema, p.Schema, at)
	}
}

// foreign reports whether the member of that name travels the other way only.
func (b *builder) foreign(s *Schema, name string) bool {
	p, ok := s.Property(name)
	if !ok {
		return false
	}
	return b.way == asRequest && p.isReadOnly() || b.way == asResponse && p.isWriteOnly()
}

func (b *builder) parts(m map[string]any, keyword string, parts []*Schema, whole *Schema, at string) {
	if len(parts) == 0 {
		return
	}
	b.composed = true
	list := make([]any, len(parts))
	for i, part := range parts {
		list[i] = b.schema(part, whole, fmt.Sprintf("%s/%s/%d", at, keyword, i))
	}
	m[keyword] = list
}

// isReadOnly looks through allOf, where a reference with a remark is put.
func (s *Schema) isReadOnly() bool {
	return s.ReadOnly || len(s.AllOf) > 0 && slices.ContainsFunc(s.All(), func(part *Schema) bool { return part.ReadOnly })
}

func (s *Schema) isWriteOnly() bool {
	return s.WriteOnly || len(s.AllOf) > 0 && slices.ContainsFunc(s.All(), func(part *Schema) bool { return part.WriteOnly })
}

// escape makes a member's name a step of a JSON pointer.
func escape(name string) string {
	if !strings.ContainsAny(name, "~/") {
		return name
	}
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
