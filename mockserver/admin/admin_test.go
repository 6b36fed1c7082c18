package admin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/mockserver/durable"
	"rollcall/mockserver/engine"
	"rollcall/mockserver/internal/fault"
	"rollcall/mockserver/internal/journal"
	"rollcall/mockserver/store"
	"rollcall/specs/target"
)

// scripted is a server with one world, "here", that writes down what it is told to do.
type scripted struct{ told *[]string }

func (s scripted) tell(words ...string) { *s.told = append(*s.told, strings.Join(words, " ")) }

func (scripted) Health() map[string]any    { return map[string]any{"status": "ok"} }
func (scripted) Settings() map[string]any  { return map[string]any{"seed": 7} }
func (scripted) Plan() Plan                { return Plan{} }
func (scripted) Worlds() ([]string, error) { return []string{"here", "default"}, nil }
func (scripted) Ready() error              { return nil }

func (scripted) State(context.Context) durable.State {
	return durable.State{Engine: "memory", Reads: "local", Healthy: true, Worlds: []durable.WorldState{}}
}

func (scripted) Coverage(id string) (Coverage, error) {
	return Coverage{Answers: map[string]int{"shelter getPet 200": 2}, Forced: map[string]int{"shelter getPet 503": 1}},
		known(id == "" || id == "here")
}

func (scripted) Faults(id string) ([]fault.Fault, error) {
	return []fault.Fault{{ID: "f1", Status: 503}}, known(id == "here")
}

func (s scripted) AddFault(id string, f fault.Fault) (fault.Fault, error) {
	s.tell("fault", id, f.Operation)
	f.ID = "f2"
	return f, known(id == "here")
}

func (s scripted) RemoveFaults(id, faultID string) error {
	s.tell("lift", id, faultID)
	if faultID == "f9" {
		return ErrNoFault
	}
	return known(id == "here")
}

func (scripted) Target(contract string, q *http.Request) (target.Target, bool) {
	return target.Target{Contract: contract, URL: "http://" + q.Host}, contract == "shelter"
}

func (s scripted) Fork(from string) (string, error) {
	s.tell("fork", from)
	return "w1", known(from == "" || from == "here")
}

func known(is bool) error {
	if is {
		return nil
	}
	return ErrNoWorld
}

func (scripted) Gone(id string) string {
	if id == "w0" {
		return "the world is gone"
	}
	return ""
}

func (scripted) Credential(id, contract, persona string) (Credential, error) {
	return Credential{World: id, Headers: map[string]string{"Authorization": contract + " " + persona}}, known(id == "here")
}

func (s scripted) Delete(id string) error { s.tell("delete", id); return known(id == "here") }

func (s scripted) Reset(id, from string) error { s.tell("reset", id, from); return known(id == "here") }

func (s scripted) Clock(id string) (Clock, error) {
	return Clock{Now: time.Unix(0, 0).UTC(), Scale: 1}, known(id == "here")
}

func (s scripted) SetClock(id string, o ClockOrder) (Clock, error) {
	s.tell("clock", id, o.Advance.String())
	c := Clock{Now: time.Unix(0, 0).UTC().Add(o.Advance), Scale: 1}
	if o.Now != nil {
		c.Now = *o.Now
	}
	if o.Frozen != nil {
		c.Frozen = *o.Frozen
	}
	return c, known(id == "here")
}

func (scripted) Requests(id string, f journal.Filter) ([]journal.Request, error) {
	all := []journal.Request{{ID: 1, Operation: "getPet"}, {ID: 2, Method: "GET", Path: "/pat"}, {ID: 3}}
	return slices.DeleteFunc(all, func(q journal.Request) bool {
		return slices.ContainsFunc(f, func(holds func(*journal.Request) bool) bool { return !holds(&q) })
	}), known(id == "here")
}

func (s scripted) Forget(id string) error { s.tell("forget", id); return known(id == "here") }

func (scripted) Places() []journal.Place {
	return []journal.Place{{Contract: "shelter", Operation: "listPets", Method: "GET", Path: "/pets"}}
}

func (scripted) Listen(id string) (*journal.Listener, error) {
	if id == "full" {
		return nil, journal.ErrFull
	}
	return nil, known(false)
}

func (scripted) Export(id string) (map[string]map[string][]json.RawMessage, error) {
	return map[string]map[string][]json.RawMessage{"shelter": {"pet": {json.RawMessage(`{"id":1}`)}}}, known(id == "here")
}

func (scripted) Record(id, contract, table, record string) (json.RawMessage, error) {
	if record != "p1" {
		return nil, ErrNoRecord
	}
	return json.RawMessage(`{"id":"p1"}`), known(id == "here")
}

