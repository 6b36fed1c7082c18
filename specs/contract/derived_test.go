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
	always := []string{"response_schema_conformance", "status_code_conformance", "content_type_conformance",
		"positive_data_acceptance"}
	bodiless := []string{"response_schema_conformance", "status_code_conformance", "positive_data_acceptance"}
	for _, row := range []struct {
		operation    string
		always, then []string
	}{
		{"getPet", always, []string{"unsupported_method", "distinct_records"}},
		{"updatePet", always, []string{"ignored_auth", "negative_data_rejection", "unsupported_method", "untouched_neighbours"}},
		{"deletePet", bodiless, []string{"ignored_auth", "unsupported_method", "untouched_neighbours", "use_after_free"}},
	} {
		if want := slices.Concat(row.always, row.then); !slices.Equal(checks[row.operation], want) {
			t.Errorf("%s owes %v, want %v", row.operation, checks[row.operation], want)
		}
	}
}

func TestDerivedRequirementsAreComplete(t *testing.T) {
	c := goodContract(t)
	q := c.Derived("updatePet", CheckNegative, false)
	if q == nil {
		t.Fatal("the derived requirement is unknown")
	}
	if q.Level != Should || q.Decides != DecidesVerdict || q.Line != 15 || !strings.Contains(q.Text, "updatePet") {
		t.Errorf("it is %+v", q)
	}
	for status, want := range map[int]bool{400: true, 422: true, 500: false} {
		if strict, accepting := q.Expect.Allows(status, true), q.Expect.Allows(status, false); strict != want ||
			accepting != want {
			t.Errorf("%d is allowed %v and %v, want %v", status, strict, accepting, want)
		}
	}
	if c.Requirements[0].ID != "PET-NAME-01" || c.Requirements[1].Decides != DecidesVerdict {
		t.Error("the catalogue's rows do not come first, or decide nothing")
	}
}

// What is stated and what is inferred of one check are two requirements, and a
// violation belongs to one of them.
func TestAuthoritiesSplitRequirements(t *testing.T) {
	document, _ := swap(t, goodDocument, "    Pet:\n      type: object\n      required: [id, name]\n",
		"    Pet:\n      x-authority: {\"*\": 'seed 001, line 3', required.name: 'inferred: pets have names'}\n"+
			"      type: object\n      required: [id, name]\n")
	document, _ = swap(t, document, "    Pet:\n      description: The pet.\n",
		"    Pet:\n      description: The pet.\n      x-authority: seed 001, line 4\n")
	document, _ = swap(t, document, "name: {type: string, minLength: 1}",
		"name: {type: string, minLength: 1, x-authority: {minLength: 'inferred: no name is empty'}}")
	c, err := Load(folder(document, goodCatalogue), "pets")
	if err != nil {
		t.Fatal(err)
	}
	put, _ := c.Operation("updatePet")
	for _, row := range []struct {
		pointer, keyword string
		want             Level
	}{
		{"/name", "type", Must}, {"/name", "minLength", Should}, {"/name", "required", Should}, {"/id", "required", Must},
		{"/friend/name", "minLength", Should}, {"/friend/born", "format", Must},
	} {
		if got := put.Body.Schema.Who(row.pointer, row.keyword).Level(); got != row.want {
			t.Errorf("%s of %s is a %s", row.keyword, row.pointer, got)
		}
	}
	stated, inferred := c.Derived("updatePet", CheckNegative, true), c.Derived("updatePet", CheckNegative, false)
	if stated.Level != Must || inferred.Level != Should || inferred.ID != stated.ID+"-inferred" {
		t.Errorf("they are %s %s and %s %s", stated.ID, stated.Level, inferred.ID, inferred.Level)
	}
}

// What was chosen is no requirement of any level, and still refuses at the mock.
func TestChosenIsAskedOfNobody(t *testing.T) {
	document, _ := swap(t, goodDocument, "name: {type: string, minLength: 1}",
		"name: {type: string, minLength: 1, x-authority: {minLength: 'chosen: some length'}}")
	c, err := Load(folder(document, goodCatalogue), "pets")
	if err != nil {
		t.Fatal(err)
	}
	put, _ := c.Operation("updatePet")
	if who := put.Body.Schema.Who("/name", "minLength"); !who.Chosen() || who.Level() != "" {
		t.Errorf("%q is a %q", who, who.Level())
	}
	if len(put.CheckBody([]byte(`{"id":1,"name":""}`))) == 0 {
		t.Error("an empty name breaks nothing")
	}
}

func TestAuthorityComplaints(t *testing.T) {
	for _, row := range []struct{ name, mark, text string }{
		{"a word", "x-authority: me", `"me" is no authority`},
		{"of everything", "x-authority: seed 001, line 1", "tells nobody who demands what"},
	} {
		t.Run(row.name, func(t *testing.T) {
			document, line := swap(t, goodDocument, "security:\n  - key: []\n", row.mark+"\nsecurity:\n  - key: []\n")
			expectComplaint(t, document, goodCatalogue, "pets/openapi.yaml", line, row.text)
		})
	}
}
