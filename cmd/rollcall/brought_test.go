package main_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
)

// own serves a contract that is brought, and gives a function that calls it.
func own(t *testing.T, path string) func(method, path, body string) (int, gjson.Result) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	c, err := brought.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	server, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: fixtures.Small})
	if err != nil {
		t.Fatal(err)
	}
	who, ok := server.Persona(c.Name, "default")
	if !ok {
		t.Fatal("nobody may call it")
	}
	return func(method, path, body string) (int, gjson.Result) {
		q := httptest.NewRequest(method, path, strings.NewReader(body))
		for name, value := range who.Headers {
			q.Header.Set(name, value)
		}
		if body != "" {
			q.Header.Set("Content-Type", "application/json")
		}
		w := httptest.NewRecorder()
		server.ServeHTTP(w, q)
		text, _ := io.ReadAll(w.Result().Body)
		return w.Result().StatusCode, gjson.ParseBytes(text)
	}
}

// TestTheBookshopIsServed walks through the sample: each verb, each rule.
func TestTheBookshopIsServed(t *testing.T) {
	call := own(t, "../../specs/samples/bookshop")
	_, authors := call("GET", "/authors?limit=2", "")
	if n := authors.Get("data.#").Int(); n != 2 || authors.Get("meta.total").Int() != 12 {
		t.Fatalf("a page of two authors is %s", authors.Raw)
	}
	author := authors.Get("data.0.id").String()
	book := func(isbn string) string {
		return `{"title":"Tide","isbn":"` + isbn + `","authorId":"` + author + `"}`
	}
	_, made := call("POST", "/books", book("9780000000001"))
	at := "/books/" + made.Get("id").String()
	if made.Get("status").String() != "draft" || made.Get("price").Type != gjson.Null ||
		made.Get("createdAt").String() == "" {
		t.Errorf("a new book is %s", made.Raw)
	}
	_, reader := call("POST", "/readers", `{"name":"Bo","email":"bo@example.org"}`)
	for _, row := range []struct {
		name, method, path, body string
		status                   int
		want                     string // gjson path and value of the answer
	}{
		{"what was made is there", "GET", at, "", 200, "isbn=9780000000001"},
		{"below the server's path, too", "GET", "/v1" + at, "", 200, "isbn=9780000000001"},
		{"it is listed", "GET", "/books?q=tid", "", 200, "data.0.title=Tide"},
		{"an id that there is not", "GET", "/books/none", "", 404, "error=there is no book none"},
		{"a value that is taken", "POST", "/books", book("9780000000001"), 409, ""},
		{"letter case", "POST", "/readers", `{"name":"Cy","email":"BO@example.org"}`, 409, ""},
		{"a reference to nobody", "POST", "/books", strings.Replace(book("9780000000002"), author, "x", 1), 422, ""},
		{"what breaks the document", "POST", "/books", `{"title":"Tide"}`, 400, ""},
		{"what is named is kept", "DELETE", "/authors/" + author, "", 409, ""},
		{"a condition", "POST", at + "/publish", "", 422, ""},
		{"an update", "PATCH", at, `{"price":3}`, 200, "title=Tide"},
		{"what can't be changed", "PATCH", at, `{"isbn":"9780000000009"}`, 422, ""},
		{"an action", "POST", at + "/publish", "", 200, "status=published"},
		{"a step that is not allowed", "PATCH", at, `{"status":"draft"}`, 409, ""},
		{"what may not be deleted", "DELETE", at, "", 409, ""},
		{"a child", "POST", at + "/copies", `{"condition":"new","main":true}`, 201, "number=1"},
		{"a sequence, and a flag that moves", "POST", at + "/copies", `{"condition":"good","main":true}`, 201, "number=2"},
		{"the flag has moved", "GET", at + "/copies", "", 200, "0.main=false"},
		{"a child of nobody", "POST", "/books/none/copies", `{"condition":"new"}`, 404, ""},
		{"a replacement", "PUT", "/readers/" + reader.Get("id").String(),
			`{"name":"Bo B","email":"b@example.org"}`, 200, "name=Bo B"},
		{"a deletion", "DELETE", "/readers/" + reader.Get("id").String(), "", 204, ""},
		{"it is gone", "GET", "/readers/" + reader.Get("id").String(), "", 404, ""},
		{"no state", "GET", "/status", "", 200, "open=true"},
		{"no path", "GET", "/nothing", "", 404, ""},
	} {
		status, body := call(row.method, row.path, row.body)
		path, value, _ := strings.Cut(row.want, "=")
		if status != row.status || row.want != "" && body.Get(path).String() != value {
			t.Errorf(
				"%s: %s %s answers %d %s, want %d with %s",
				row.name,
				row.method,
				row.path,
				status,
				body.Raw,
				row.status,
				row.want,
			)
		}
	}
	if status, _ := call(http.MethodPut, at, "{}"); status != 405 {
		t.Errorf("a method that there is not answers %d", status)
	}
}

// TestDocumentsOfAllKindsAreServed holds that what every sample of inference lists can be read,
// record by record.
func TestDocumentsOfAllKindsAreServed(t *testing.T) {
	for _, name := range []string{"bookshop", "forge", "payments", "files", "boards", "calls", "cluster", "ledger"} {
		t.Run(name, func(t *testing.T) {
			file := "../../specs/infer/testdata/" + name + ".yaml"
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			c, err := brought.Load(file)
			if err != nil {
				t.Fatal(err)
			}
			call := own(t, file)
			read := 0
			for _, a := range c.Behavior.Operations {
				op, _ := c.Operation(a.Operation)
				needs := slices.ContainsFunc(op.Parameters, func(p *contract.Parameter) bool { return p.Required })
				if a.Verb != contract.VerbList || strings.Contains(op.Path, "{") || needs {
					continue
				}
				status, body := call("GET", op.Path, "")
				if op.Method != "GET" {
					continue
				}
				if status != 200 {
					t.Errorf("GET %s answers %d %s", op.Path, status, body.Raw)
					continue
				}
				read++
				for _, v := range op.Success().Schema.CheckValue([]byte(body.Raw)) {
					t.Errorf("GET %s: %s %s in %.300s", op.Path, v.Pointer, v.Message, body.Raw)
				}
			}
			if read == 0 {
				t.Log("it has no list at its root")
			}
		})
	}
}
