package contract

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestLoadReadsTheWholeFolder(t *testing.T) {
	c := goodContract(t)
	if c.Name != "pets" || c.Title != "Pets" || c.Version != "1.2.0" || c.Prefix != "PET" {
		t.Errorf("head is %q %q %q %q", c.Name, c.Title, c.Version, c.Prefix)
	}
	if !strings.HasPrefix(c.Digest, "sha256:") || string(c.Document) != goodDocument {
		t.Error("digest or document is missing")
	}
	put, ok := c.Operation("updatePet")
	if !ok {
		t.Fatal("updatePet is unknown")
	}
	if put.Method != "PUT" || put.Path != "/pets/{petId}" || put.Summary != "Change a pet" || !put.Secured || put.Line != 15 {
		t.Errorf("updatePet is %+v", put)
	}
	if len(put.Parameters) != 2 || put.Parameters[0].Name != "petId" || put.Parameters[1].In != "query" {
		t.Errorf("parameters are %+v", put.Parameters)
	}
	if put.Responses[0].Status != 200 || put.Responses[1].Status != 404 || put.Responses[1].Schema != nil {
		t.Errorf("responses are %+v", put.Responses)
	}
	get, _ := c.Operation("getPet")
	if get.Secured {
		t.Error("getPet has security: [] but is secured")
	}
	ok200 := get.Success()
	want := `{"id":7,"name":"Rex","born":"2020-02-29","friend":{"id":8,"name":"Bo"}}`
	if string(ok200.Example) != want || !slices.Equal(ok200.Headers, []string{"ETag"}) {
		t.Errorf("example is %s, headers %v", ok200.Example, ok200.Headers)
	}
}

func TestLoadClosesCirclesOfSchemas(t *testing.T) {
	pet := goodContract(t).Operations[0].Success().Schema
	friend, ok := pet.Property("friend")
	if !ok || friend != pet || pet.Name != "Pet" {
		t.Error("the friend of a pet is not the same schema")
	}
}

func TestLoadOrdersOperationsAsWritten(t *testing.T) {
	var ids []string
	for _, op := range goodContract(t).Operations {
		ids = append(ids, op.ID)
	}
	if !slices.Equal(ids, []string{"getPet", "updatePet", "deletePet"}) {
		t.Errorf("operations are %v", ids)
	}
}

func TestDigestCoversBothFiles(t *testing.T) {
	first := goodContract(t).Digest
	document, err := Load(folder(goodDocument+"# more\n", goodCatalogue), "pets")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := Load(folder(goodDocument, goodCatalogue+"# more\n"), "pets")
	if err != nil {
		t.Fatal(err)
	}
	if first == document.Digest || first == catalogue.Digest || document.Digest == catalogue.Digest {
		t.Error("a changed file left the digest as it was")
	}
}

