package check

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"rollcall/specs/contract"
)

// badValue is a JSON value that breaks one keyword of a schema.
type badValue struct {
	keyword string
	raw     json.RawMessage
}

// badValues makes broken values. Their texts hold a word that is in no other request of any
// run, so that none meets what an earlier one left: a conflict is no refusal of them.
type badValues struct{ word string }

// values returns a value for each keyword about a value's own type, kind and size. A
// schema that allows everything has none.
func (b badValues) values(schema *contract.Schema) []badValue {
	var found []badValue
	if raw := b.wrongType(types(schema)); raw != nil {
		found = append(found, badValue{"type", raw})
		if !schema.Nullable && !alternatives(schema) {
			found = append(found, badValue{"null", json.RawMessage("null")})
		}
	}
	if alternatives(schema) {
		return found
	}
	for _, part := range schema.All() {
		found = append(found, b.enum(part)...)
		found = append(found, badNumbers(part)...)
		found = append(found, b.lengths(part)...)
		found = append(found, badText(part)...)
	}
	return found
}

func alternatives(schema *contract.Schema) bool {
	return slices.ContainsFunc(schema.All(), func(part *contract.Schema) bool {
		return len(part.AnyOf)+len(part.OneOf) > 0
	})
}

// types returns the types that a value may have, each once, nil when it may have any.
func types(schema *contract.Schema) []string { return typing{}.of(schema) }

// typing is what was found of the schemas that were looked at.
type typing map[*contract.Schema][]string

func (t typing) of(schema *contract.Schema) []string {
	found, ok := t[schema]
	if !ok {
		found = t.read(schema)
		t[schema] = found
	}
	return found
}

func (t typing) read(schema *contract.Schema) []string {
	for _, part := range schema.All() {
		if part.Type != "" {
			return []string{part.Type}
		}
		var found []string
		for _, branch := range slices.Concat(part.AnyOf, part.OneOf) {
			of := t.of(branch)
			if of == nil {
				return nil
			}
			found = append(found, of...)
		}
		if len(found) > 0 {
			slices.Sort(found)
			return slices.Compact(found)
		}
	}
	return nil
}

// wrongType returns a value of none of the types that no service can read as one of
// them, nil when all values are right: a number where a text is asked for, or a text
// where a list is, is often taken for one.
func (b badValues) wrongType(types []string) json.RawMessage {
	member := `{"` + b.word + `":[7]}` // a digit, as numbers of a phone have one
	candidates := []struct{ kind, raw string }{
		{"string", `"not-of-this-type-` + b.word + `"`}, {"object", member}, {"array", `[` + member + `]`},
		{"number", `12345`}, {"boolean", `true`},
	}
	if slices.Contains(types, "object") || slices.Contains(types, "array") {
		candidates[1], candidates[2] = candidates[2], candidates[1]
		slices.Reverse(candidates) // a bare value first: an object is read as a list of one, and the other way round
	}
	if len(types) == 0 {
		return nil
	}
	for _, candidate := range candidates {
		right := slices.Contains(types, candidate.kind) || candidate.kind == "number" && slices.Contains(types, "integer")
		if !right {
			return json.RawMessage(candidate.raw)
		}
	}
	return nil
}

func (b badValues) enum(schema *contract.Schema) []badValue {
	if len(schema.Enum) == 0 {
		return nil
	}
	switch schema.Type {
	case "string":
		return []badValue{{"enum", text("not-a-listed-value-" + b.word)}}
	case "integer", "number":
		return []badValue{{"enum", json.RawMessage("987654")}}
	}
	return nil
}

