package mockserver_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// arena is a mock of every contract that a fuzzer asks without a network.
type arena struct {
	*mockserver.Server
	operations []*contract.Operation
	owner      map[*contract.Operation]string // the contract of each
}

func newArena(f *testing.F) arena {
	f.Helper()
	s, _ := mock(f, mockserver.Config{}, contract.Names(specs.FS)...)
	a := arena{Server: s, owner: map[*contract.Operation]string{}}
	for _, name := range contract.Names(specs.FS) {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			f.Fatal(err)
		}
		for _, op := range c.Operations {
			a.operations = append(a.operations, op)
			a.owner[op] = name
		}
	}
	return a
}

// some picks the operations that the rows of a fuzz target are about.
func (a arena) some(is func(*contract.Operation) bool) (found []*contract.Operation) {
	for _, op := range a.operations {
		if is(op) {
			found = append(found, op)
		}
	}
	return found
}

// ask sends a request to an operation as somebody who may call, and holds the answer to
// what every answer must be: none of the server's own faults, and, where the document has
// a body for its status, that body with its integers spelt as such. The state is then as
// it was.
func (a arena) ask(t *testing.T, op *contract.Operation, ids, query, body string) {
	if ids == "" {
		return // an empty segment is no id: the path is nobody's
	}
	path := "/" + a.owner[op] + op.Path
	for _, p := range op.Parameters {
		if p.In == "path" {
			path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(ids))
		}
	}
	q, err := http.NewRequest(op.Method, path, strings.NewReader(body))
	if err != nil {
		return
	}
	q.URL.RawQuery, q.RequestURI = query, q.URL.EscapedPath()+"?"+query
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	persona, _ := a.Persona(a.owner[op], "default")
	for k, v := range persona.Headers {
		q.Header.Set(k, v)
	}
	w := a.serve(t, q)
	if documented, ok := op.Response(w.Code); ok && documented.Schema != nil && q.Method != http.MethodHead {
		if wrong := documented.Schema.CheckValue(w.Body.Bytes()); len(wrong) > 0 {
			t.Errorf("%s %s?%s %q: %d breaks the document: %v\n%s", q.Method, path, query, body, w.Code, wrong, w.Body)
		}
		if odd := documented.Schema.Spellings(w.Body.Bytes()); len(odd) > 0 {
			t.Errorf("%s %s %q: integers are answered as %v", q.Method, path, body, odd)
		}
	}
	if op.Method != http.MethodGet {
		a.admin(t, "POST", "/__admin/reset", "")
	}
}

func (a arena) serve(t *testing.T, q *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	a.ServeHTTP(w, q)
	if w.Code >= http.StatusInternalServerError {
		t.Fatalf("%s %s: %d %s", q.Method, q.URL, w.Code, w.Body)
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") && w.Body.Len() > 0 && !json.Valid(w.Body.Bytes()) {
		t.Fatalf("%s %s: %d is no JSON: %q", q.Method, q.URL, w.Code, w.Body)
	}
	return w
}

