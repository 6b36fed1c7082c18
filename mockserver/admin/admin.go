// Package admin is the control API of the mock: health, worlds, journal, data
// and what the suite needs to know. It is served beside the contracts, on the
// same port.
//
// It is no API: it serves the packages beside it, and may change with any version.
package admin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/durable"
	"rollcall/mockserver/engine"
	"rollcall/mockserver/internal/fault"
	"rollcall/mockserver/internal/journal"
	"rollcall/mockserver/store"
	"rollcall/specs/target"
)

// Prefix is where the control API is served.
const Prefix = "/__admin"

// WorldPrefix begins a path whose world is named in it, for callers that can't
// send headers.
const WorldPrefix = "/__worlds/"

// Control is what the API may do with the server behind it. Its errors are to be
// told as they are.
type Control interface {
	Health() map[string]any
	Ready() error // why not every call can be answered
	State(ctx context.Context) durable.State
	Settings() map[string]any
	Plan() Plan
	Target(contract string, q *http.Request) (target.Target, bool)
	Worlds() ([]string, error)
	Fork(from string) (id string, err error) // ErrNoWorld, ErrFull
	Delete(id string) error                  // ErrNoWorld, ErrTooFar
	Gone(id string) string                   // why a world is no more; "" for one that never was
	// ErrNoWorld; any other error names what there is
	Credential(id, contract, persona string) (Credential, error)
	Reset(id, from string) error                                     // ErrNoWorld
	Clock(id string) (Clock, error)                                  // ErrNoWorld
	SetClock(id string, o ClockOrder) (Clock, error)                 // ErrNoWorld
	Requests(id string, f journal.Filter) ([]journal.Request, error) // ErrNoWorld
	Forget(id string) error                                          // ErrNoWorld
	Places() []journal.Place
	// of all worlds with ""; ErrNoWorld, journal.ErrFull, journal.ErrOver
	Listen(id string) (*journal.Listener, error)
	Data(id, contract, table string) ([]*store.Record, error)          // ErrNoWorld, ErrNoTable
	Export(id string) (map[string]map[string][]json.RawMessage, error) // ErrNoWorld
	// ErrNoWorld, ErrNoTable, ErrNoRecord
	Record(id, contract, table, record string) (json.RawMessage, error)
	Change(id, contract, table string, rows []engine.Row, empty bool) (ids []string, err error) // as Record
	Diff(id, from string) (Diff, error)                                                         // ErrNoWorld
	Snapshot(id, name string) error                                                             // ErrNoWorld, ErrTaken, ErrFull
	Snapshots() []Snapshot
	Coverage(id string) (Coverage, error)                   // of all with ""; ErrNoWorld
	Faults(id string) ([]fault.Fault, error)                // ErrNoWorld
	AddFault(id string, f fault.Fault) (fault.Fault, error) // ErrNoWorld
	RemoveFaults(id, faultID string) error                  // ErrNoWorld, ErrNoFault
}

// Why a world is not made or moved.
var (
	ErrNoWorld  = errors.New("there is no such world")
	ErrNoTable  = errors.New("there is no such contract or table")
	ErrNoRecord = errors.New("there is no such record")
	ErrTaken    = errors.New("there is a world of this name already")
	ErrTooFar   = errors.New("the clock can't go there")
	ErrNoFault  = errors.New("there is no fault")
	ErrFull     = errors.New("there are as many worlds as there may be")
	// for a moment
	ErrUnavailable = errors.New("it can't be done now")
)

type api struct {
	control Control
	token   string
	origins []string // of pages that are let in
	text    func() ([]byte, error)
}

// New makes the handler. A token that is not empty must come as a bearer token
// with every call but health; without one, what a browser sends for a page of
// another origin is refused on the loopback address, unless the origin is one of those
// that are named.
func New(c Control, token string, origins ...string) http.Handler {
	a := api{c, token, origins, documented()}
	r := httprouter.New()
	r.RedirectTrailingSlash, r.RedirectFixedPath = false, false
	for _, route := range a.routes() {
		h := readable(route)
		if !route.open {
			h = a.guard(h)
		}
		r.Handle(route.method, Prefix+route.path, h)
		if route.method == http.MethodGet {
			r.Handle(http.MethodHead, Prefix+route.path, bodiless(h))
		}
	}
	r.NotFound = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "the control API has no such path; GET "+Prefix+"/openapi.json describes it")
	})
	r.MethodNotAllowed = http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		fail(w, http.StatusMethodNotAllowed, q.Method+" is not allowed here; the path allows "+w.Header().Get("Allow"))
	})
	return r
}

// readable refuses a query that is none, or has parameters that a call does not.
func readable(r route) httprouter.Handle {
	return func(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
		if q.URL.RawQuery == "" || asked(w, q, r.query...) {
			r.handle(w, q, ps)
		}
	}
}

