package rollcalltest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"

	"rollcall/mockserver/admin"
)

// Entry is one request that the mock has answered, and how.
type Entry struct {
	At        time.Time `json:"at"` // by the world's clock
	Contract  string    `json:"contract"`
	Operation string    `json:"operation"` // "" for a path or method of no operation
	Method    string    `json:"method"`
	Path      string    `json:"path"` // without the world
	Status    int       `json:"status"`
}

// Journal lists what this world was asked, for any of its contracts, the oldest first.
// The newest few hundred are kept.
func (m *Mock) Journal(t TB) []Entry {
	t.Helper()
	var kept struct{ Requests []Entry }
	m.control(t, http.MethodGet, "/worlds/"+m.world+"/requests", nil, &kept)
	return kept.Requests
}

// Advance moves the clock of this world forward and returns its time then.
func (m *Mock) Advance(t TB, by time.Duration) time.Time {
	t.Helper()
	var clock struct{ Now time.Time }
	m.control(t, http.MethodPut, "/worlds/"+m.world+"/clock", map[string]int64{"advance_ms": by.Milliseconds()}, &clock)
	return clock.Now
}

// control calls the control API, which is the same for tests in any language, and decodes
// its answer into out, if not nil. What it refuses ends the test in the API's own words.
func (m *Mock) control(t TB, method, path string, body, out any) {
	t.Helper()
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	q, err := http.NewRequest(method, m.http.URL+admin.Prefix+path, &sent)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	for name, value := range m.Target().WorldHeaders {
		q.Header.Set(name, value)
	}
	res, err := m.http.Client().Do(q)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	var said struct{ Error string }
	switch {
	case res.StatusCode >= http.StatusMultipleChoices:
		_ = json.NewDecoder(res.Body).Decode(&said) // without words the status has to do
		t.Fatalf("%s %s is answered %d %s", method, path, res.StatusCode, said.Error)
	case out != nil:
		if err := json.NewDecoder(res.Body).Decode(out); err != nil {
			t.Fatalf("%s %s: %v", method, path, err)
		}
	}
}
