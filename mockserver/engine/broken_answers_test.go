package engine_test

import (
	"net/http"
	"testing"

	"rollcall/mockserver/defect"
)

// TestBrokenAnswers holds what each answer defect makes of an answer. The pet is
// {"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false}.
func TestBrokenAnswers(t *testing.T) {
	const good = `{"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false}`
	pet, none, visits := call{op: "getPet", pet: "p2"}, call{op: "getPet", pet: "p9"}, call{op: "listVisits", pet: "p2"}
	gone := call{op: "deletePet", pet: "p2"}
	for _, row := range []struct {
		name   string
		defect defect.Defect
		call   call
		status int
		body   string
		header string // a Content-Type, where the defect sets one
	}{
		{"nothing", defect.Defect{Op: defect.Code, Operations: []string{"getPet"}}, pet, 200, good, ""},
		{"a member dropped", defect.Defect{Op: defect.Drop, Path: "name"}, pet, 200,
			`{"chief":false,"id":"p2","kind":"cat","late":false}`, ""},
		{"a member that is not there dropped", defect.Defect{Op: defect.Drop, Path: "age"}, pet, 200, sorted, ""},
		{"a member null", defect.Defect{Op: defect.Null, Path: "name"}, pet, 200,
			`{"chief":false,"id":"p2","kind":"cat","late":false,"name":null}`, ""},
		{"a text of another type", defect.Defect{Op: defect.Retype, Path: "name"}, pet, 200,
			`{"chief":false,"id":"p2","kind":"cat","late":false,"name":{"unexpected":true}}`, ""},
		{"a truth of another type", defect.Defect{Op: defect.Retype, Path: "late"}, pet, 200,
			`{"chief":false,"id":"p2","kind":"cat","late":["unexpected"],"name":"Bo"}`, ""},
		{"all of another type", defect.Defect{Op: defect.Retype}, pet, 200, `["unexpected"]`, ""},
		{"a list of another type", defect.Defect{Op: defect.Retype}, visits, 200, `{"unexpected":true}`, ""},
		{"a value that is not listed", defect.Defect{Op: defect.Set, Path: "kind", Value: `"no such value"`}, pet, 200,
			`{"chief":false,"id":"p2","kind":"no such value","late":false,"name":"Bo"}`, ""},
		{"a member put", defect.Defect{Op: defect.Set, Path: "checkup", Value: `4294967296`}, pet, 200,
			`{"checkup":4294967296,"chief":false,"id":"p2","kind":"cat","late":false,"name":"Bo"}`, ""},
		{"a member put into nothing", defect.Defect{Op: defect.Set, Path: "owner.name", Value: `1`}, pet, 200, sorted, ""},
		{"a body put", defect.Defect{Op: defect.Set, Value: `{"unexpected":true}`}, gone, 204, `{"unexpected":true}`, ""},
		{"no JSON put", defect.Defect{Op: defect.Set, Path: "name", Value: `{`}, pet, 200, sorted, ""},
		{"another status", defect.Defect{Op: defect.Status, Value: "202"}, pet, 202, good, ""},
		{"no status", defect.Defect{Op: defect.Status, Value: "two"}, pet, 200, good, ""},
		{"another type", defect.Defect{Op: defect.Type, Value: "text/html"}, pet, 200, good, "text/html"},
		{"no body", defect.Defect{Op: defect.Empty}, pet, 200, "", ""},
		{"a list turned round", defect.Defect{Op: defect.Reorder}, visits, 200,
			`[{"id":"v2","note":"slept"},{"id":"v1","note":"ate"}]`, ""},
		{"no list turned round", defect.Defect{Op: defect.Reorder, Path: "name"}, pet, 200, sorted, ""},
		{"a list without its last", defect.Defect{Op: defect.Shorten}, visits, 200, `[{"id":"v1","note":"ate"}]`, ""},
		{"a list with its first twice", defect.Defect{Op: defect.Repeat}, visits, 200,
			`[{"id":"v1","note":"ate"},{"id":"v1","note":"ate"},{"id":"v2","note":"slept"}]`, ""},
		{"an empty list without its last", defect.Defect{Op: defect.Shorten}, call{op: "listVisits", pet: "p1"}, 200, `[]`, ""},
		{"in every item", defect.Defect{Op: defect.Drop, Path: "*.note"}, visits, 200, `[{"id":"v1"},{"id":"v2"}]`, ""},
		{"in one item", defect.Defect{Op: defect.Drop, Path: "1.note"}, visits, 200, `[{"id":"v1","note":"ate"},{"id":"v2"}]`,
			""},
		{"in another operation", defect.Defect{Op: defect.Empty, Operations: []string{"listPets"}}, pet, 200, good, ""},
		{"of a success, when it is refused", defect.Defect{Op: defect.Empty}, none, 404, `{"error":"there is no pet p9"}`, ""},
		{"of a refusal", defect.Defect{Op: defect.Drop, Path: "error", On: 404}, none, 404, `{}`, ""},
		{"of another refusal", defect.Defect{Op: defect.Drop, Path: "error", On: 401}, none, 404,
			`{"error":"there is no pet p9"}`, ""},
		{"of a refusal, when it is answered", defect.Defect{Op: defect.Drop, Path: "name", On: 404}, pet, 200, good, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := opened(t, row.defect)
			a := s.do(row.call)
			if a.Status != row.status || string(a.Body) != row.body || a.ContentType != row.header {
				t.Errorf("it is answered with %d %q %s, want %d %q %s", a.Status, a.ContentType, a.Body,
					row.status, row.header, row.body)
			}
		})
	}
}