func TestComplaintsAboutTheDocument(t *testing.T) {
	for _, row := range []struct {
		name, old, with, text string
		off                   int // of the complaint's line from the changed one
	}{
		{"version", "openapi: 3.0.3", "openapi: 3.1.0", "OpenAPI 3.1.0 is not read here", 0},
		{"duplicate operationId", "operationId: deletePet", "operationId: getPet", `operationId "getPet" is used twice`, -1},
		{"missing operationId", "operationId: deletePet", "summary: Delete", "DELETE /pets/{petId} has no operationId", -1},
		{"no responses", "      responses:\n        \"204\": {description: Gone.}", "      responses: {}",
			"DELETE /pets/{petId} has no responses", -2},
		{"default response", `"204": {description: Gone.}`, `default: {description: Any.}`, "has no responses", -3},
		{"response without example", "          example: {id: 7, name: Rex, born: 2020-02-29, friend: {id: 8, name: Bo}}\n", "",
			"response 200 has a schema but no example", -6},
		{"wrong example", "example: {id: 7, name: Rex,", "example: {id: seven, name: Rex,",
			"the example breaks its schema at /id: must be an integer, got a string", 0},
		{"wrong request example", "example: {name: Rex, born: 2020-02-29}", "example: {name: Rex, born: 2021-02-29}",
			"the example breaks its schema at /born", 0},
		{"unresolved reference", "friend:\n          $ref: \"#/components/schemas/Pet\"",
			"friend:\n          $ref: \"#/components/schemas/Pets\"", `$ref "#/components/schemas/Pets" leads nowhere`, 1},
		{"reference outside", "friend:\n          $ref: \"#/components/schemas/Pet\"", "friend:\n          $ref: other.yaml",
			"points outside the document", 1},
		{"reference with siblings", "friend:\n          $ref: \"#/components/schemas/Pet\"",
			"friend:\n          $ref: \"#/components/schemas/Pet\"\n          nullable: true", "keywords beside $ref", 1},
		{"media type", "required: true\n        content:\n          application/json:",
			"required: true\n        content:\n          text/xml:", `media type "text/xml" is not JSON`, 2},
		{"undeclared in path", "  /pets/{petId}:", "  /pets/{petId}/{toyId}:", "{toyId} is not declared as a parameter", 3},
		{"declared but not in path", "name: petId", "name: id", `parameter "id" is not in the path`, 0},
		{"optional path parameter", "in: path, required: true", "in: path", `path parameter "petId" is not marked as required`,
			0},
		{"cookie", "name: dryRun, in: query", "name: dryRun, in: cookie", `parameter "dryRun" is in "cookie"`, 0},
		{"unread keyword", "born: {type: string, format: date}", "born: {type: string, not: {enum: [x]}}",
			`schema keyword "not" is not read`, 0},
		{"discriminator", "      required: [id, name]", "      discriminator: {propertyName: name}",
			`schema keyword "discriminator" is not read`, 0},
		{"misspelt keyword", "born: {type: string, format: date}", "born: {type: string, formt: date}",
			`schema keyword "formt" is not read. Did you mean format?`, 0},
		{"nullable enum", "born: {type: string, format: date}", "born: {type: string, nullable: true, enum: [a]}",
			"its enum has no null", 0},
		{"pattern", "born: {type: string, format: date}", "born: {type: string, pattern: '('}", `pattern "(" can't be read`, 0},
		{"type", "born: {type: string, format: date}", "born: {type: text}", `type "text" does not exist`, 0},
		{"several types", "born: {type: string, format: date}", "born: {type: [string, integer]}",
			"schema keyword type must be a text", 0},
		{"limit", "schema: {type: boolean}", "schema: {type: integer, minimum: low}", "schema keyword minimum must be a number",
			0},
		{"limit of 3.1", "schema: {type: boolean}", "schema: {type: integer, exclusiveMinimum: 3}",
			"schema keyword exclusiveMinimum must be true or false", 0},
		{"a multiple of nothing", "schema: {type: boolean}", "schema: {type: number, multipleOf: 0}",
			"schema keyword multipleOf must be a number above 0", 0},
		{"length", "schema: {type: boolean}", "schema: {type: string, minLength: -3}",
			"schema keyword minLength must be a whole number from 0", 0},
		{"enum without a list", "schema: {type: boolean}", "schema: {type: string, enum: abc}",
			"schema keyword enum must be a list", 0},
		{"allOf without a list", "schema: {type: boolean}", "schema: {allOf: {type: string}}",
			"schema keyword allOf must be a list", 0},
		{"empty member", "        born: {type: string, format: date}", "        born:", "the schema is not a mapping", 0},
		{"text for a schema", "schema: {type: boolean}", "schema: text", "the schema is not a mapping", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			document, line := swap(t, goodDocument, row.old, row.with)
			expectComplaint(t, document, goodCatalogue, "pets/openapi.yaml", line+row.off, row.text)
		})
	}
}

