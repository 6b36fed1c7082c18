package main_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/specs/brought"
)

// issues is a document that says little, and some of it wrong.
const issues = `
openapi: 3.0.3
info: {title: Issues, version: "1"}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Issue:
      type: object
      required: [id, number, title]
      properties: {id: {type: integer}, number: {type: integer}, title: {type: string}}
    Error: {type: object, required: [message], properties: {message: {type: string}}}
security: [{key: []}]
paths:
  /issues:
    get:
      operationId: listIssues
      responses:
        '200':
          description: all
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Issue'}}}}
  /issues/{issueId}:
    get:
      operationId: getIssue
      parameters: [{name: issueId, in: path, required: true, schema: {type: integer}}]
      responses:
        '200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/Issue'}}}}
        '404': {description: none, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
`

// TestATargetIsLearnt holds what reads of a target confirm, what they correct, and that nothing but reads is sent.
func TestATargetIsLearnt(t *testing.T) {
	const plain = `{"id":4711,"number":7,"title":"Leak"}`
	for _, row := range []struct {
		name      string
		list, one string // bodies
		key       string // by which it is found
		missing   int
		refusal   string
		lines     []string
	}{
		{"as the document says", "[" + plain + "]", plain, "4711", 401, `{"message":"no"}`, nil},
		{"with other habits", `{"data":{"items":[` + plain + `]}}`, `{"issue":` + plain + `}`, "7", 403, `{"detail":"no"}`,
			[]string{`listIssues: {list: issue, items: "data.items"}`, `getIssue: {get: issue, in: "issue"}`,
				"issue: {id: {member: number, make: integer}}", "error: {message: detail}", "refuse: {missing: 403}"}},
		{"without any record", "[]", plain, "4711", 401, `{"message":"no"}`, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				status, body := http.StatusNotFound, row.refusal
				switch {
				case q.Method != http.MethodGet && q.Method != http.MethodHead:
					t.Errorf("%s %s was sent", q.Method, q.URL.Path)
				case q.Header.Get("X-Key") == "":
					status = row.missing
				case q.URL.Path == "/issues":
					status, body = http.StatusOK, row.list
				case q.URL.Path == "/issues/"+row.key:
					status, body = http.StatusOK, row.one
				}
				w.WriteHeader(status)
				_, _ = w.Write([]byte(body))
			}))
			t.Cleanup(server.Close)
			var lines []string
			all := learnt(t, server.URL, nil)
			for _, one := range learnt(t, server.URL, all) {
				if one.Line != "" {
					t.Errorf("%+v: after it was pasted there is nothing to correct", one)
				}
			}
			for _, one := range all {
				if (one.Line != "") != (one.Verdict == "corrected") {
					t.Errorf("%+v: what is corrected has a line, and nothing else", one)
				}
				if one.Line != "" {
					lines = append(lines, one.Line)
				}
			}
			slices.Sort(lines)
			slices.Sort(row.lines)
			if !slices.Equal(lines, row.lines) {
				t.Errorf("it learnt\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(row.lines, "\n"))
			}
		})
	}
}

// learnt looks at a target by the document, with the lines of the lessons in its behavior.yaml.
func learnt(t *testing.T, url string, lessons []conformance.Lesson) []conformance.Lesson {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	folder := filepath.Join(t.TempDir(), "issues")
	var behavior strings.Builder
	behavior.WriteString("rollcall: 1\ninfer: 1\n")
	for _, section := range []string{"auth", "answers", "resources", "operations"} {
		mine := slices.DeleteFunc(slices.Clone(lessons), func(one conformance.Lesson) bool { return one.Section != section })
		if len(mine) > 0 {
			behavior.WriteString(section + ":\n")
		}
		for _, one := range mine {
			behavior.WriteString("  " + one.Line + "\n")
		}
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"openapi.yaml": issues, "behavior.yaml": behavior.String()} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := brought.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	api, err := conformance.API(c)
	if err != nil {
		t.Fatal(err)
	}
	to := suite.Target{URL: url, Personas: map[string]suite.Persona{
		suite.DefaultPersona: {Headers: map[string]string{"X-Key": "k-1"}}}}
	all, err := conformance.Learn(t.Context(), suite.Config{Contract: c, API: api, Target: to, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