// badNumbers steps just over each bound, and gives an integer a fraction.
func badNumbers(schema *contract.Schema) []badValue {
	var found []badValue
	step := 0.001
	if schema.Type == "integer" {
		step = 1
		found = append(found, badValue{"integer", json.RawMessage("1.5")})
	}
	if schema.MultipleOf != nil {
		step = *schema.MultipleOf // what is out of bounds keeps the rest
		found = append(found, noMultiple(schema)...)
	}
	if schema.Minimum != nil {
		value := *schema.Minimum
		if !schema.ExclusiveMinimum {
			value -= step
		}
		found = append(found, badValue{"minimum", json.RawMessage(number(schema.Multiple(value)))})
	}
	if schema.Maximum != nil {
		value := *schema.Maximum
		if !schema.ExclusiveMaximum || schema.MultipleOf != nil {
			value += step
		}
		found = append(found, badValue{"maximum", json.RawMessage(number(schema.Multiple(value)))})
	}
	switch {
	case schema.Type != "integer":
	case schema.Format == "int32":
		found = append(found, badValue{"format int32", json.RawMessage("2147483648")})
	case schema.Format == "int64":
		found = append(found, badValue{"format int64", json.RawMessage("9223372036854775808")})
	}
	return found
}

// noMultiple is a number within the bounds between two multiples, where there is one.
func noMultiple(schema *contract.Schema) []badValue {
	step, value := *schema.MultipleOf, 0.0
	if schema.Maximum != nil && *schema.Maximum < 0 {
		value = schema.Multiple(*schema.Maximum - step)
	}
	if low := schema.Minimum; low != nil && *low > value {
		value = schema.Multiple(*low + step)
	}
	between := value + step/2
	if schema.Type == "integer" {
		between = value + 1
	}
	if schema.Multiple(between) == between || schema.Maximum != nil && between >= *schema.Maximum {
		return nil
	}
	return []badValue{{"multipleOf", json.RawMessage(number(between))}}
}

// badLengths is one character short, or one too long.
func (b badValues) lengths(schema *contract.Schema) []badValue {
	const longest = 100_000
	var found []badValue
	if schema.MinLength != nil && *schema.MinLength > 0 {
		found = append(found, badValue{"minLength", text(b.sized(schema, *schema.MinLength-1))})
	}
	if schema.MaxLength != nil && *schema.MaxLength < longest {
		found = append(found, badValue{"maxLength", text(b.sized(schema, *schema.MaxLength+1))})
	}
	return found
}

// sized returns a text of that many characters, of the schema's format where
// there is room for it.
func (b badValues) sized(schema *contract.Schema, length int64) string {
	before, after := "", ""
	switch schema.Format {
	case "email":
		after = "@example.com"
	case "uri":
		before = "https://example.com/"
	}
	fill := length - int64(len(before)+len(after))
	if fill < 1 {
		return b.fill(length)
	}
	return before + b.fill(fill) + after
}

// fill repeats the word up to a length.
func (b badValues) fill(length int64) string {
	word := b.word
	if word == "" {
		word = "x"
	}
	return strings.Repeat(word, int(length)/len(word)+1)[:length]
}

// badText breaks a format or a pattern.
func badText(schema *contract.Schema) []badValue {
	var found []badValue
	examples := map[string]string{
		"date": "2023-02-30", "date-time": "2023-02-30T25:00:00Z", "email": "not an address",
		"uri": "not a uri", "uuid": "not-a-uuid",
	}
	if example, ok := examples[schema.Format]; ok && schema.Type == "string" {
		found = append(found, badValue{"format " + schema.Format, text(example)})
	}
	if schema.Pattern == "" {
		return found
	}
	// Only the pattern counts here, whatever else the schema asks for.
	only := &contract.Schema{Type: "string", Pattern: schema.Pattern}
	for _, candidate := range []string{"~", "a", "1", " ", "", "~~~~~~~~~~~~", "aaaaaaaaaaaa"} {
		if len(only.CheckValue(text(candidate))) > 0 {
			return append(found, badValue{"pattern", text(candidate)})
		}
	}
	return found
}

func text(value string) json.RawMessage { return json.RawMessage(strconv.Quote(value)) }

// number writes a float as JSON, whole numbers without an exponent.
func number(value float64) string {
	if value == math.Trunc(value) && math.Abs(value) < 1e15 {
		return fmt.Sprintf("%.0f", value)
	}
	return strconv.FormatFloat(value, 'g', -1, 64)
}
