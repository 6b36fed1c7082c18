// Package floor is a server that does the least that a mock with state can do: it checks a body
// in one pass, takes one lock, keeps what it is sent and writes bytes that it has. It knows no
// rules, worlds, journal or paths. What the mock takes beyond it is the price of those.
package floor

import (
	"fmt"
	"io"
	"net/http"
	"sync"

	"rollcall/cmd/rollcall-bench/internal/load"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// floor is the server.
type floor struct {
	answers map[string]*answer // by name

	mu   sync.Mutex
	made [][]byte // the bodies that were taken
}

// answer is what a load is answered with, and by what its body is checked.
type answer struct {
	*load.Ready
	operation *contract.Operation // nil where there is no body
	refused   bool
}

// New makes a server of recorded answers. The contracts that they name are those of the mock.
func New(recorded []load.Recorded) (http.Handler, error) {
	f := &floor{answers: map[string]*answer{}}
	for _, r := range recorded {
		a := &answer{Ready: load.NewReady(r), refused: r.Status >= http.StatusBadRequest}
		if r.Operation != "" {
			c, err := contract.Load(specs.FS, r.Contract)
			if err != nil {
				return nil, err
			}
			for _, o := range c.Operations {
				if o.ID == r.Operation {
					a.operation = o
				}
			}
			if a.operation == nil {
				return nil, fmt.Errorf("%s: contract %s has no operation %s", r.Name, r.Contract, r.Operation)
			}
		}
		f.answers[r.Name] = a
	}
	return f, nil
}

// ServeHTTP answers a load; whatever else it is asked tells how it is, and POST empties it.
func (f *floor) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	name := q.Header.Get(load.NameHeader)
	if name == "" {
		if q.Method == http.MethodPost {
			f.mu.Lock()
			f.made = nil
			f.mu.Unlock()
		}
		load.Health(w)
		return
	}
	var body []byte
	if q.ContentLength > 0 {
		body = make([]byte, q.ContentLength)
		if _, err := io.ReadFull(q.Body, body); err != nil {
			return
		}
	}
	a := f.answers[name]
	if a == nil || !a.agrees(body) {
		http.Error(w, "the check of the body does not say what was recorded", http.StatusInternalServerError)
		return
	}
	f.mu.Lock()
	if a.operation != nil && !a.refused {
		f.made = append(f.made, body)
	}
	f.mu.Unlock()
	a.Write(w)
}

// agrees checks a body, and tells whether the check says the same as the answer.
func (a *answer) agrees(body []byte) bool {
	if a.operation == nil {
		return true
	}
	_, wrong := a.operation.ReadBody(body)
	return len(wrong) > 0 == a.refused
}
