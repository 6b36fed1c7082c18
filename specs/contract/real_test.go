package contract

import (
	"slices"
	"strings"
	"testing"

	"rollcall/specs"
)

func TestEveryRealContractLoads(t *testing.T) {
	for _, name := range Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			c, err := Load(specs.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, op := range c.Operations {
				if op.Success() == nil {
					t.Errorf("%s documents no success", op.ID)
				}
			}
		})
	}
}

// The page of the volunteers states no status but one, says nowhere that a member without a
// value has to be there, and lets a change be a partial one: none of that can be demanded.
func TestVolunteersDemandsNothingThatIsLeftOpen(t *testing.T) {
	c, err := Load(specs.FS, "volunteers")
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range c.Operations {
		for _, r := range op.Responses {
			walk := &walker{seen: map[*Schema]bool{}}
			if !r.Open {
				walk.schema(r.Schema, "")
			}
			for _, found := range walk.all {
				nullable := slices.ContainsFunc(r.Schema.below(found.Place), func(s *Schema) bool { return s.Nullable })
				if found.Keyword == "required" && found.Who.Stated() && nullable {
					t.Errorf("%s, line %d: %s can be null and has to be there, says %s", op.ID,
						found.Line, found.Place, found.Who)
				}
			}
		}
		for _, found := range op.Requests() {
			if op.Method == "PUT" && strings.HasPrefix(found.Place, "body:/") && found.Keyword == "required" &&
				found.Who.Stated() {
				t.Errorf("%s, line %d: a change has to have %s, says %s", op.ID, found.Line, found.Place, found.Who)
			}
		}
	}
	for _, q := range c.Requirements {
		if q.Expect.Status != 0 && !q.Expect.Open && q.ID != "VOL-ADDR-25" { // lines 951-952 print this one
			t.Errorf("%s demands exactly %d, which nobody states", q.ID, q.Expect.Status)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for _, name := range Names(specs.FS) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Load(specs.FS, name); err != nil {
					b.Skip(err)
				}
			}
		})
	}
}
