package contract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// thingsOf reads a document with one operation that takes and gives a value of that schema.
func thingsOf(t *testing.T, schema string) *Contract {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	file := filepath.Join(t.TempDir(), "things.yaml")
	doc := fmt.Sprintf(`openapi: 3.0.3
info: {title: Things, version: "1"}
paths:
  /things:
    post:
      operationId: createThing
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses:
        "201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
components:
  schemas:
    Thing: {type: object, required: [a], properties: {a: %s}}
`, schema)
	if err := os.WriteFile(file, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLargeValuesAreNoted holds that whoever asks for more than is made is told so.
func TestLargeValuesAreNoted(t *testing.T) {
	const fewer = "a list of at least 90 items, of over 65536 bytes, is made with fewer"
	record := `{type: object, required: [b], properties: {b: {type: string, minLength: 900}}}`
	for schema, want := range map[string]string{
		`{type: array, minItems: 100, items: {type: string}}`: "",
		`{type: string, minLength: 10000}`:                    "",
		`{type: array, minItems: 101, items: {type: string}}`: "a list of at least 101 items is made with 100 at most",
		`{type: string, minLength: 10001}`:                    "a text of at least 10001 characters is made with 10000",

		`{type: array, minItems: 90, items: {type: array, minItems: 90, items: {type: string, minLength: 90}}}`: fewer,
		`{type: array, minItems: 90, items: ` + record + `}`:                                                    fewer,
		`{type: array, minItems: 90, items: {type: object, properties: {b: {type: string, minLength: 900}}}}`:   "",
		`{type: array, minItems: 2, items: {$ref: "#/components/schemas/Thing"}}`:                               "",
	} {
		var told []string
		for _, n := range thingsOf(t, schema).Notes {
			told = append(told, n.Text)
		}
		if got := strings.Join(told, "; "); got != want {
			t.Errorf("%s: %q is noted, want %q", schema, got, want)
		}
	}
}

// TestWhatIsServedCanBeJudged holds that no keyword which is let in makes a schema that nothing
// can be held against: who sends a request can't mend the document.
func TestWhatIsServedCanBeJudged(t *testing.T) {
	var values []string
	for _, value := range []string{"-1", "0", "1", "1e400", "-1e400", "1e-300", "1e-400", "1.5", "99999999999999999999", "1e3",
		".inf", ".nan", `"7"`, "null", "true", "[]", "{}", "0x10", "1_000"} {
		for _, keyword := range []string{"minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "multipleOf",
			"exclusiveMinimum", "exclusiveMaximum", "minProperties", "maxProperties", "uniqueItems", "pattern", "format", "enum",
			"required", "nullable", "type", "items", "properties", "additionalProperties", "allOf", "anyOf", "oneOf", "not"} {
			values = append(values, keyword+": "+value)
		}
	}
	for _, one := range values {
		body := thingsOf(t, "{"+one+"}").Operations[0].Body.Schema
		for _, way := range []direction{asRequest, asResponse} {
			if err := body.validator(way).err; err != nil {
				t.Errorf("%s is let in, and then nothing can be judged: %v", one, err)
			}
		}
	}
}
