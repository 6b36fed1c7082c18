package contract

import (
	"testing"
)

func TestCheckParameter(t *testing.T) {
	one, pair, ten, two, four := 1.0, 2.0, 10.0, int64(2), int64(4)
	for _, row := range []struct {
		name, value string
		schema      *Schema
		want        string
	}{
		{"integer", "12", &Schema{Type: "integer"}, ""},
		{"negative integer", "-12", &Schema{Type: "integer"}, ""},
		{"word for an integer", "abc", &Schema{Type: "integer"}, "query /x type"},
		{"nothing for an integer", "", &Schema{Type: "integer"}, "query /x type"},
		{"point in an integer", "1.5", &Schema{Type: "integer"}, "query /x type"},
		{"int32 overflow", "2147483648", &Schema{Type: "integer", Format: "int32"}, "query /x format"},
		{"int64 at its end", "9223372036854775807", &Schema{Type: "integer", Format: "int64"}, ""},
		{"int64 = 2^63", "9223372036854775808", &Schema{Type: "integer", Format: "int64"}, "query /x format"},
		{"number", "-1.5e3", &Schema{Type: "number"}, ""},
		{"infinite number", "inf", &Schema{Type: "number"}, "query /x type"},
		{"hexadecimal number", "0x10", &Schema{Type: "number"}, "query /x type"},
		{"boolean", "true", &Schema{Type: "boolean"}, ""},
		{"other word for a boolean", "1", &Schema{Type: "boolean"}, "query /x type"},
		{"below minimum", "0", &Schema{Type: "integer", Minimum: &one}, "query /x minimum"},
		{"at exclusive minimum", "1", &Schema{Type: "integer", Minimum: &one, ExclusiveMinimum: true},
			"query /x exclusiveMinimum"},
		{"above maximum", "11", &Schema{Type: "integer", Maximum: &ten}, "query /x maximum"},
		{"at exclusive maximum", "10", &Schema{Type: "number", Maximum: &ten, ExclusiveMaximum: true},
			"query /x exclusiveMaximum"},
		{"no multiple", "3", &Schema{Type: "integer", MultipleOf: &pair}, "query /x multipleOf"},
		{"a multiple", "-4", &Schema{Type: "integer", MultipleOf: &pair}, ""},
		{"string of digits", "12", &Schema{Type: "string"}, ""},
		{"empty string", "", &Schema{Type: "string"}, ""},
		{"too short and unlike", "é", &Schema{Type: "string", MinLength: &two, Pattern: "^a"},
			"query /x minLength; query /x pattern"},
		{"too long", "abcde", &Schema{Type: "string", MaxLength: &four}, "query /x maxLength"},
		{"length in characters", "éééé", &Schema{Type: "string", MaxLength: &four}, ""},
		{"enum", "asc", &Schema{Type: "string", Enum: []any{"asc", "desc"}}, ""},
		{"outside enum", "up", &Schema{Type: "string", Enum: []any{"asc", "desc"}}, "query /x enum"},
		{"enum of numbers", "2", &Schema{Type: "integer", Enum: []any{1.0, 2.0}}, ""},
		{"outside enum of numbers", "3", &Schema{Type: "integer", Enum: []any{1.0, 2.0}}, "query /x enum"},
		{"enum of one boolean", "false", &Schema{Type: "boolean", Enum: []any{true}}, "query /x enum"},
		{"date", "2023-02-30", &Schema{Type: "string", Format: "date"}, "query /x format"},
		{"no type", "anything", &Schema{}, ""},
		{"composed", "up", &Schema{AllOf: []*Schema{{Type: "string", Enum: []any{"asc"}}}}, "query /x enum"},
		{"composed integer", "12", &Schema{AllOf: []*Schema{{Type: "integer"}}}, ""},
		{"list", "1,2", &Schema{Type: "array", Items: &Schema{Type: "integer"}}, ""},
		{"list with a word", "1,b", &Schema{Type: "array", Items: &Schema{Type: "integer"}}, "query /x/1 type"},
		{"empty list", "", &Schema{Type: "array", Items: &Schema{Type: "integer"}}, ""},
		{"no schema", "x", nil, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := &Parameter{Name: "x", In: "query", Schema: row.schema}
			if got := described(new(Operation).CheckParameter(p, row.value, true)); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestAbsentParameter(t *testing.T) {
	p := &Parameter{Name: "page", In: "query", Schema: &Schema{Type: "integer"}, Line: 9}
	if got := new(Operation).CheckParameter(p, "", false); got != nil {
		t.Errorf("optional: got %v", got)
	}
	p.Required = true
	got := new(Operation).CheckParameter(p, "", false)
	if described(got) != "query /page required" || got[0].Line != 9 {
		t.Errorf("required: got %+v", got)
	}
}

// A scalar is judged by code of its own; the compiled schema must agree.
func TestScalarsAgreeWithTheCompiledSchema(t *testing.T) {
	one, two := 1.0, int64(2)
	schemas := []*Schema{
		{Type: "string", Format: "date"}, {Type: "string", Format: "email"}, {Type: "string", Format: "uuid"},
		{Type: "string", MinLength: &two, MaxLength: &two}, {Type: "string", Pattern: `^(?=.*\d)a`},
		{Type: "string", Enum: []any{"1", "a1"}}, {Type: "integer", Minimum: &one, ExclusiveMinimum: true},
		{Type: "integer", Format: "int32"}, {Type: "number", Maximum: &one}, {Type: "boolean"},
		{Type: "integer", Enum: []any{1.0}},
	}
	values := []string{"1", "-1", "0", "1.5", "a1", "ab", "true", "2024-02-29", "a@b.org", "2147483648",
		"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}
	for _, s := range schemas {
		p := &Parameter{Name: "x", In: "query", Schema: s}
		for _, value := range values {
			fast, slow := p.checkScalar(value), p.checkComposed(value)
			if described(fast) != described(slow) {
				t.Errorf("%+v on %q: %q, but %q", *s, value, described(fast), described(slow))
			}
		}
	}
}

func TestValidParametersCostNothing(t *testing.T) {
	one, ten := 1.0, int64(10)
	op := new(Operation)
	for _, row := range []struct {
		value  string
		schema *Schema
	}{
		{"12", &Schema{Type: "integer", Format: "int64", Minimum: &one}},
		{"1.5", &Schema{Type: "number", Minimum: &one}},
		{"asc", &Schema{Type: "string", Enum: []any{"desc", "asc"}, MaxLength: &ten}},
		{"2024-02-29", &Schema{Type: "string", Format: "date"}},
		{"abc", &Schema{Type: "string", Pattern: "^a", lazy: new(lazy)}},
		{"a@b.org", &Schema{Type: "string", Format: "email"}},
	} {
		p := &Parameter{Name: "x", In: "query", Schema: row.schema}
		if n := testing.AllocsPerRun(100, func() { op.CheckParameter(p, row.value, true) }); n != 0 {
			t.Errorf("%q costs %v allocations", row.value, n)
		}
	}
}
