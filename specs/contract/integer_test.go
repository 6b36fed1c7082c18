package contract

import (
	"slices"
	"testing"
)

// counts is a schema with an integer at every kind of place.
func counts() *Schema {
	integer, number := &Schema{Type: "integer", Format: "int32"}, &Schema{Type: "number"}
	s := &Schema{Name: "Counts", lazy: &lazy{}, Type: "object", Properties: []*Property{
		{Name: "n", Schema: integer},
		{Name: "x", Schema: number},
		{Name: "list", Schema: &Schema{Type: "array", Items: integer}},
		{Name: "either", Schema: &Schema{AnyOf: []*Schema{{Type: "string"}, {Type: "integer"}}}},
		{Name: "one", Schema: &Schema{OneOf: []*Schema{{Type: "string"}, {Type: "integer"}}}},
		{Name: "free", Schema: &Schema{}},
		{Name: "map", Schema: &Schema{Type: "object", Additional: integer}},
		{Name: "a/b~c",
			Schema: &Schema{Type: "object",
				Properties: []*Property{{Name: "n", Schema: &Schema{Type: "integer", Nullable: true}}}}},
	}}
	s.Properties = append(s.Properties, &Property{Name: "again", Schema: s})
	return s
}

func TestIntegersAreHandedOnAsDigits(t *testing.T) {
	op := &Operation{Body: &Body{Schema: counts()}}
	for _, row := range []struct{ sent, want string }{
		{`{"n": 20}`, ``},
		{`{"n": 2e1, "x":2e1}`, `{"n": 20, "x":2e1}`},
		{`{"n":20.0,"x":20.0}`, `{"n":20,"x":20.0}`},
		{`{"n":-0}`, `{"n":0}`},
		{`{"x":-0}`, ``},
		{`{"n":2147483647.000e0}`, `{"n":2147483647}`},
		{`{"list":[1.0, 2 ,3e0,40e-1]}`, `{"list":[1, 2 ,3,4]}`},
		{`{"either":1.0,"one":1E0}`, `{"either":1,"one":1}`},
		{`{"either":"1.0","one":"2e1","free":"3.0"}`, ``},
		{`{"free":1.0}`, ``},
		{`{"map":{"é":1.0,"\"e1.0":2e0}}`, `{"map":{"é":1,"\"e1.0":2}}`},
		{`{"a/b~c":{"n":5.0}}`, `{"a/b~c":{"n":5}}`},
		{`{"again":{"again":{"n":7.0}},"n":1.0}`, `{"again":{"again":{"n":7}},"n":1}`},
		{`{"unknown":1.0}`, ``},
	} {
		got, wrong := op.ReadBody([]byte(row.sent))
		if row.want == "" {
			row.want = row.sent
		}
		if string(got) != row.want || len(wrong) > 0 {
			t.Errorf("%s is read as %s, want %s; %v", row.sent, got, row.want, wrong)
		}
	}
}

// TestIntegersThatAreNone: a number with a fraction is none, whatever its spelling, and
// ranges hold in every spelling.
func TestIntegersThatAreNone(t *testing.T) {
	op := &Operation{Body: &Body{Schema: counts()}}
	for _, row := range []struct{ sent, keyword string }{
		{`{"n":2.5}`, "type"}, {`{"n":25e-1}`, "type"}, {`{"n":1e-1}`, "type"}, {`{"n":"20"}`, "type"},
		{`{"n":2147483648}`, "format"},
		{`{"n":2147483648.0}`, "format"}, {`{"n":3e9}`, "format"}, {`{"n":1e999}`, "json"}, {`{"n":01}`, "json"},
		{`{"n":1.}`, "json"}, {`{"n":+1}`, "json"},
	} {
		wrong := op.CheckBody([]byte(row.sent))
		if len(wrong) != 1 || wrong[0].Keyword != row.keyword {
			t.Errorf("%s: %v, want one of keyword %s", row.sent, wrong, row.keyword)
		}
	}
}

func TestSpellingsSayWhere(t *testing.T) {
	got := counts().Spellings([]byte(`{"n":1,"a/b~c":{"n":2.0},"list":[3,4e0]}`))
	want := []Spelling{{"/a~1b~0c/n", 20, "2.0", "2"}, {"/list/1", 35, "4e0", "4"}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	for _, raw := range []string{``, `{`, `{"n":1.0`, `[1.0`, "\xff", `1.0`, `{"n":1.0}}`, `{"n":1.0,"n":2.0}`} {
		counts().Plain([]byte(raw)) // whatever it is, it is no panic
	}
	if all := (*Schema)(nil).Spellings([]byte(`1.0`)); all != nil {
		t.Error(all)
	}
}

// TestListsReadIntegersAsParametersDo: one item of a list is no other thing than one
// that stands alone.
func TestListsReadIntegersAsParametersDo(t *testing.T) {
	alone := &Parameter{Name: "n", In: "query", Schema: &Schema{Type: "integer"}}
	list := &Parameter{Name: "n", In: "query", Schema: &Schema{Type: "array", Items: &Schema{Type: "integer"}}}
	op := &Operation{}
	for _, value := range []string{"7", "-7", "007", "0", "-0", "00", "1.0", "2e1", "1.5", "x", "-", "+1", " 1",
		"1 ", "null", "9007199254740993"} {
		one, many := op.CheckParameter(alone, value, true), op.CheckParameter(list, value, true)
		if (one == nil) != (many == nil) {
			t.Errorf("%q alone: %v; in a list: %v", value, one, many)
		}
	}
}
