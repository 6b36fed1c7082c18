package suite

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// The documents leave the method of an operation open. Whichever the target has is found
// by the first request, whose sense it keeps, and is the only one from then on.
func TestTheMethodOfTheTargetIsFound(t *testing.T) {
	updating := &contract.Operation{ID: "update", Method: "PATCH", Path: "/things/1", OtherMethods: []string{"PUT", "POST"}}
	asking := &contract.Operation{ID: "ask", Method: "GET", Path: "/things/1", OtherMethods: []string{"POST"}}
	for _, row := range []struct {
		name           string
		op             *contract.Operation
		has            string // the method of the target
		found          int    // what it answers to it
		others         int    // what it answers to other methods
		overridden     bool
		status         int
		method, second string // of the answer, and of the next request
	}{
		{"the presumed one", updating, "PATCH", 200, 405, false, 200, "PATCH", "PATCH"},
		{"another", updating, "PUT", 200, 405, false, 200, "PUT", "PUT"},
		{"the last", updating, "POST", 200, 405, false, 200, "POST", "POST"},
		{"another, where none is known by 404", updating, "PUT", 200, 404, false, 200, "PUT", "PUT"},
		{"another, of a record that is not there", updating, "PUT", 404, 405, false, 404, "PUT", "PUT"},
		{"another, of a value that is refused", updating, "PUT", 422, 405, false, 422, "PUT", "PUT"},
		{"the presumed one, of a record that is not there", updating, "PATCH", 404, 405, false, 404, "PATCH", "PATCH"},
		{"the presumed one, beside a door to all else", updating, "PATCH", 404, 403, false, 404, "PATCH", "PATCH"},
		{"none", updating, "TRACE", 200, 405, false, 405, "PATCH", "PATCH"},
		{"that of the target's file", updating, "PUT", 200, 405, true, 405, "PATCH", "PATCH"},
		{"a query in a body", asking, "POST", 200, 405, false, 200, "POST", "POST"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var seen []string
			target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen = append(seen, r.Method)
				body, _ := io.ReadAll(r.Body)
				if row.op == asking && r.Method == "POST" && string(body) != `{"q":"v"}` {
					t.Errorf("the body is %s, the query %s", body, r.URL.RawQuery)
				}
				w.WriteHeader(map[bool]int{true: row.found, false: row.others}[r.Method == row.has])
			}))
			defer target.Close()
			s := &session{client: client.New(client.Config{BaseURL: target.URL})}
			if row.overridden {
				s.target.Paths = map[string]string{"update": "PATCH /things/1"}
			}
			request := func() client.Request {
				if row.op == asking {
					return client.NewRequest(row.op, client.Query("q", "v"))
				}
				return client.NewRequest(row.op, client.JSON(map[string]any{"name": "n"}))
			}
			answer := s.do(context.Background(), request())
			if answer.Status != row.status || answer.Method != row.method || answer.Operation != row.op {
				t.Errorf("%s is answered with %d", answer.Method, answer.Status)
			}
			seen = nil
			if s.do(context.Background(), request()); seen[0] != row.second {
				t.Errorf("the next requests are %q", seen)
			}
		})
	}
}
