package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rollcall/specs"
)

// bodies gives every request schema of the real contracts, with the examples of
// their answers as seeds for the fuzzer.
func bodies(t testing.TB) (schemas []*Schema, seeds [][]byte) {
	t.Helper()
	for _, name := range Names(specs.FS) {
		c, err := Load(specs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range c.Operations {
			if o.Body != nil {
				schemas = append(schemas, o.Body.Schema)
			}
			for _, r := range o.Responses {
				if r.Example != nil {
					seeds = append(seeds, r.Example)
				}
			}
		}
	}
	return schemas, seeds
}

// TestOnepassNeverAcceptsMore holds the quick check to the full one on every
// example of every contract and on damaged copies of them.
func TestOnepassNeverAcceptsMore(t *testing.T) {
	schemas, seeds := bodies(t)
	quick, decided := 0, 0
	for _, s := range schemas {
		o := compileOnepass(s, compiling{})
		if o == nil {
			continue
		}
		quick++
		for _, seed := range seeds {
			for _, raw := range damaged(seed) {
				if o.keeps(raw) {
					decided++
					if v := s.full(raw, asRequest); len(v) > 0 {
						t.Fatalf("schema at line %d: the quick check accepts %s, the full one says %v", s.Line, raw, v)
					}
				}
			}
		}
	}
	if quick*2 < len(schemas) || decided == 0 {
		t.Errorf("the quick check decides %d of %d schemas and accepted %d bodies: too few to prove anything", quick,
			len(schemas), decided)
	}
}

// damaged gives the bytes and copies with one byte changed, left out or doubled.
func damaged(raw []byte) [][]byte {
	all := [][]byte{raw}
	for i := 0; i < len(raw); i += 7 {
		changed := slices.Clone(raw)
		changed[i] ^= 0x11
		all = append(all, changed, slices.Delete(slices.Clone(raw), i, i+1), slices.Insert(slices.Clone(raw), i, raw[i]))
	}
	return all
}

// TestFaultsAreThoseOfTheFullCheck spoils bodies in one and two places. What the
// quick check says of them, once it has learned the words, must be what the full
// one says.
func TestFaultsAreThoseOfTheFullCheck(t *testing.T) {
	schemas, seeds := bodies(t)
	draw := rand.New(rand.NewPCG(5, 6))
	quick := 0
	for _, s := range schemas {
		o := compileOnepass(s, compiling{})
		if o == nil {
			continue
		}
		s.check([]byte(`{}`), asRequest) // so that there is a quick check
		for _, seed := range append(seeds, sketch(s, draw), sketch(s, draw), sketch(s, draw)) {
			for range 8 {
				raw := spoiled(seed, draw)
				want := s.full(raw, asRequest)
				s.check(raw, asRequest) // learns
				if faults, sure := s.lazy.quick.find(raw); sure {
					if got, ok := s.lazy.words.violations(faults); ok {
						quick++
						if plain := s.Plain(raw); string(plain) != string(raw) {
							t.Fatalf("schema at line %d, %s: nothing is spelt anew, but it should be %s", s.Line, raw, plain)
						}
						if !slices.Equal(got, want) {
							t.Fatalf("schema at line %d, %s:\nquick %v\nfull  %v", s.Line, raw, got, want)
						}
					}
				}
			}
		}
	}
	if quick < 1000 {
		t.Errorf("%d bodies were decided: too few to prove anything", quick)
	}
}

// TestFaultsAfterAFormThatDidNotFit: a part of a choice that fails half way must
// not shift where later faults are.
func TestFaultsAfterAFormThatDidNotFit(t *testing.T) {
	three := int64(3)
	form := func(kind string) *Schema {
		return &Schema{Type: "object", Properties: []*Property{{Name: "x", Schema: &Schema{Type: kind}}}}
	}
	s := &Schema{lazy: &lazy{}, Type: "object", Properties: []*Property{
		{Name: "who", Schema: &Schema{AnyOf: []*Schema{form("integer"), form("string")}}},
		{Name: "name", Schema: &Schema{Type: "string", MaxLength: &three}},
	}}
	for _, body := range []string{`{"name":"abcd"}`, `{"who":{"x":"s"},"name":"abcd"}`, `{"who":{"x":"s"},"name":"abcd"}`} {
		got, want := s.check([]byte(body), asRequest), s.full([]byte(body), asRequest)
		if !slices.Equal(got, want) || len(got) != 1 {
			t.Errorf("%s: %v, the full check says %v", body, got, want)
		}
	}
}

// sketch makes a value that has all members of a schema, and often keeps it.
func sketch(s *Schema, draw *rand.Rand) []byte {
	switch {
	case len(s.Properties) > 0:
		out := []byte("{")
		for i, p := range s.Properties {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(fmt.Appendf(out, "%q:", p.Name), sketch(p.Schema, draw)...)
		}
		return append(out, '}')
	case s.Items != nil:
		return append(append([]byte("["), sketch(s.Items, draw)...), ']')
	case len(s.Enum) > 0:
		return fmt.Appendf(nil, "%q", s.Enum[draw.IntN(len(s.Enum))])
	}
	return []byte(map[string]string{"integer": "7", "number": "7.5", "boolean": "true", "": "null"}[s.Type] +
		map[bool]string{true: `"2026-05-01"`}[s.Type == "string"])
}

// spoiled changes one or two of the values of a body, or what members it has.
func spoiled(raw []byte, draw *rand.Rand) []byte {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return raw
	}
	for range 1 + draw.IntN(2) {
		v = spoil(v, draw)
	}
	out, _ := json.Marshal(v)
	return out
}

func spoil(v any, draw *rand.Rand) any {
	others := []any{nil, true, 5, -3, 1.5, 1e9, "", "x", "2026-05-01", "a long text " + strings.Repeat("o", draw.IntN(300)),
		"\u00e9t\u00e9", []any{}, []any{1, "x"}, map[string]any{}, map[string]any{"a": 1}}
	switch v := v.(type) {
	case map[string]any:
		names := slices.Sorted(maps.Keys(v))
		if len(names) == 0 || draw.IntN(8) == 0 {
			v["unheard/of"] = others[draw.IntN(len(others))]
			return v
		}
		name := names[draw.IntN(len(names))]
		if draw.IntN(3) == 0 {
			delete(v, name)
			return v
		}
		v[name] = spoil(v[name], draw)
		return v
	case []any:
		if len(v) > 0 && draw.IntN(3) > 0 {
			i := draw.IntN(len(v))
			v[i] = spoil(v[i], draw)
			return v
		}
	}
	return others[draw.IntN(len(others))]
}

// FuzzOnepass looks for bytes that the quick check accepts and the full one does
// not.
func FuzzOnepass(f *testing.F) {
	schemas, seeds := bodies(f)
	for _, s := range seeds {
		f.Add(s)
	}
	var rules []*onepass
	for _, s := range schemas {
		rules = append(rules, compileOnepass(s, compiling{}))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for i, o := range rules {
			if o == nil {
				continue
			}
			full := schemas[i].full(raw, asRequest)
			if o.keeps(raw) && len(full) > 0 {
				t.Fatalf("schema at line %d: %q", schemas[i].Line, raw)
			}
			if faults, sure := o.find(raw); sure && len(faults) != len(full) {
				t.Fatalf("schema at line %d: %q has the faults %v, the full check says %v", schemas[i].Line, raw, faults, full)
			}
		}
	})
}
