package judge

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"rollcall/specs/contract"
)

// clubs is a contract whose catalogue accepts more than its document says.
const clubs = `openapi: 3.0.3
info: {title: Clubs, version: "1"}
paths:
  /clubs:
    post:
      operationId: makeClub
      responses:
        "200":
          description: made
          content: {application/json: {schema: {$ref: "#/components/schemas/Club"}, example: {name: Chess}}}
        "400":
          description: refused
          x-open: true
          content: {application/json: {schema: {$ref: "#/components/schemas/Club"}, example: {name: none}}}
    delete:
      operationId: endClubs
      responses:
        "204": {description: ended}
        "404":
          description: none
          content: {application/json: {schema: {$ref: "#/components/schemas/Club"}, example: {name: none}}}
components:
  schemas:
    Club:
      type: object
      required: [name]
      properties:
        name: {type: string}
        founded: {type: string, format: date}
        size: {type: integer}
        rates: {type: array, items: {type: number}}
`

const clubRows = `- id: CLUB-MAKE-01
  level: MUST
  operations: [makeClub]
  text: A club is made.
  source: "seed 001, line 1"
  expect: {status: 200, accept: [200, 201, 204]}
- id: CLUB-MAKE-02
  level: MUST
  operations: [makeClub]
  text: A second club of a name is refused.
  source: "seed 001, line 1"
  expect: {status: 400, accept: [202, 400, 409, 500]}
- id: CLUB-END-01
  level: MUST
  operations: [endClubs]
  text: All are ended.
  source: "seed 001, line 1"
  expect: {status: 204, accept: [200, 204]}
`

func TestTheAcceptingReadingTakesWhatTheCatalogueAccepts(t *testing.T) {
	c, err := contract.Load(fstest.MapFS{
		"clubs/openapi.yaml": {Data: []byte(clubs)}, "clubs/requirements.yaml": {Data: []byte(clubRows)},
	}, "clubs")
	if err != nil {
		t.Fatal(err)
	}
	j, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	const plain, json, problem = "text/plain", "application/json", "application/problem+json"
	for _, row := range []struct {
		name, method string
		status       int
		media, body  string
		taken        bool // by the accepting reading; the strict one takes of these what is open
	}{
		{"accepted status, documented body", "POST", 201, json, `{"name":"Chess"}`, true},
		{"accepted status, another body", "POST", 201, json, `{"name":1}`, false},
		{"accepted status, no body", "POST", 201, json, ``, false},
		{"accepted status, another media type", "POST", 201, plain, `{"name":"Chess"}`, false},
		{"no content in place of a body", "POST", 204, "", ``, true},
		{"success that a refusal's row accepts", "POST", 202, json, `{"name":"Chess"}`, true},
		{"status that no row accepts", "POST", 203, json, `{"name":"Chess"}`, false},
		{"accepted server error", "POST", 500, json, `{"name":"Chess"}`, false},
		{"body where none is documented for what it stands for", "DELETE", 200, json, `{"ended":3}`, true},
		{"status accepted of another operation", "DELETE", 201, json, `{"name":"Chess"}`, false},
		{"midnight", "POST", 200, json, `{"name":"Chess","founded":"2001-02-28T00:00:00"}`, true},
		{"midnight with fraction and zone", "POST", 200, json, `{"name":"Chess","founded":"2001-02-28T00:00:00.000+01:00"}`,
			true},
		{"integer", "POST", 200, json, `{"name":"Chess","size":20,"rates":[2e1,1.0]}`, true},
		{"integer with a fraction of nought", "POST", 200, json, `{"name":"Chess","size":20.0}`, true},
		{"integer with an exponent", "POST", 200, json, `{"name":"Chess","size":2e1}`, true},
		{"integer with a fraction", "POST", 200, json, `{"name":"Chess","size":2.5}`, false},
		{"noon", "POST", 200, json, `{"name":"Chess","founded":"2001-02-28T12:00:00"}`, false},
		{"midnight of no day", "POST", 200, json, `{"name":"Chess","founded":"2001-02-30T00:00:00"}`, false},
		{"open refusal, another body", "POST", 400, problem, `{"title":"Bad"}`, true},
		{"open refusal, text", "POST", 400, plain, `no`, true},
		{"open refusal, nothing", "POST", 400, "", ``, true},
		{"open refusal, broken JSON", "POST", 400, json, `{"name":`, false},
		{"accepted refusal in place of an open one", "POST", 409, problem, `{}`, true},
		{"closed refusal, another body", "DELETE", 404, json, `{"title":"Bad"}`, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			answer := Answer{
				Operation: map[string]string{"POST": "makeClub", "DELETE": "endClubs"}[row.method],
				Method:    row.method, Status: row.status, Header: http.Header{}, Body: []byte(row.body),
			}
			if row.media != "" {
				answer.Header.Set("Content-Type", row.media)
			}
			open := (strings.HasPrefix(row.name, "open refusal") || strings.HasPrefix(row.name, "integer")) && row.taken
			if strict := j.Look(answer) == nil; strict != open {
				t.Errorf("the strict reading takes it: %t", strict)
			}
			answer.Accepting = true
			if got := j.Look(answer); (got == nil) != row.taken {
				t.Errorf("taken is %t: %s", got == nil, text(got))
			}
		})
	}
}