func TestComplaintsAboutTheCatalogue(t *testing.T) {
	for _, row := range []struct{ name, old, with, text string }{
		{"unknown key", "  needs: [second-tenant]", "  need: [second-tenant]",
			`a requirement has no key "need". Did you mean needs?`},
		{"unknown key of expect", "accept: [400, 409]", "accepts: [400, 409]", `an expectation has no key "accepts"`},
		{"double key", "  needs: [second-tenant]", "  text: Again.", `key "text" is there twice`},
		{"id twice", "id: PET-NAME-02", "id: PET-NAME-01", "id PET-NAME-01 is used twice, first on line 1"},
		{"shape of id", "id: PET-NAME-02", "id: pet-2", `id "pet-2" has another shape`},
		{"reserved group", "id: PET-NAME-02", "id: PET-DOC-02", "group DOC of PET-DOC-02 is kept"},
		{"other prefix", "id: PET-NAME-02", "id: DOG-NAME-02", "id DOG-NAME-02 has another prefix"},
		{"level", "level: SHOULD", "level: MAY", `PET-NAME-02 has level "MAY"`},
		{"decides", "decides: report", "decides: nothing", `PET-NAME-01 decides "nothing"`},
		{"unknown operation", "operations: [updatePet, getPet]", "operations: [updatePet, getPat]",
			`names operation "getPat", which is unknown. Did you mean getPet?`},
		{"no operations", "operations: [updatePet, getPet]", "operations: []", "PET-NAME-02 names no operation"},
		{"no text", "text: Names keep their case.", "text: ''", "PET-NAME-02 has no text"},
		{"no source", "source: 'inferred: a habit'", "source: ''", `PET-NAME-02 has source "", which is no authority`},
		{"another source", "source: 'inferred: a habit'", "source: page 3",
			`PET-NAME-02 has source "page 3", which is no authority`},
		{"accept without status", "expect: {status: 409, accept: [400, 409]}", "expect: {accept: [400, 409]}",
			"expect has no status"},
		{"accept lacks status", "accept: [400, 409]", "accept: [400]", "accept lacks the strict status 409"},
		{"not a status", "accept: [400, 409]", "accept: [5, 409]", "5 is not a status"},
		{"not a list", "needs: [second-tenant]", "needs: second-tenant", "needs can't be read"},
	} {
		t.Run(row.name, func(t *testing.T) {
			catalogue, line := swap(t, goodCatalogue, row.old, row.with)
			expectComplaint(t, goodDocument, catalogue, "pets/requirements.yaml", line, row.text)
		})
	}
}

// expectComplaint wants the text in a complaint about that line of the file.
func expectComplaint(t *testing.T, document, catalogue, file string, line int, text string) {
	t.Helper()
	_, err := Load(folder(document, catalogue), "pets")
	var all Errors
	if !errors.As(err, &all) {
		t.Fatalf("want complaints, got %v", err)
	}
	for _, c := range all {
		if strings.Contains(c.Error(), text) {
			if c.File != file || c.Line != line {
				t.Errorf("%q is said of %s:%d, want %s:%d", text, c.File, c.Line, file, line)
			}
			return
		}
	}
	t.Errorf("want a complaint with %q, got:\n%v", text, err)
}

func TestSchemaThatIsAPartOfItself(t *testing.T) {
	document := goodDocument + "    Loop:\n      allOf:\n        - $ref: \"#/components/schemas/Loop\"\n"
	expectComplaint(t, document, goodCatalogue, "pets/openapi.yaml", 1+strings.Count(goodDocument, "\n"),
		"schema Loop is a part of itself")
}

func TestSchemaThatIsOnlyAReference(t *testing.T) {
	document, _ := swap(t, goodDocument, "friend:\n          $ref: \"#/components/schemas/Pet\"",
		"friend:\n          $ref: \"#/components/schemas/Alias\"")
	document += "    Alias:\n      $ref: \"#/components/schemas/Pet\"\n"
	expectComplaint(t, document, goodCatalogue, "pets/openapi.yaml", strings.Count(document, "\n"),
		"nothing but another reference")
}

