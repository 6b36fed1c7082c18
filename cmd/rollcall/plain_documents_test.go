package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/reports"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
)

// plainDocument is one resource, with nothing in it that needs a thought.
const plainDocument = `openapi: 3.0.3
info: {title: Things, version: "1"}
paths:
  /things:
    get:
      operationId: listThings
      responses: {"200": {description: d,
        content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}}}
    post:
      operationId: createThing
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"201": {description: d,
        content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}, "400": {description: b}}
  /things/{thingId}:
    parameters: [{name: thingId, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getThing
      responses: {"200": {description: d,
        content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}, "404": {description: n}}
    delete:
      operationId: deleteThing
      responses: {"204": {description: gone}, "404": {description: n}}
components:
  schemas:
    Thing: {type: object, required: [id, name], properties: {id: {type: string}, name: {type: string}}}
`

// plainly reads the plain document with pieces of it replaced.
func plainly(t *testing.T, pieces ...string) *contract.Contract {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for i := 0; i < len(pieces); i += 2 {
		if !strings.Contains(plainDocument, pieces[i]) {
			t.Fatalf("the document has no %q", pieces[i])
		}
	}
	file := filepath.Join(t.TempDir(), "things.yaml")
	if err := os.WriteFile(file, []byte(strings.NewReplacer(pieces...).Replace(plainDocument)), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := brought.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWhatADocumentLeavesOpenIsKept holds that the mock answers as the suite judges, where the document leaves
// statuses open, has paths of a form of their own, names with any sign in them, or says what can't be.
func TestWhatADocumentLeavesOpenIsKept(t *testing.T) {
	const made, gone = `"201": {description: d`, `"204": {description: gone}`
	const components = "components:\n"
	rootPath := func(path string) string {
		operation := "  " + path + ":\n    get:\n      operationId: follow\n      responses: {\"200\": " +
			"{description: d, content: {application/json: {schema: {type: object, " +
			"properties: {a: {type: string}, size: {type: integer}}}}}}}\n"
		return operation + components
	}
	for name, pieces := range map[string][]string{
		"a class":         {made, `"2XX": {description: d`, gone, `"2XX": {description: gone}`},
		"a default":       {made, `default: {description: d`, gone, `default: {description: gone}`},
		"no status":       {gone, `"600": {description: gone}`},
		"before the end":  {gone, `"101": {description: gone}`},
		"nowhere":         {gone, `"204": {$ref: "#/components/responses/No"}`},
		"no success":      {gone + ", ", ""},
		"nothing":         {`{"204": {description: gone}, "404": {description: n}}`, "{}"},
		"null":            {`{"204": {description: gone}, "404": {description: n}}`, "null"},
		"the root":        {components, rootPath("/{a}")},
		"two in one":      {components, rootPath("/{a}{b}")},
		"a dot":           {components, rootPath("/{a}.{b}")},
		"three dots":      {components, rootPath("/{...}")},
		"blanks":          {components, rootPath("/{ a }")},
		"a slash":         {"listThings", "things/list"},
		"signs":           {"listThings", `"a&b|c!d,e(f)"`},
		"a wrong default": {"name: {type: string}", "name: {type: string}, size: {type: integer, default: much}"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, result := range declared(t, plainly(t, pieces...)).Results {
				if result.Verdict != reports.Pass {
					t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
				}
			}
		})
	}
}

// TestWhateverADocumentAnswersIsKept holds that the mock answers as the suite judges whatever the document has for an
// answer: nothing, another record, a list, a text, or that its caller is sent elsewhere.
func TestWhateverADocumentAnswersIsKept(t *testing.T) {
	const record, list = `{$ref: "#/components/schemas/Thing"}`, `{type: array, items: {$ref: "#/components/schemas/Thing"}}`
	of := func(s string) string {
		return "{description: d,\n        content: {application/json: {schema: " + s + "}}}"
	}
	listed, shown, made := `"200": `+of(list), `"200": `+of(record)+`, "404"`, `"201": `+of(record)
	const gone = `"204": {description: gone}`
	for operation, was := range map[string]string{"list": listed, "get": shown, "create": made, "delete": gone} {
		for answer, is := range map[string]string{
			"nothing": `"200": {description: x}`, "nothing at all": `"200": {description: x, content: {}}`,
			"one record": `"200": ` + of(record), "one by default": "default: " + of(record),
			"a class": `"2XX": ` + of(record),
			"a list":  `"200": ` + of(list), "a list by default": "default: " + of(list),
			"a text":   `"200": ` + of("{type: string}"),
			"anything": `"200": ` + of("{}"), "an object": `"200": ` + of("{type: object}"),
			"a word": `"200": ` + of("{type: object, required: [ok], properties: {ok: {type: boolean}}}"),
			"texts":  `"200": ` + of("{type: array, items: {type: string}}"),
			"plain":  `"200": {description: x, content: {text/plain: {schema: {type: string}}}}`,
			"moved":  `"302": {description: x}`, "seen elsewhere": `"303": ` + of(record),
			"a class elsewhere": `3XX: {description: x}`,
		} {
			t.Run(operation+" answers "+answer, func(t *testing.T) {
				if operation == "get" {
					is += `, "404"`
				}
				c := plainly(t, was, is)
				for _, result := range declared(t, c).Results {
					if result.Verdict != reports.Pass {
						t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
					}
				}
			})
		}
	}
}

// TestAGivenIDIsTheRecordsOwn holds that a record is called as the body that makes it says, of whatever type that is, and
// that a path which can name none is refused with a status that is documented.
func TestAGivenIDIsTheRecordsOwn(t *testing.T) {
	for name, is := range map[string]string{"a text": "{type: string}", "a number": "{type: integer}",
		"a UUID": "{type: string, format: uuid}"} {
		t.Run(name, func(t *testing.T) {
			c := plainly(t, "[id, name]", "[thingId, name]", "id: {type: string}", "thingId: "+is,
				"required: true, schema: {type: string}", "required: true, schema: "+is)
			if id := c.Behavior.Resources[0].ID; id.Member != "thingId" || id.Make != contract.MakeGiven {
				t.Errorf("the id is %+v", id)
			}
			for _, result := range declared(t, c).Results {
				if result.Verdict != reports.Pass {
					t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
				}
			}
		})
	}
}

// TestWhatNothingMakesIsReadAsItIsListed holds that a document without a way to make records convicts nobody who has
// some: the list says what they are called.
func TestWhatNothingMakesIsReadAsItIsListed(t *testing.T) {
	_, rest, _ := strings.Cut(plainDocument, "    post:\n")
	post, _, _ := strings.Cut(rest, "  /things/{thingId}:\n")
	_, rest, _ = strings.Cut(plainDocument, "    delete:\n")
	remove, _, _ := strings.Cut(rest, "components:\n")
	c := plainly(t, "    post:\n"+post, "", "    delete:\n"+remove, "")
	for _, result := range declared(t, c).Results {
		q, _ := c.Requirement(result.Requirement)
		if result.Verdict == reports.Fail || q.Check != "" && result.Verdict != reports.Pass {
			t.Errorf("%s is %s: %s", result.Requirement, result.Verdict, result.Reason)
		}
	}
}

// TestASecondOfOneIDIsNoticed holds that what is refused for its id is looked for behind the one that has it, and
// that nothing is demanded of members that the server makes where there is none.
func TestASecondOfOneIDIsNoticed(t *testing.T) {
	c := plainly(t)
	if q := c.RowOf("createThing", contract.RowServer); q != nil {
		t.Errorf("%s is demanded, of no member", q.ID)
	}
	q := c.RowOf("createThing", contract.RowKey)
	for _, result := range declared(t, c, q.ID+"/dirty").Results {
		if result.Requirement == q.ID && result.Verdict != reports.Fail && result.Verdict != reports.Missed {
			t.Errorf("%s is %s with a second of one id", q.ID, result.Verdict)
		}
	}
}

// TestAMethodThatAnOddPathLacksIsRefused holds that a path of text and parameters tells which methods it has, and that
// the case notices where it doesn't.
func TestAMethodThatAnOddPathLacksIsRefused(t *testing.T) {
	c := plainly(t, "components:\n", "  /{a}.{b}:\n    get:\n      operationId: follow\n      responses: {\"200\": "+
		"{description: d, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}\n"+
		"components:\n")
	q := c.Derived("follow", contract.CheckMethod, false)
	for _, result := range declared(t, c, q.ID+"/serve").Results {
		if result.Requirement == q.ID && result.Verdict != reports.Fail && result.Verdict != reports.Missed {
			t.Errorf("%s is %s where another method is answered", q.ID, result.Verdict)
		}
	}
}
