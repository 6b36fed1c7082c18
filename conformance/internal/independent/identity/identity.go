// Package identity is an independent server of the identity contract: users looked up by
// e-mail address, username and id, a check of a password, and the change of a password.
package identity

import (
	"io"
	"net/http"
	"sync"
	"time"

	"rollcall/conformance/internal/independent"
)

// maxBody keeps a caller from filling the memory; both bodies are a few dozen bytes.
const maxBody = 1 << 20

// server is one fresh service: a directory, its database rows, and the active switches.
type server struct {
	mu       sync.Mutex
	active   map[string]bool
	dir      *directory
	ops      []operation
	steps    []step
	changes  map[string]int // how often each password was changed
	previous *entry         // whose was changed last
	shown    map[string]any // the roles that were shown first, for a fault
	reads    int            // how many calls were answered, for what changes at each read
}

// Implementation describes this server to the suite's own tests.
func Implementation() independent.Implementation {
	return independent.Implementation{
		Contract: "identity",
		New: func(active ...string) http.Handler {
			return independent.Before(newHandler(active...), between(), active)
		},
		Habits:   habits(),
		Faults:   faults(),
		Personas: personas(time.Now()),
		Given:    given(),
	}
}

func newHandler(active ...string) http.Handler {
	known := switchNames()
	s := &server{active: map[string]bool{}, changes: map[string]int{}, shown: map[string]any{}}
	for _, name := range active {
		if !known[name] {
			panic("identity: no habit or fault is named " + name)
		}
		s.active[name] = true
	}
	s.dir = newDirectory(time.Now(), s.idOf)
	s.ops = s.operations()
	s.steps = s.orderedSteps()
	return s
}

func switchNames() map[string]bool {
	names := map[string]bool{}
	for _, row := range habitRows() {
		names[row.name] = true
	}
	for _, row := range faultRows() {
		names[row.name] = true
	}
	return names
}

// on tells whether a habit or a fault is active.
func (s *server) on(name string) bool { return s.active[name] }

// first gives the first active one of some switches, or "".
func (s *server) first(names ...string) string {
	for _, name := range names {
		if s.active[name] {
			return name
		}
	}
	return ""
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.on("slow") {
		time.Sleep(5 * time.Millisecond)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	c := &call{s: s, r: r, body: body, broken: err != nil || len(body) > maxBody}
	s.write(w, r, s.reply(c))
}

// reply holds the lock while it answers and renders, so that each call is one transaction.
func (s *server) reply(c *call) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	return s.render(c, s.answer(c))
}
