package reports

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestFormatsKeepTheirSchemas judges what is written by the schemas of those who made the
// formats: SARIF 2.1.0 of OASIS, and CTRF 0.0. Both are in testdata/schema as published.
func TestFormatsKeepTheirSchemas(t *testing.T) {
	partial := sampleRun()
	partial.Options = &Options{Only: []string{"WARD"}, Defects: []string{"COU-WARD-06/omit"}}
	for format, write := range map[string]func(io.Writer, *Run) error{"sarif": WriteSARIF, "ctrf": WriteCTRF} {
		schema := schemaOf(t, format)
		for name, run := range map[string]*Run{
			"sample": sampleRun(), "partial": partial, "empty": {}, "hostile": everywhere(steering),
			"long": everywhere(strings.Repeat("a b\n", 20_000)),
			"blank": {Results: []Result{{Requirement: "A-B-1", Verdict: Fail},
				{Requirement: "A-B-2", Verdict: Undetermined, Level: "MUST"}}},
		} {
			t.Run(format+" "+name, func(t *testing.T) {
				var out bytes.Buffer
				if err := write(&out, run); err != nil {
					t.Fatal(err)
				}
				doc, err := jsonschema.UnmarshalJSON(&out)
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(doc); err != nil {
					t.Error(err)
				}
			})
		}
		if err := schema.Validate(map[string]any{"version": json.Number("7")}); err == nil {
			t.Errorf("the schema of %s takes anything", format)
		}
	}
}

func schemaOf(t *testing.T, format string) *jsonschema.Schema {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "schema", format+".json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