// sorted is the pet as it is written again by a defect that finds nothing to change.
const sorted = `{"chief":false,"id":"p2","kind":"cat","late":false,"name":"Bo"}`

// TestBrokenHeaders holds that a header is left out or replaced, others are not.
func TestBrokenHeaders(t *testing.T) {
	for _, row := range []struct {
		name, path, value, want, refusal string
	}{
		{"put", "X-Who", "nobody", "nobody", "told"},
		{"not there", "X-Who", "", "", "told"},
		{"left out", "Rollcall-Refusal", "", "", ""},
		{"replaced", "Rollcall-Refusal", "{}", "", "{}"},
	} {
		t.Run(row.name, func(t *testing.T) {
			d := defect.Defect{Op: defect.Header, Path: row.path, Value: row.value, On: http.StatusNotFound}
			h := opened(t, d).do(call{op: "getPet", pet: "p9"}).Header
			refusal := h.Get("Rollcall-Refusal")
			if row.refusal == "told" && refusal != "" {
				refusal = "told"
			}
			if h.Get("X-Who") != row.want || refusal != row.refusal {
				t.Errorf("the headers are %v", h)
			}
		})
	}
	d := defect.Defect{Op: defect.Header, Path: "X-Who", Value: "nobody"}
	if h := opened(t, d).do(call{op: "getPet", pet: "p2"}).Header; h.Get("X-Who") != "nobody" {
		t.Errorf("an answer without headers gets %v", h)
	}
}

// TestFixed holds that a fixed answer is the first one, for ever, and each its own.
func TestFixed(t *testing.T) {
	const bo, cy = `{"id":"p2","name":"Bo","kind":"cat","chief":false,"late":false}`, `{"id":"p3",` +
		`"name":"Cy","kind":"dog","chief":false,"late":false}`
	first, second := call{op: "getPet", pet: "p2"}, call{op: "getPet", pet: "p3"}
	for _, row := range []struct {
		name   string
		defect defect.Defect
		calls  []call
		want   []string
	}{
		{"without", defect.Defect{Op: defect.Code}, []call{first, second}, []string{bo, cy}},
		{"the first", defect.Defect{Op: defect.Fixed}, []call{first, second, first}, []string{bo, bo, bo}},
		{"of another operation", defect.Defect{Op: defect.Fixed, Operations: []string{"listPets"}},
			[]call{first, second}, []string{bo, cy}},
		{"a refusal is none", defect.Defect{Op: defect.Fixed}, []call{{op: "getPet", pet: "p9"}, second, first},
			[]string{`{"error":"there is no pet p9"}`, cy, cy}},
		{"all but the id is that of the one before", defect.Defect{Op: defect.Mixed}, []call{first, second, first}, []string{bo,
			`{"chief":false,"id":"p3","kind":"cat","late":false,"name":"Bo"}`,
			`{"chief":false,"id":"p2","kind":"dog","late":false,"name":"Cy"}`}},
		{"where a parameter is sent", defect.Defect{Op: defect.Fixed, Path: "as"},
			[]call{second, {op: "getPet", pet: "p2", query: "as=1"}, {op: "getPet", pet: "p3", query: "as=2"}, second},
			[]string{cy, bo, bo, cy}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := opened(t, row.defect)
			for i, c := range row.calls {
				q := s.request(c)
				q.Scratch = make([]byte, 0, 512)
				if got := string(s.engine.Do(q).Body); got != row.want[i] {
					t.Errorf("answer %d is %s, want %s", i+1, got, row.want[i])
				}
			}
		})
	}
}
