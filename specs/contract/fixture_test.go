package contract

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A small contract in which nothing is wrong; the tests change one line of it.
const goodDocument = `openapi: 3.0.3
info: {title: Pets, version: 1.2.0}
security:
  - key: []
paths:
  /pets/{petId}:
    parameters:
      - $ref: "#/components/parameters/PetId"
    get:
      operationId: getPet
      security: []
      responses:
        "200":
          $ref: "#/components/responses/Pet"
    put:
      operationId: updatePet
      summary: Change a pet
      parameters:
        - {name: dryRun, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Pet"}
            example: {name: Rex, born: 2020-02-29}
      responses:
        "404": {description: None.}
        "200":
          $ref: "#/components/responses/Pet"
    delete:
      operationId: deletePet
      responses:
        "204": {description: Gone.}
components:
  parameters:
    PetId: {name: petId, in: path, required: true, schema: {type: string}}
  responses:
    Pet:
      description: The pet.
      headers:
        ETag: {schema: {type: string}}
      content:
        application/json:
          schema: {$ref: "#/components/schemas/Pet"}
          example: {id: 7, name: Rex, born: 2020-02-29, friend: {id: 8, name: Bo}}
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, format: int64, readOnly: true}
        name: {type: string, minLength: 1}
        born: {type: string, format: date}
        friend:
          $ref: "#/components/schemas/Pet"
`

const goodCatalogue = `- id: PET-NAME-01
  level: MUST
  operations: [updatePet]
  text: A name that is taken is refused.
  source: seed 001, line 3
  expect: {status: 409, accept: [400, 409]}
  needs: [second-tenant]
  decides: report
- id: PET-NAME-02
  level: SHOULD
  operations: [updatePet, getPet]
  text: Names keep their case.
  source: 'inferred: a habit'
`

func folder(document, catalogue string) fstest.MapFS {
	return fstest.MapFS{
		"pets/openapi.yaml":      {Data: []byte(document)},
		"pets/requirements.yaml": {Data: []byte(catalogue)},
	}
}

func goodContract(t *testing.T) *Contract {
	t.Helper()
	c, err := Load(folder(goodDocument, goodCatalogue), "pets")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// swap replaces the one occurrence of old and returns the line it was on.
func swap(t *testing.T, text, old, with string) (string, int) {
	t.Helper()
	before, after, found := strings.Cut(text, old)
	if !found || strings.Contains(after, old) {
		t.Fatalf("the fixture must have %q exactly once", old)
	}
	return before + with + after, 1 + strings.Count(before, "\n")
}

// schemaFrom loads a contract whose one request and one answer have that schema,
// written as a YAML flow mapping or as indented lines.
func schemaFrom(t *testing.T, schema string, components ...string) *Schema {
	t.Helper()
	return operationFrom(t, schema, components...).Body.Schema
}

func operationFrom(t *testing.T, schema string, components ...string) *Operation {
	t.Helper()
	document := `openapi: 3.0.3
info: {title: One, version: "1"}
paths:
  /one:
    post:
      operationId: one
      requestBody:
        required: true
        content:
          application/json:
            schema: ` + schema + `
      responses:
        "204": {description: Done.}
components:
  schemas:
    Unused: {type: string}
`
	for _, c := range components {
		document += "    " + c + "\n"
	}
	catalogue := "- {id: ONE-ANY-01, level: MUST, operations: [one], text: It works., source: \"seed 001, line 1\"}\n"
	c, err := Load(folder(document, catalogue), "pets")
	if err != nil {
		t.Fatal(err)
	}
	return c.Operations[0]
}

func described(all []Violation) string {
	var words []string
	for _, v := range all {
		words = append(words, v.In+" "+v.Pointer+" "+v.Keyword)
	}
	return strings.Join(words, "; ")
}
