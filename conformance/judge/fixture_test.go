package judge

import (
	"net/http"
	"strings"
	"testing"

	"rollcall/specs/contract"
)

// document is a contract with one operation for each kind of answer.
const document = `openapi: 3.0.3
info: {title: Lending, version: "1"}
paths:
  /members/{id}:
    get:
      operationId: getMember
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Member"}}}}
        "301": {description: moved, content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}}
        "404": {description: none, content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}}
        "503": {description: busy, content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}}
    delete:
      operationId: deleteMember
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "204": {description: gone}
        "4XX": {description: refused, content: {application/problem+json: {schema: {$ref: "#/components/schemas/Error"}}}}
components:
  schemas:
    Error:
      type: object
      required: [message]
      properties: {message: {type: string}}
    Person:
      type: object
      required: [name]
      properties: {name: {type: string, minLength: 1}}
    Member:
      allOf:
        - $ref: "#/components/schemas/Person"
        - type: object
          additionalProperties: true
          properties:
            big: {type: integer, format: int64}
            small: {type: integer, format: int32}
            age: {type: integer, minimum: 0}
            kind: {type: string, nullable: true, enum: [adult, child]}
            kindOrNull: {type: string, nullable: true, enum: [adult, child, null]}
            born: {type: string, format: date}
            seen: {type: string, format: date-time}
            key: {type: string, format: uuid}
            mail: {type: string, format: email}
            site: {type: string, format: uri}
            code: {type: string, pattern: '^(?=.*[a-z])(?=.*\d).+$'}
            anything: {}
            choice: {enum: [a, null]}
            ward: {nullable: true, allOf: [{$ref: "#/components/schemas/Error"}]}
            password: {type: string, writeOnly: true}
            token: {type: string, maxLength: 3}
            a/b~c: {type: array, maxItems: 2, items: {type: boolean}}
            either: {anyOf: [{type: string}, {$ref: "#/components/schemas/Person"}]}
            one: {oneOf: [{type: string}, {type: string, maxLength: 2}]}
            closed: {type: object, additionalProperties: false, properties: {x: {type: string}}}
`

func newJudge(t testing.TB) *Judge {
	t.Helper()
	j, err := New(&contract.Contract{Name: "lending", Document: []byte(document)})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// found is a good answer to getMember with this body.
func found(body string) Answer {
	return Answer{
		Operation: "getMember", Method: "GET", Status: 200,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(body),
	}
}

// member is a good body with one more member.
func member(extra string) string { return `{"name":"Ada",` + extra + `}` }

// text renders findings a line each, for comparison.
func text(findings []Finding) string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.Check+" "+f.Pointer+" "+f.Message)
	}
	return strings.Join(lines, "\n")
}
