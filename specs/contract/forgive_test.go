package contract

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
)

// forgiven is one thing that is forgiven: a change of the fixture and the exact note of it.
type forgiven struct{ name, old, with, note string }

func everythingForgiven() []forgiven {
	return slices.Concat(forgivenOfSchemas(), forgivenOfSchemasToo(), forgivenOfOperations(), forgivenOfOperationsToo(),
		forgivenOfPlaces(), forgivenOfPlacesToo())
}

func TestEachForgivenThingIsNoted(t *testing.T) {
	for _, row := range everythingForgiven() {
		t.Run(row.name, func(t *testing.T) {
			document, _ := swap(t, brought, row.old, row.with)
			c := mustOpen(t, document)
			if got := told(c.Notes); got != row.note {
				t.Errorf("the notes are\n%s\nwant\n%s", got, row.note)
			}
			if !json.Valid(c.Document) || !bytes.Contains(c.Document, []byte(`"openapi":"3.0.3"`)) {
				t.Errorf("the document is %s", c.Document)
			}
			if len(c.Operations) < 2 {
				t.Errorf("%d operations are left", len(c.Operations))
			}
		})
	}
}

func TestADocumentWithoutFaultsHasNoNotes(t *testing.T) {
	if c := mustOpen(t, brought); len(c.Notes) > 0 {
		t.Errorf("noted is\n%s", told(c.Notes))
	}
}

// TestWhatIsLaterMeansTheSame holds the words of OpenAPI 3.1 to those of 3.0.
func TestWhatIsLaterMeansTheSame(t *testing.T) {
	for _, row := range []struct{ name, later, earlier string }{
		{"types with null", `{type: [string, "null"]}`, `{type: string, nullable: true}`},
		{"several types", `{type: [string, integer]}`, `{anyOf: [{type: string}, {type: integer}]}`},
		{"const", `{type: string, const: b1}`, `{type: string, enum: [b1]}`},
		{"a limit that is left out", `{type: integer, exclusiveMinimum: 3}`,
			`{type: integer, minimum: 3, exclusiveMinimum: true}`},
		{"the closer limit", `{type: integer, maximum: 3, exclusiveMaximum: 9}`, `{type: integer, maximum: 3}`},
		{"examples", `{type: string, examples: [b1, b2]}`, `{type: string, example: b1}`},
		{"an encoding", `{type: string, contentEncoding: base64}`, `{type: string, format: byte}`},
		{"an alternative that is null", `{oneOf: [{type: string}, {type: "null"}]}`, `{oneOf: [{type: string}], nullable: true}`},
		{"beside a reference", `{$ref: "#/components/schemas/Book", nullable: true}`,
			`{nullable: true, allOf: [{$ref: "#/components/schemas/Book"}]}`},
		{"definitions of its own", `{$ref: "#/components/schemas/Book/$defs/Own"}`, `{$ref: "#/components/schemas/Own"}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			read := func(version, schema string) *Contract {
				document, _ := swap(t, brought, "other: {$ref: \"#/components/schemas/Book\"}", "other: "+schema)
				document, _ = swap(t, document, "openapi: 3.0.3", "openapi: "+version)
				if version == "3.1.0" {
					document, _ = swap(t, document, "    Book:\n", "    Book:\n      $defs: {Own: {type: string}}\n")
				} else {
					document += "    Own: {type: string}\n"
				}
				return mustOpen(t, document)
			}
			later, earlier := read("3.1.0", row.later), read("3.0.3", row.earlier)
			if len(later.Notes)+len(earlier.Notes) > 0 {
				t.Errorf("noted is\n%s\n%s", told(later.Notes), told(earlier.Notes))
			}
			if a, b := otherMember(t, later), otherMember(t, earlier); a != b {
				t.Errorf("it is read as\n%s\nwant\n%s", a, b)
			}
		})
	}
}

// otherMember is the second member of a book, without lines.
func otherMember(t *testing.T, c *Contract) string {
	t.Helper()
	other, ok := c.Operations[0].Success().Schema.Property("other")
	if !ok {
		t.Fatal("the member is gone")
	}
	b := &builder{way: asResponse, defs: map[string]any{}, names: map[place]string{}, lines: map[string]int{}}
	text, err := json.Marshal([]any{b.schema(other, other, ""), b.defs, other.Name, other.Format})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
