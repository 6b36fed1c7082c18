// Package admin is the control API of the mock: health, worlds, journal, data
// and what the suite needs to know. It is served beside the contracts, on the
// same port.
//
// It is no API: it serves the packages beside it, and may change with any version.
package admin

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/store"
	"rollcall/specs/target"
)

// Prefix is where the control API is served.
const Prefix = "/__admin"

// WorldPrefix begins a path whose world is named in it, for callers that can't
// send headers.
const WorldPrefix = "/__worlds/"

// Control is what the API may do with the server behind it.
type Control interface {
	Health() map[string]any
	Settings() map[string]any
	Target(contract string, q *http.Request) (target.Target, bool)
	Worlds() []string
	Fork(from string) (id string, ok bool)
	Delete(id string) bool
	Reset(id, from string) bool
	Advance(id string, d time.Duration) (time.Time, bool)
	Requests(id string) ([]any, bool)
	Data(id, contract, table string) ([]*store.Record, bool)
	Coverage() map[string]int
}

type api struct {
	control Control
	token   string
}

// New makes the handler. A token that is not empty must come as a bearer token
// with every call but health.
func New(c Control, token string) http.Handler {
	a := api{c, token}
	r := httprouter.New()
	r.RedirectTrailingSlash, r.RedirectFixedPath = false, false
	open := func(method, path string, h httprouter.Handle) { r.Handle(method, Prefix+path, h) }
	guarded := func(method, path string, h httprouter.Handle) { open(method, path, a.guard(h)) }

	open("GET", "/health", a.health)
	guarded("GET", "/openapi.json", a.document)
	guarded("GET", "/settings", a.settings)
	guarded("GET", "/targets/:contract", a.target)
	guarded("GET", "/coverage", a.coverage)
	guarded("GET", "/requests", a.requests)
	guarded("POST", "/reset", a.reset)
	guarded("GET", "/worlds", a.worlds)
	guarded("POST", "/worlds", a.fork)
	guarded("DELETE", "/worlds/:id", a.remove)
	guarded("POST", "/worlds/:id/fork", a.forkOf)
	guarded("POST", "/worlds/:id/snapshot", a.forkOf)
	guarded("POST", "/worlds/:id/restore", a.restore)
	guarded("POST", "/worlds/:id/reset", a.restore)
	guarded("PUT", "/worlds/:id/clock", a.clock)
	guarded("GET", "/worlds/:id/requests", a.requests)
	guarded("GET", "/worlds/:id/data/:contract/:table", a.data)
	r.NotFound = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "the control API has no such path; GET "+Prefix+"/openapi.json describes it")
	})
	return r
}

func (a api) guard(h httprouter.Handle) httprouter.Handle {
	return func(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
		sent := strings.TrimPrefix(q.Header.Get("Authorization"), "Bearer ")
		if a.token != "" && subtle.ConstantTimeCompare([]byte(sent), []byte(a.token)) != 1 {
			fail(w, http.StatusUnauthorized, "the control API needs the token printed at start, as Authorization: Bearer")
			return
		}
		h(w, q, ps)
	}
}

func send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.Encode(v) //nolint:errcheck,errchkjson // a client that went away needs no answer
}

func fail(w http.ResponseWriter, status int, message string) {
	send(w, status, map[string]string{"error": message})
}

func (a api) health(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	send(w, http.StatusOK, a.control.Health())
}

func (a api) settings(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	send(w, http.StatusOK, a.control.Settings())
}

func (a api) coverage(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	send(w, http.StatusOK, map[string]any{"answers": a.control.Coverage()})
}

func (a api) target(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	t, ok := a.control.Target(ps.ByName("contract"), q)
	if !ok {
		fail(w, http.StatusNotFound, "contract "+ps.ByName("contract")+" is not served here; "+Prefix+"/health lists those that are")
		return
	}
	send(w, http.StatusOK, t)
}

func (a api) worlds(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	ids := a.control.Worlds()
	slices.Sort(ids)
	send(w, http.StatusOK, map[string]any{"worlds": ids})
}