func TestUnreadableFiles(t *testing.T) {
	for _, row := range []struct {
		name string
		fsys fstest.MapFS
		want string
	}{
		{"no folder", fstest.MapFS{}, "pets/openapi.yaml: the file does not exist"},
		{"broken document", folder("a: [", goodCatalogue), "the document can't be read"},
		{"list for a document", folder("- a\n", goodCatalogue), "pets/openapi.yaml"},
		{"empty document", folder("", goodCatalogue), "the document can't be read"},
		{"no paths", folder("openapi: 3.0.3\ninfo: {title: x, version: '1'}\n", goodCatalogue), "the document has no paths"},
		{"broken catalogue", folder(goodDocument, "- ["), "the catalogue can't be read"},
		{"empty catalogue", folder(goodDocument, ""), "the catalogue lists nothing"},
		{"row of text", folder(goodDocument, "- text\n"), "the row is not a mapping"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := Load(row.fsys, "pets")
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("want %q, got %v", row.want, err)
			}
		})
	}
}

func TestErrorsAreSortedAndTeach(t *testing.T) {
	document, _ := swap(t, goodDocument, "operationId: deletePet", "summary: Delete")
	catalogue, _ := swap(t, goodCatalogue, "level: SHOULD", "level: MAY")
	catalogue, _ = swap(t, catalogue, "level: MUST", "level: WILL")
	_, err := Load(folder(document, catalogue), "pets")
	want := `pets/openapi.yaml:30: DELETE /pets/{petId} has no operationId. Give it an operationId.
pets/requirements.yaml:2: PET-NAME-01 has level "WILL". Use MUST or SHOULD.
pets/requirements.yaml:10: PET-NAME-02 has level "MAY". Use MUST or SHOULD.`
	if fmt.Sprint(err) != want {
		t.Errorf("got:\n%v\nwant:\n%s", err, want)
	}
	var one Complaint
	if !errors.As(err, &one) || one.Line != 30 {
		t.Errorf("errors.As finds %+v", one)
	}
}

func TestOpenResponsesAreMarked(t *testing.T) {
	for _, row := range []struct {
		name, mark string
		open       bool
		complaint  string
	}{
		{"not marked", "", false, ""},
		{"open", ", x-open: true", true, ""},
		{"not open", ", x-open: false", false, ""},
		{"another mark", ", x-note: true", false, ""},
		{"neither", ", x-open: maybe", false, `x-open is "maybe", which is neither true nor false`},
	} {
		t.Run(row.name, func(t *testing.T) {
			document, _ := swap(t, goodDocument, `{description: None.}`, `{description: None.`+row.mark+`}`)
			c, err := Load(folder(document, goodCatalogue), "pets")
			if row.complaint != "" {
				if err == nil || !strings.Contains(err.Error(), row.complaint) {
					t.Errorf("the complaint is %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			op, _ := c.Operation("updatePet")
			if none, _ := op.Response(404); none.Open != row.open {
				t.Errorf("open is %t", none.Open)
			}
		})
	}
}

func TestOtherMethodsAreThoseOfTheDocument(t *testing.T) {
	for _, row := range []struct {
		name, mark string
		want       []string
		complaint  string
	}{
		{"none", "", nil, ""},
		{"two", "x-other-methods: [PATCH, POST]", []string{"PATCH", "POST"}, ""},
		{"the operation's own", "x-other-methods: [PUT]", nil, `x-other-methods of updatePet has "PUT"`},
		{"no method", "x-other-methods: [FETCH]", nil, `x-other-methods of updatePet has "FETCH"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			document, _ := swap(t, goodDocument, "operationId: updatePet", "operationId: updatePet\n      "+row.mark)
			c, err := Load(folder(document, goodCatalogue), "pets")
			if row.complaint != "" {
				if err == nil || !strings.Contains(err.Error(), row.complaint) {
					t.Errorf("the complaint is %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if op, _ := c.Operation("updatePet"); !slices.Equal(op.OtherMethods, row.want) {
				t.Errorf("the other methods are %q", op.OtherMethods)
			}
		})
	}
}
