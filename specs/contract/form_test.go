package contract_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/specs/contract"
)

const formDocument = `openapi: 3.0.3
info: {title: Forms, version: '1'}
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [email]
              properties:
                email: {type: string}
                count: {type: integer, minimum: 1}
                paid: {type: boolean}
                code: {type: string}
                tags: {type: array, items: {type: string}}
                address: {type: object, properties: {city: {type: string}, floor: {type: integer}}}
                items: {type: array, items: {type: object, properties: {price: {type: string}, amount: {type: integer}}}}
                metadata: {type: object, additionalProperties: {type: string}}
      responses:
        '200': {description: made}
`

// TestFormsAreRead holds what a form means: each field by its schema, brackets as members.
func TestFormsAreRead(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	file := filepath.Join(t.TempDir(), "forms.yaml")
	if err := os.WriteFile(file, []byte(formDocument), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := contract.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	op := c.Operations[0]
	const fields = "application/x-www-form-urlencoded"
	parts := "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b\r\n--x\r\n" +
		"Content-Disposition: form-data; name=\"code\"; filename=\"c.txt\"\r\n\r\nbytes\r\n--x--\r\n"
	for _, row := range []struct{ name, media, body, want, wrong string }{
		{"fields", fields, "email=a@b&count=3&paid=true&code=007", `{"code":"007","count":3,"email":"a@b","paid":true}`, ""},
		{"members", fields, "email=a&address[city]=Leeds&address[floor]=2",
			`{"address":{"city":"Leeds","floor":2},"email":"a"}`, ""},
		{"a list", fields, "email=a&tags[]=x&tags[]=y", `{"email":"a","tags":["x","y"]}`, ""},
		{"a list of records", fields, "email=a&items[1][price]=q&items[0][price]=p&items[0][amount]=2",
			`{"email":"a","items":[{"amount":2,"price":"p"},{"price":"q"}]}`, ""},
		{"any members", fields, "email=a&metadata[x]=1", `{"email":"a","metadata":{"x":"1"}}`, ""},
		{"parts", "multipart/form-data; boundary=x", parts, `{"code":"c.txt","email":"a@b"}`, ""},
		{"JSON after all", "application/json", `{"email":"a"}`, `{"email":"a"}`, ""},
		{"a wrong number", fields, "email=a&count=three", "", "/count"},
		{"one below its bound", fields, "email=a&count=0", "", "/count"},
		{"a missing field", fields, "count=3", "", "required"},
		{"nothing", fields, "", "", "required"},
	} {
		got, violations := op.ReadForm(row.media, []byte(row.body))
		var told strings.Builder
		for _, v := range violations {
			told.WriteString(v.Pointer + " " + v.Keyword + " ")
		}
		switch {
		case row.wrong == "" && (string(got) != row.want || len(violations) > 0):
			t.Errorf("%s is read as %s with %s, want %s", row.name, got, told.String(), row.want)
		case row.wrong != "" && !strings.Contains(told.String(), row.wrong):
			t.Errorf("%s is judged %q, want %s", row.name, told.String(), row.wrong)
		}
	}
}
