package independent_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"rollcall/conformance/internal/independent"
)

// worlds gives each case a server of its own, fresh and by header, so that a run takes
// seconds: what cases leave to each other is looked at with the plainest server.
type worlds struct {
	mutex  sync.Mutex
	fresh  func() http.Handler
	by     map[string]http.Handler
	number int
}

func newWorlds(of independent.Implementation, active []string) *worlds {
	return &worlds{fresh: func() http.Handler { return of.New(active...) }, by: map[string]http.Handler{"": of.New(active...)}}
}

// ServeHTTP makes and forgets worlds at /worlds, and hands all else to one of them.
func (s *worlds) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	switch id, one := strings.CutPrefix(r.URL.Path, "/worlds/"); {
	case one && r.Method == http.MethodDelete:
		delete(s.by, id)
		w.WriteHeader(http.StatusNoContent)
	case r.URL.Path == "/worlds":
		s.number++
		id := fmt.Sprint("w", s.number)
		s.by[id] = s.fresh()
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(map[string]any{"id": id}) // a client that went away is no matter
	default:
		s.by[r.Header.Get("Rollcall-World")].ServeHTTP(w, r)
	}
}
