package contract

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// brought is a small document in which nothing has to be forgiven.
const brought = `openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: "https://{host}.example.com/api/v1/", variables: {host: {default: a}}}]
paths:
  /books/{bookId}:
    get:
      operationId: getBook
      parameters:
        - {name: bookId, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        "200":
          description: The book.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Book"}
              example: {id: b1}
    put:
      operationId: putBook
      parameters:
        - {name: bookId, in: path, required: true, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/Book"}}
      responses:
        "204": {description: Done.}
components:
  schemas:
    Book:
      type: object
      properties:
        id: {type: string}
        other: {$ref: "#/components/schemas/Book"}
`

// openText opens a folder called shop with a document and further files, each a name and a
// text, away from the user's cached files.
func openText(t testing.TB, document string, more ...string) (*Contract, error) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "shop")
	t.Setenv("XDG_CACHE_HOME", filepath.Join(folder, "cache"))
	for i := 0; i < len(more); i += 2 {
		writeFile(t, filepath.Join(folder, more[i]), more[i+1])
	}
	writeFile(t, filepath.Join(folder, documentFile), document)
	return Open(folder)
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustOpen(t testing.TB, document string, more ...string) *Contract {
	t.Helper()
	c, err := openText(t, document, more...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// told is what complaints say, without the folder that they are in.
func told(all []Complaint) string {
	var lines []string
	for _, c := range all {
		c.File = filepath.Base(c.File)
		lines = append(lines, c.Error())
	}
	return strings.Join(lines, "\n")
}

func wrongs(err error) []Complaint {
	var all Errors
	errors.As(err, &all)
	return all
}
