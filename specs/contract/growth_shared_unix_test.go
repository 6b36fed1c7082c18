//go:build unix

package contract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// diamonds makes schemas of which each is made of the next one twice.
func diamonds(kind string, levels int) *Schema {
	x := &Schema{Type: "string", lazy: &lazy{}}
	below := &Schema{Name: "last", Type: "object", Required: []string{"x"}, lazy: &lazy{}, Properties: []*Property{{"x", x}}}
	for i := range levels {
		s := &Schema{Name: fmt.Sprint("S", i), lazy: &lazy{}}
		form := func() *Schema {
			return &Schema{Type: "object", lazy: &lazy{}, Required: []string{"b"}, Properties: []*Property{{"a", below}}}
		}
		switch kind {
		case "members":
			s.Type, s.Required, s.Properties = "object", []string{"a", "b"}, []*Property{{"a", below}, {"b", below}}
		case "allOf":
			s.AllOf = []*Schema{below, below}
		case "anyOf":
			s.AnyOf = []*Schema{below, below}
		case "oneOf":
			s.OneOf = []*Schema{below, below}
		case "forms with one member":
			s.AnyOf = []*Schema{form(), form()}
		case "parts with one member":
			s.AllOf = []*Schema{form(), form()}
		}
		below = s
	}
	return below
}

// TestSharedPartsAreTakenOnce holds that twice as many levels take about twice as long, up to
// their square: a pointer is as long as its way, and so are the ways to be told. Each level
// doubles the ways to the last one, so that to go all of them would take two thousand times.
func TestSharedPartsAreTakenOnce(t *testing.T) {
	const few, times, most = 11, 2, 16
	for _, kind := range []string{"members", "allOf", "anyOf", "oneOf", "forms with one member", "parts with one member"} {
		for what, use := range map[string]func(s *Schema, deep string){
			"an empty body": func(s *Schema, _ string) { s.check([]byte(`{}`), asRequest) },
			"a deep body":   func(s *Schema, deep string) { s.check([]byte(deep), asRequest) },
			"an answer":     func(s *Schema, deep string) { s.check([]byte(deep), asResponse) },
			"numbers":       func(s *Schema, deep string) { s.Plain([]byte(deep)) },
			"known members": func(s *Schema, deep string) { s.Known([]byte(deep)) },
			"members": func(s *Schema, _ string) {
				s.Flat()
				s.Every()
				s.Property("none")
				s.IsRequired("none")
				s.jsonType()
				s.isReadOnly()
				s.isWriteOnly()
			},
			"authorities": func(s *Schema, _ string) { s.Who(strings.Repeat("/a", few), "type") },
			"constraints": func(s *Schema, _ string) { (&Operation{Body: &Body{Schema: s}}).Requests() },
		} {
			took := func(levels int) time.Duration {
				deep := strings.Repeat(`{"a":`, levels) + "1.0" + strings.Repeat("}", levels)
				var all []time.Duration
				for range 3 {
					s := diamonds(kind, levels)
					began := spent()
					use(s, deep)
					all = append(all, spent()-began)
				}
				return max(slices.Min(all), time.Millisecond)
			}
			if small, large := took(few), took(times*few); large > most*small {
				t.Errorf("%s, %s: %d levels take %s, %d take %s", kind, what, few, small, times*few, large)
			}
		}
	}
}

// TestSharedPartsAreJudgedAlike holds what is said of shared parts to what would be said if each
// were a schema of its own.
func TestSharedPartsAreJudgedAlike(t *testing.T) {
	for _, kind := range []string{"members", "allOf", "anyOf", "oneOf", "forms with one member", "parts with one member"} {
		s := diamonds(kind, 3)
		for _, body := range []string{`{}`, `{"x":"a"}`, `{"x":1}`, `[]`, `7`, `{"a":{"a":{"a":{"x":1},"b":1},"b":2},"b":3}`,
			`{"a":{"a":{"a":{"x":"1"},"b":1},"b":2},"b":3}`, `{"a":{"x":"1"},"b":{"x":1}}`} {
			for _, way := range []direction{asRequest, asResponse} {
				got, again, want := s.full([]byte(body), way), s.full([]byte(body), way), apart(s).full([]byte(body), way)
				if !slices.Equal(got, want) || !slices.Equal(again, want) {
					t.Errorf("%s, %s:\n got %v\nthen %v\nwant %v", kind, body, got, again, want)
				}
			}
		}
	}
}

// apart copies a schema so that nothing in it is shared or has a name.
func apart(s *Schema) *Schema {
	if s == nil {
		return nil
	}
	out := *s
	out.Name, out.lazy = "", &lazy{}
	out.Properties = nil
	for _, p := range s.Properties {
		out.Properties = append(out.Properties, &Property{p.Name, apart(p.Schema)})
	}
	for from, to := range map[*[]*Schema]*[]*Schema{&s.AllOf: &out.AllOf, &s.AnyOf: &out.AnyOf, &s.OneOf: &out.OneOf} {
		*to = nil
		for _, part := range *from {
			*to = append(*to, apart(part))
		}
	}
	return &out
}

// TestManyValuesAreToldInShort holds that what is said of an enum doesn't grow with it.
func TestManyValuesAreToldInShort(t *testing.T) {
	var enum []any
	for i := range 200_000 {
		enum = append(enum, fmt.Sprint("v", i))
	}
	want := `must be "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9" or one of 199,990 more`
	s := &Schema{Type: "string", Enum: enum, lazy: &lazy{}}
	p := &Parameter{Name: "q", In: "query", Schema: s}
	for _, all := range [][]Violation{s.check([]byte(`"w"`), asRequest), s.check([]byte(`"w"`), asResponse), p.checkScalar("w")} {
		if len(all) != 1 || all[0].Message != want {
			t.Errorf("%.300v, want %s", all, want)
		}
	}
	if got := Few([]string{strings.Repeat("é", 1000), "b"}); len(got) > 2*mostOfOne || !strings.HasSuffix(got, `… or "b"`) {
		t.Error(got)
	}
}
