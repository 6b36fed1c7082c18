package contract

import (
	"slices"
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
		o := compileOnepass(s, map[*Schema]bool{})
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
		t.Errorf("the quick check decides %d of %d schemas and accepted %d bodies: too few to prove anything", quick, len(schemas), decided)
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

// FuzzOnepass looks for bytes that the quick check accepts and the full one does
// not.
func FuzzOnepass(f *testing.F) {
	schemas, seeds := bodies(f)
	for _, s := range seeds {
		f.Add(s)
	}
	var rules []*onepass
	for _, s := range schemas {
		rules = append(rules, compileOnepass(s, map[*Schema]bool{}))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for i, o := range rules {
			if o != nil && o.keeps(raw) && len(schemas[i].full(raw, asRequest)) > 0 {
				t.Fatalf("schema at line %d: %q", schemas[i].Line, raw)
			}
		}
	})
}