func (s scripted) Change(id, contract, table string, rows []engine.Row, empty bool) (ids []string, err error) {
	for _, r := range rows {
		s.tell("row", r.ID, string(r.Record), r.Where)
		ids = append(ids, r.ID+"x")
	}
	s.tell("change", id, contract, table, fmt.Sprint(empty))
	if table != "pet" {
		return nil, ErrNoTable
	}
	return ids, known(id == "here")
}

func (scripted) Diff(id, from string) (Diff, error) {
	return Diff{"shelter": {"pet": {Removed: []json.RawMessage{json.RawMessage(`{"id":1}`)}}}}, known(id == "here")
}

func (s scripted) Snapshot(id, name string) error {
	s.tell("snapshot", id, name)
	if name == "taken" {
		return ErrTaken
	}
	return known(id == "here")
}

func (scripted) Snapshots() []Snapshot { return []Snapshot{{Name: "before", Of: "here"}} }

func (scripted) Data(id, contract, table string) ([]*store.Record, error) {
	return []*store.Record{store.NewRecord("1", []byte(`{"id":1}`), []byte(`{"key":"x"}`))},
		known(id+contract+table == "hereshelterpet")
}

// ask sends a call below the prefix and gives status, body and what the server was told.
func ask(token, method, path, body string, headers ...string) (*httptest.ResponseRecorder, string) {
	var told []string
	q := httptest.NewRequest(method, Prefix+path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	New(scripted{&told}, token).ServeHTTP(w, q)
	return w, strings.Join(told, ", ")
}

// row is one call, how it is answered and what the server is told.
type row struct {
	name, method, path, body string
	status                   int
	answer, told             string
}

func (r row) holds(t *testing.T) {
	w, told := ask("", r.method, r.path, r.body)
	if got := strings.TrimSpace(w.Body.String()); w.Code != r.status || got != r.answer {
		t.Errorf("it is answered with %d %s, want %d %s", w.Code, got, r.status, r.answer)
	}
	if told != r.told {
		t.Errorf("the server is told %q, want %q", told, r.told)
	}
}

// TestCalls holds what each call makes the server do, and how it is answered.
func TestCalls(t *testing.T) {
	const unknown = `; GET /__admin/worlds lists them"}`
	const badBody = `{"error":"the body must be a JSON object with from, the id of a world: `
	for _, row := range []row{
		{"health", "GET", "/health", "", 200, `{"status":"ok"}`, ""},
		{"settings", "GET", "/settings", "", 200, `{"seed":7}`, ""},
		{"coverage", "GET", "/coverage", "", 200,
			`{"answers":{"shelter getPet 200":2},"forced":{"shelter getPet 503":1},"contracts":null}`, ""},
		{"coverage of a world", "GET", "/coverage?world=w9", "", 404, `{"error":"there is no world \"w9\"` + unknown, ""},
		{"coverage of one that is gone", "GET", "/coverage?world=w0", "", 410,
			`{"error":"the world is gone; GET /__admin/worlds lists those that there are"}`, ""},
		{"a credential", "POST", "/worlds/here/credentials", `{"contract":"shelter"}`, 201,
			`{"world":"here","headers":{"Authorization":"shelter default"}}`, ""},
		{"a credential of another", "POST", "/worlds/w9/credentials", `{"persona":"vet"}`, 404,
			`{"error":"there is no world \"w9\"` + unknown, ""},
		{"a target", "GET", "/targets/shelter", "", 200,
			`{"contract":"shelter","url":"http://example.com"}`, ""},
		{"no such target", "GET", "/targets/kennel", "", 404,
			`{"error":"contract kennel is not served here; /__admin/health lists those that are"}`, ""},
		{"worlds in order", "GET", "/worlds", "", 200, `{"worlds":["default","here"]}`, ""},
		{"a new world", "POST", "/worlds", "", 201, `{"id":"w1"}`, "fork "},
		{"a new world of another", "POST", "/worlds", `{"from":"here"}`, 201, `{"id":"w1"}`, "fork here"},
		{"a new world of none", "POST", "/worlds", `{"from":"w9"}`, 404, `{"error":"there is no world \"w9\"` + unknown,
			"fork w9"},
		{"a new world of no order", "POST", "/worlds", `{"form":"here"}`, 400, badBody + `/form: there is no such member"}`,
			""},
		{"a new world of no JSON", "POST", "/worlds", `{`, 400, badBody + `it ends before it is whole"}`, ""},
		{"a fork", "POST", "/worlds/here/fork", "", 201, `{"id":"w1"}`, "fork here"},
		{"a snapshot", "POST", "/worlds/here/snapshot", "", 201, `{"id":"w1"}`, "fork here"},
		{"deleted", "DELETE", "/worlds/here", "", 204, ``, "delete here"},
		{"not deleted", "DELETE", "/worlds/w9", "", 404,
			`{"error":"there is no world \"w9\" that could be deleted; the default one stays"}`, "delete w9"},
		{"reset of the default", "POST", "/reset", "", 404, `{"error":"there is no world \"default\"` + unknown,
			"reset default "},
		{"reset of another", "POST", "/reset?world=here", "", 204, ``, "reset here "},
		{"restored", "POST", "/worlds/here/restore", `{"from":"w1"}`, 204, ``, "reset here w1"},
		{"reset by its path", "POST", "/worlds/here/reset", "", 204, ``, "reset here "},
		{"the clock", "PUT", "/worlds/here/clock", `{"advance_ms":1500}`, 200,
			`{"now":"1970-01-01T00:00:01.5Z","frozen":false,"scale":1,"ahead_ms":0}`,
			"clock here 1.5s"},
		{"a clock that is set and stopped", "PUT", "/worlds/here/clock", `{"now":"2026-11-01T09:00:00+01:00","frozen":true}`, 200,
			`{"now":"2026-11-01T08:00:00Z","frozen":true,"scale":1,"ahead_ms":0}`, "clock here 0s"},
		{"a clock that is set to no time", "PUT", "/worlds/here/clock", `{"now":"tomorrow"}`, 400,
			`{"error":"now is \"tomorrow\"; give a time as 2026-11-01T09:00:00Z, in UTC of the years 0000 to 9999"}`, ""},
		{"a clock that is too fast", "PUT", "/worlds/here/clock", `{"scale":1e9}`, 400,
			`{"error":"scale is 1e+09; give a number from 0, which stands, to 1000000"}`, ""},
		{"what a clock says", "GET", "/worlds/here/clock", "", 200,
			`{"now":"1970-01-01T00:00:00Z","frozen":false,"scale":1,"ahead_ms":0}`, ""},
		{"a clock put back", "DELETE", "/worlds/here/clock", "", 200,
			`{"now":"1970-01-01T00:00:00Z","frozen":false,"scale":1,"ahead_ms":0}`, "clock here 0s"},
		{"the clock of none", "PUT", "/worlds/w9/clock", `{}`, 404, `{"error":"there is no world \"w9\"` + unknown,
			"clock w9 0s"},
		{"data", "GET", "/worlds/here/data/shelter/pet", "", 200, `{"keys":["1"],"records":[{"id":1}],"total":1}`, ""},
		{"data of none", "GET", "/worlds/here/data/shelter/dog", "", 404, `{"error":"there is no such world, contract or table"}`,
			""},
		{"no such path", "GET", "/nothing", "", 404,
			`{"error":"the control API has no such path; GET /__admin/openapi.json describes it"}`, ""},
	} {
		t.Run(row.name, row.holds)
	}
}

// TestTheDocumentIsTheAPI holds that the API serves what its document lists, each behind
// the token where one is set, all but health, and that it lists nothing else.
func TestTheDocumentIsTheAPI(t *testing.T) {
	w, _ := ask("", "GET", "/openapi.json", "")
	var document struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(w.Body.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	listed := 0
	for path, methods := range document.Paths {
		for method, text := range methods {
			var operation struct{ Security *[]any }
			if method == "parameters" {
				continue
			}
			if err := json.Unmarshal(text, &operation); err != nil {
				t.Fatal(err)
			}
			listed++
			path := strings.NewReplacer(Prefix, "", "{id}", "here", "{contract}", "shelter", "{table}", "pet", "{fault}",
				"f1", "{record}", "p1").Replace(path)
			method = strings.ToUpper(method)
			if w, _ := ask("", method, path, ""); strings.Contains(w.Body.String(), "no such path") ||
				w.Code == http.StatusMethodNotAllowed {
				t.Errorf("%s %s is in the document and answered with %d %s", method, path, w.Code, w.Body)
			}
			open := operation.Security != nil
			for _, sent := range []string{"", "Bearer wrong", "Bearer secret"} {
				w, told := ask("secret", method, path, "", "Authorization", sent)
				if refused := w.Code == http.StatusUnauthorized; refused != (!open && sent != "Bearer secret") || refused &&
					told != "" {
					t.Errorf("%s %s with %q is answered with %d, and the server is told %q", method, path, sent, w.Code, told)
				}
			}
		}
	}
	if served := len(api{}.routes()); listed != served {
		t.Errorf("the document lists %d calls, the API serves %d", listed, served)
	}
}
