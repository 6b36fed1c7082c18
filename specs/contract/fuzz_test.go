package contract

import (
	"bytes"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// FuzzReadBody rewrites bodies: what comes back is JSON when what was sent is, says the
// same, keeps the schema as much, and has every integer spelt as one.
func FuzzReadBody(f *testing.F) {
	schemas, seeds := bodies(f)
	schemas = append(schemas, counts())
	for i, s := range seeds {
		if i%4 == 0 {
			f.Add(s)
		}
	}
	for _, s := range []string{
		`{"n":2e1,"list":[1.0,-0],"either":1.0,"again":{"n":3e0}}`, `{"groupId": 2e1, "plannedHours": 20.0}`, `{"n":1e999}`,
		`[1.0`, `{"a\"1.0":1.0}`, `{"n":1.0,"n":2.0}`, "\xff1.0", ``,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 4<<10 {
			return
		}
		for _, s := range schemas {
			op := &Operation{Body: &Body{Schema: s}}
			plain, wrong := op.ReadBody(bytes.Clone(raw))
			if jsontext.Value(raw).IsValid() != jsontext.Value(plain).IsValid() {
				t.Fatalf("%q became %q", raw, plain)
			}
			again, stillWrong := op.ReadBody(plain)
			if !bytes.Equal(plain, again) || len(wrong) != len(stillWrong) {
				t.Fatalf("schema at line %d: %q became %q, with %d faults, and that %q, with %d", s.Line, raw, plain,
					len(wrong), again, len(stillWrong))
			}
			if !bytes.Equal(s.Known(raw), s.Known(plain)) && jsontext.Value(raw).IsValid() {
				t.Fatalf("schema at line %d: %q became %q, which says something else", s.Line, raw, plain)
			}
		}
	})
}
