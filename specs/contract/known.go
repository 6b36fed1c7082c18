package contract

import (
	"bytes"
	"encoding/json"
	"math/big"

	"rollcall/specs/format"
)

// Known returns of a JSON value what the schema documents of it, in one spelling: members
// that it does not name are left out wherever it names some, instants are in UTC, and
// numbers are written by their value. So two answers can be compared by what they say.
// What is not JSON comes back as it is.
func (s *Schema) Known(raw []byte) []byte { return s.known(raw, true) }

// Named is Known without the members of objects of which the schema names none.
func (s *Schema) Named(raw []byte) []byte { return s.known(raw, false) }

func (s *Schema) known(raw []byte, free bool) []byte {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if s == nil || decoder.Decode(&value) != nil {
		return raw
	}
	known, err := json.Marshal(known(s.Forms(), value, free))
	if err != nil {
		return raw
	}
	return known
}

// known is a value as the schemas, of which it keeps all or some, document it; with free
// objects, of which they name no member, or without what is in those.
func known(schemas []*Schema, value any, free bool) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, member := range v {
			if of := stepAll(schemas, name); of != nil || free && isFree(schemas) {
				out[name] = known(of, member, free)
			}
		}
		return out
	case []any:
		of := stepAll(schemas, "0")
		for i := range v {
			v[i] = known(of, v[i], free)
		}
	case string:
		return instant(schemas, v)
	case json.Number:
		if format.IsOversized(v.String()) {
			return v
		}
		if exact, ok := new(big.Rat).SetString(v.String()); ok {
			digits, _ := exact.FloatPrec() // a decimal number ends
			return json.Number(exact.FloatString(digits))
		}
	}
	return value
}

func stepAll(schemas []*Schema, name string) (found []*Schema) {
	if len(schemas) == 1 {
		return schemas[0].step(name)
	}
	seen := map[*Schema]bool{}
	for _, s := range schemas {
		for _, one := range s.step(name) {
			if !seen[one] { // parts that share a schema would have it twice, four times one step further
				seen[one] = true
				found = append(found, one)
			}
		}
	}
	return found
}

// isFree says whether an object of the schemas may have any members: none is named.
func isFree(schemas []*Schema) bool {
	for _, s := range schemas {
		if len(s.Properties) > 0 {
			return false
		}
	}
	return true
}

func instant(schemas []*Schema, text string) string {
	for _, s := range schemas {
		if s.Format != "date-time" {
			continue
		}
		if at, ok := format.Instant(text); ok {
			return at.Format("2006-01-02T15:04:05.000000000Z07:00")
		}
	}
	return text
}