func (a arena) admin(t *testing.T, method, target, body string) *httptest.ResponseRecorder {
	q, err := http.NewRequest(method, "http://127.0.0.1"+target, strings.NewReader(body))
	if err != nil {
		t.Skip(err)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	q.RemoteAddr = "127.0.0.1:4010"
	return a.serve(t, q)
}

// FuzzQueries sends any query, paging included, to every operation that reads.
func FuzzQueries(f *testing.F) {
	a := newArena(f)
	reading := a.some(func(op *contract.Operation) bool { return op.Method == http.MethodGet })
	for i, op := range reading {
		var query strings.Builder
		for _, p := range op.Parameters {
			if p.In == "query" {
				fmt.Fprintf(&query, "%s=1&", p.Name)
			}
		}
		f.Add(byte(i), "1", query.String())
	}
	for _, s := range []string{
		"page=9223372036854775807&limit=100", "page=2e1&limit=1.0", "page=-1&limit=0", "page=1&page=2", "%zz=1&page=%zz", "a;b",
		"sort=%00&include=,,,", "lat=1e999&long=NaN&distance=Inf", "q=%ff%fe\xff", "&&&=&=", "page=%31&%70age=2",
	} {
		f.Add(byte(0), "a/b%\xff", s)
		f.Add(byte(len(reading)-1), "0", s)
	}
	f.Fuzz(func(t *testing.T, which byte, ids, query string) {
		a.ask(t, reading[int(which)%len(reading)], ids, query, "")
	})
}

// FuzzBodies sends any body to every operation that takes one.
func FuzzBodies(f *testing.F) {
	a := newArena(f)
	writing := a.some(func(op *contract.Operation) bool { return op.Body != nil })
	for i, op := range writing {
		f.Add(byte(i), "1", string(sketchOf(op.Body.Schema, 0)))
		f.Add(byte(i), "1", `{"id":2e1,"n":[1.0]}`)
		f.Add(byte(i), "2", `[2e1]`)
	}
	f.Add(byte(0), "1", `{"a":1e999,"a":"\ud800"}`)
	f.Fuzz(func(t *testing.T, which byte, ids, body string) {
		if len(body) < 8<<10 {
			a.ask(t, writing[int(which)%len(writing)], ids, "", body)
		}
	})
}

// sketchOf makes a value that has all members of a schema, every integer spelt oddly.
func sketchOf(s *contract.Schema, depth int) []byte {
	if s == nil || depth > 6 {
		return []byte("null")
	}
	for _, part := range append(append(append([]*contract.Schema{}, s.AllOf...), s.OneOf...), s.AnyOf...) {
		return sketchOf(part, depth+1)
	}
	switch {
	case len(s.Properties) > 0:
		out := []byte("{")
		for i, p := range s.Properties {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(fmt.Appendf(out, "%q:", p.Name), sketchOf(p.Schema, depth+1)...)
		}
		return append(out, '}')
	case s.Items != nil:
		return append(append([]byte("["), sketchOf(s.Items, depth+1)...), ']')
	case len(s.Enum) > 0:
		return fmt.Appendf(nil, "%q", s.Enum[0])
	}
	text := map[string]string{"date-time": "2026-05-01t10:00:00z", "date": "2026-05-01", "email": "ada.quill@example.org",
		"uri": "https://example.org/a"}[s.Format]
	switch s.Type {
	case "integer":
		return []byte("1.0")
	case "number":
		return []byte("1e0")
	case "boolean":
		return []byte("true")
	case "object":
		return []byte("{}")
	}
	if text == "" {
		text = "Ada"
	}
	return fmt.Appendf(nil, "%q", text)
}

// FuzzAdminBodies sends any order to the calls of the control API that take one.
func FuzzAdminBodies(f *testing.F) {
	a := newArena(f)
	targets := []string{
		"POST /__admin/worlds", "POST /__admin/reset", "POST /__admin/worlds/default/fork",
		"POST /__admin/worlds/default/restore", "POST /__admin/worlds/default/reset",
		"PUT /__admin/worlds/default/clock", "POST /__admin/worlds/default/snapshot", "DELETE /__admin/worlds/default",
		"POST /__admin/worlds/default/faults", "POST /__admin/worlds/default/credentials",
		"POST /__admin/requests/find", "POST /__admin/requests/count",
		"PUT /__admin/worlds/default/data/council/category", "PATCH /__admin/worlds/default/data/council/category",
		"PUT /__admin/worlds/default/data/council/category/own", "PATCH /__admin/worlds/default/data/council/category/own",
	}
	some := `{"id":"own","name":"Own","sortOrder":2e1,"tenantId":"a"}`
	for i := range targets {
		for _, body := range []string{`{"from":"default","advance_ms":1000}`, `{"advance_ms":9223372036854775807}`,
			`{"advance_ms":1e3}`, `{"from":1}`, `{`, `null`, `[]`, `{"from":""}{}`, "\xff", some, `{"records":[` + some + `]}`,
			`{"contract":"council","operation":"*","status":503,"delay_ms":1e9,"times":2e0}`,
			`{"contract":"council","persona":"default"}`,
			`{"method":"GET","path":"/api/*","headers":{"a":"("},"body":{"matches":"(a+)+$"},"limit":2e1}`} {
			f.Add(byte(i), body)
		}
	}
	f.Fuzz(func(t *testing.T, which byte, body string) {
		method, path, _ := strings.Cut(targets[int(which)%len(targets)], " ")
		made := a.admin(t, method, path, body)
		a.admin(t, "DELETE", "/__admin/worlds/default/faults", "") // which would keep the world from answering
		for _, op := range a.operations[:1] {                      // the world still answers
			a.ask(t, op, "1", "", "")
		}
		if at := made.Header().Get("Location"); at != "" {
			a.admin(t, "DELETE", at, "")
		}
		a.admin(t, "POST", "/__admin/reset", "")
	})
}

// FuzzJournalQueries asks for the journal by any query: there is never more in it than
// was asked for.
func FuzzJournalQueries(f *testing.F) {
	a := newArena(f)
	const sent = 5
	for _, s := range []string{"", "limit=2", "limit=-1", "limit=1e1", "limit=99999999999999999999", "world=default&limit=0",
		"world=%00", "limit=%zz", "limit=1&limit=2", ";", "world=default&world=x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		a.admin(t, "POST", "/__admin/reset", "")
		for range sent {
			a.ask(t, a.operations[0], "1", "", "")
		}
		q, err := http.NewRequest("GET", "http://127.0.0.1/__admin/requests", nil)
		if err != nil {
			t.Fatal(err)
		}
		q.URL.RawQuery, q.RemoteAddr = query, "127.0.0.1:4010"
		w := a.serve(t, q)
		var journal struct{ Requests []json.RawMessage }
		if w.Code != http.StatusOK {
			return
		}
		if err := json.Unmarshal(w.Body.Bytes(), &journal); err != nil || len(journal.Requests) > sent {
			t.Fatalf("%q: %d requests, %v", query, len(journal.Requests), err)
		}
	})
}
