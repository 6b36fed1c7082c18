package main_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// answer is what the mock said, for a fault to spoil.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// fault stands between the suite and the mock. It asks the mock as often as it
// likes, and gives the answer that the suite gets.
type fault func(r *http.Request, ask func(*http.Request) *answer) *answer

// spoil is a fault of the answers to one line of requests, "GET /api/wards/*".
func spoil(line string, change func(*answer)) fault {
	return func(r *http.Request, ask func(*http.Request) *answer) *answer {
		got := ask(r)
		if asked(r, line) {
			change(got)
		}
		return got
	}
}

// asked says whether a request is of the line: a method or *, and a path in which
// a * at the end stands for one more segment.
func asked(r *http.Request, line string) bool {
	method, path, _ := strings.Cut(line, " ")
	if method != "*" && method != r.Method {
		return false
	}
	parent, open := strings.CutSuffix(path, "/*")
	rest, below := strings.CutPrefix(r.URL.Path, parent+"/")
	return open && below && !strings.Contains(rest, "/") || r.URL.Path == path
}

// members is a change to each JSON object of the answer, the one it is or those it
// lists.
func members(change func(map[string]any)) func(*answer) {
	return func(a *answer) {
		var one map[string]any
		var many []map[string]any
		switch {
		case json.Unmarshal(a.body, &one) == nil:
			change(one)
			a.set(one)
		case json.Unmarshal(a.body, &many) == nil:
			for _, item := range many {
				change(item)
			}
			a.set(many)
		}
	}
}

// list is a change to a list that is answered.
func list(change func([]any) []any) func(*answer) {
	return func(a *answer) {
		var items []any
		if json.Unmarshal(a.body, &items) == nil {
			a.set(change(items))
		}
	}
}

func (a *answer) set(value any) {
	a.body, _ = json.Marshal(value) // it was decoded from JSON
}

// anew is the request with other members in its body.
func anew(r *http.Request, body []byte, change func(map[string]any)) *http.Request {
	var sent map[string]any
	if json.Unmarshal(body, &sent) == nil && sent != nil {
		change(sent)
		body, _ = json.Marshal(sent)
	}
	again := r.Clone(r.Context())
	again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return again
}

// read takes the body out of a request and leaves a copy.
func read(r *http.Request) []byte {
	body, _ := io.ReadAll(r.Body) // a request of a test is whole
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body
}

// broken starts a mock of a contract behind a fault and says how to test it. The
// control API is left as it is.
func broken(t *testing.T, name string, f fault) (*contract.Contract, suite.Target) {
	t.Helper()
	c, err := contract.Load(specs.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	mock, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: fixtures.Small})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(r *http.Request) *answer {
		w := httptest.NewRecorder()
		mock.ServeHTTP(w, r)
		return &answer{w.Code, w.Result().Header, w.Body.Bytes()}
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/__admin") {
			mock.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Accept-Encoding") // faults are put into the text itself
		got := f(r, ask)
		got.header.Del("Content-Length")
		for header, values := range got.header {
			w.Header()[header] = values
		}
		w.WriteHeader(got.status)
		_, _ = w.Write(got.body) // a suite that hung up needs no answer
	}))
	t.Cleanup(proxy.Close)
	target, err := mock.Target(name, proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	return c, target
}