// route is one operation of the API; an open one asks for no token.
type route struct {
	method, path string
	handle       httprouter.Handle
	open         bool
	query        []string // the parameters that it may have
}

func (a api) routes() []route {
	world, sought := []string{"world"}, slices.Concat([]string{"world", "limit"}, journal.Parameters())
	return []route{
		{"GET", "/health", a.health, true, nil},
		{"GET", "/ready", a.ready, true, nil},
		{"GET", "/openapi.json", a.document, false, nil},
		{"GET", "/settings", a.settings, false, nil},
		{"GET", "/plan", a.plan, false, nil},
		{"GET", "/state", a.state, false, nil},
		{"GET", "/targets/:contract", a.target, false, nil},
		{"GET", "/coverage", a.coverage, false, world},
		{"GET", "/requests", a.requests, false, sought},
		{"DELETE", "/requests", a.forget, false, world},
		{"POST", "/requests/find", a.find, false, world},
		{"POST", "/requests/count", a.count, false, world},
		{"GET", "/requests/unmatched", a.unmatched, false, sought},
		{"GET", "/requests.har", a.archive, false, sought},
		{"GET", "/events", a.events, false, slices.Concat(world, journal.Parameters())},
		{"POST", "/reset", a.reset, false, world},
		{"GET", "/worlds", a.worlds, false, nil},
		{"POST", "/worlds", a.fork, false, nil},
		{"DELETE", "/worlds/:id", a.remove, false, nil},
		{"POST", "/worlds/:id/fork", a.forkOf, false, nil},
		{"POST", "/worlds/:id/credentials", a.credential, false, nil},
		{"POST", "/worlds/:id/snapshot", a.snapshot, false, nil},
		{"GET", "/snapshots", a.snapshots, false, nil},
		{"GET", "/worlds/:id/diff", a.diff, false, []string{"from"}},
		{"POST", "/worlds/:id/restore", a.restore, false, nil},
		{"POST", "/worlds/:id/reset", a.restore, false, nil},
		{"GET", "/worlds/:id/clock", a.clock, false, nil},
		{"PUT", "/worlds/:id/clock", a.setClock, false, nil},
		{"DELETE", "/worlds/:id/clock", a.clockBack, false, nil},
		{"GET", "/worlds/:id/faults", a.faults, false, nil},
		{"POST", "/worlds/:id/faults", a.addFault, false, nil},
		{"DELETE", "/worlds/:id/faults", a.removeFaults, false, nil},
		{"DELETE", "/worlds/:id/faults/:fault", a.removeFaults, false, nil},
		{"GET", "/worlds/:id/requests", a.requests, false, sought},
		{"GET", "/worlds/:id/data", a.export, false, nil},
		{"GET", "/worlds/:id/data/:contract/:table", a.data, false, []string{"search", "offset", "limit"}},
		{"PUT", "/worlds/:id/data/:contract/:table", a.fill, false, nil},
		{"PATCH", "/worlds/:id/data/:contract/:table", a.fill, false, nil},
		{"DELETE", "/worlds/:id/data/:contract/:table", a.empty, false, nil},
		{"GET", "/worlds/:id/data/:contract/:table/:record", a.record, false, nil},
		{"PUT", "/worlds/:id/data/:contract/:table/:record", a.put, false, nil},
		{"PATCH", "/worlds/:id/data/:contract/:table/:record", a.put, false, nil},
		{"DELETE", "/worlds/:id/data/:contract/:table/:record", a.drop, false, nil},
	}
}

func (a api) health(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	send(w, http.StatusOK, a.control.Health())
}

// ready answers from the moment on at which every contract is served: the data is made
// before the mock listens. While the store of the state can't be used, not every call can be
// answered.
func (a api) ready(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	if why := a.control.Ready(); why != nil {
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusServiceUnavailable, "the state store can't be used: "+why.Error())
		return
	}
	send(w, http.StatusOK, map[string]string{"status": "ready"})
}

func (a api) state(w http.ResponseWriter, q *http.Request, _ httprouter.Params) {
	send(w, http.StatusOK, a.control.State(q.Context()))
}

func (a api) settings(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	send(w, http.StatusOK, a.control.Settings())
}

func (a api) target(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	t, ok := a.control.Target(ps.ByName("contract"), q)
	if !ok {
		fail(w, http.StatusNotFound, "contract "+ps.ByName("contract")+" is not served here; "+Prefix+
			"/health lists those that are")
		return
	}
	send(w, http.StatusOK, t)
}

func (a api) worlds(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	ids, err := a.control.Worlds()
	if err != nil {
		a.failed(w, "", err)
		return
	}
	slices.Sort(ids)
	send(w, http.StatusOK, map[string]any{"worlds": ids})
}
