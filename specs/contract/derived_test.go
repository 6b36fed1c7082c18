package contract

import (
	"slices"
	"strings"
	"testing"
)

func TestDerivedRequirements(t *testing.T) {
	c := goodContract(t)
	checks := map[string][]string{}
	for _, q := range c.Requirements {
		if q.Check != "" {
			checks[q.Operations[0]] = append(checks[q.Operations[0]], q.Check)
		}
	}
	always := []string{"response_schema_conformance", "status_code_conformance", "content_type_conformance", "positive_data_acceptance"}
	for _, row := range []struct {
		operation string
		then      []string
	}{
		{"getPet", []string{"unsupported_method"}},
		{"updatePet", []string{"ignored_auth", "negative_data_rejection", "unsupported_method"}},
		{"deletePet", []string{"ignored_auth", "unsupported_method", "use_after_free"}},
	} {
		if want := slices.Concat(always, row.then); !slices.Equal(checks[row.operation], want) {
			t.Errorf("%s owes %v, want %v", row.operation, checks[row.operation], want)
		}
	}
}

func TestDerivedRequirementsAreComplete(t *testing.T) {
	c := goodContract(t)
	q, ok := c.Requirement("PET-DOC-updatePet-negative_data_rejection")
	if !ok {
		t.Fatal("the derived requirement is unknown")
	}
	if q.Level != Should || q.Decides != DecidesVerdict || q.Source != "openapi.yaml, line 15" || q.Line != 15 || !strings.Contains(q.Text, "updatePet") {
		t.Errorf("it is %+v", q)
	}
	for status, want := range map[int][2]bool{400: {true, true}, 422: {false, true}, 500: {false, false}} {
		if got := [2]bool{q.Expect.Allows(status, true), q.Expect.Allows(status, false)}; got != want {
			t.Errorf("%d is allowed %v, want %v", status, got, want)
		}
	}
	if first, _ := c.Requirement("PET-DOC-getPet-response_schema_conformance"); first.Level != Must || !first.Expect.Allows(500, true) {
		t.Errorf("the schema's requirement is %+v", first)
	}
	if c.Requirements[0].ID != "PET-NAME-01" || c.Requirements[1].Decides != DecidesVerdict {
		t.Error("the catalogue's rows do not come first, or decide nothing")
	}
}

func TestConstrainedParameters(t *testing.T) {
	one := 1.0
	for _, row := range []struct {
		name string
		p    Parameter
		want bool
	}{
		{"free path", Parameter{In: "path", Required: true, Schema: &Schema{Type: "string"}}, false},
		{"required query", Parameter{In: "query", Required: true, Schema: &Schema{Type: "string"}}, true},
		{"integer", Parameter{In: "path", Schema: &Schema{Type: "integer"}}, true},
		{"enum", Parameter{In: "query", Schema: &Schema{Type: "string", Enum: []any{"a"}}}, true},
		{"format", Parameter{In: "query", Schema: &Schema{Type: "string", Format: "date"}}, true},
		{"remark of a format", Parameter{In: "query", Schema: &Schema{Type: "string", Format: "comma list"}}, false},
		{"minimum", Parameter{In: "query", Schema: &Schema{Minimum: &one}}, true},
		{"in allOf", Parameter{In: "query", Schema: &Schema{AllOf: []*Schema{{Pattern: "a"}}}}, true},
		{"no schema", Parameter{In: "header"}, false},
	} {
		if got := row.p.isConstrained(); got != row.want {
			t.Errorf("%s: constrained is %v", row.name, got)
		}
	}
}
