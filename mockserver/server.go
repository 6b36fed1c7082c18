// Package mockserver serves contracts from forkable worlds of state. Server is
// an http.Handler: it finds the world, the contract and the operation of a
// request, hands it to the engine and is the one place that writes answers.
//
// Config, New, Server, Variants and WorldHeader are an API for users: names stay, members are
// only added. Plan, Companions and Server.Broken serve the command and may change.
package mockserver

import (
	"encoding/base32"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver/admin"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/specs/contract"
)

// Config says what to serve and how.
type Config struct {
	Contracts  []*contract.Contract
	Seed       uint64
	Size       fixtures.Size
	Defects    []string      // names as `rollcall list defects` prints them
	Variants   []string      // see Variants
	AdminToken string        // needed for the control API when not empty
	NoAuth     bool          // every caller is the default persona
	Strict     bool          // for tests: a requirement that a function of a table names and no row declares is a 500
	MaxWorlds  int           // with the default one; 0 means DefaultMaxWorlds
	WorldIdle  time.Duration // after which an unused world is forgotten; 0 means DefaultWorldIdle
	Now        func() time.Time
	Progress   func(share float64) // told how much of the data is there, from 0 to 1; may be nil
	Log        *slog.Logger
}

// Server is a running mock, without its listener.
type Server struct {
	config   Config
	mounts   []*mount // longest prefix first
	admin    http.Handler
	variant  variants
	known    func() (*defect.Catalogue, error) // every defect of the contracts served
	origin   *universe                         // the state as generated, forked by reset
	mu       sync.RWMutex
	worlds   map[string]*universe
	scratch  sync.Pool // of *[]byte, to build answers in
	ids      *base32.Encoding
	nextID   int
	started  time.Time
	coverage coverage
	data     map[string]*fixtures.Dataset // by state
}

// New compiles the contracts and generates their data. Any error names what is
// wrong in a table, a defect or a variant.
func New(cfg Config) (*Server, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{config: cfg.bounded(), worlds: map[string]*universe{}, data: map[string]*fixtures.Dataset{}, started: cfg.Now(),
		scratch: scratchPool(), ids: idEncoding()}
	var err error
	if s.variant, err = parseVariants(cfg.Variants); err != nil {
		return nil, err
	}
	if err := s.mountAll(); err != nil {
		return nil, err
	}
	if s.origin, err = s.populate(); err != nil {
		return nil, err
	}
	s.worlds[defaultWorld] = s.origin.fork(s, defaultWorld)
	s.admin = admin.New(control{s}, cfg.AdminToken)
	return s, nil
}

func (s *Server) mountAll() error {
	plans, err := s.plans()
	if err != nil {
		return err
	}
	s.known = sync.OnceValues(func() (*defect.Catalogue, error) { return catalogue(plans) })
	active, err := s.find(s.config.Defects)
	if err != nil {
		return err
	}
	for _, p := range plans {
		m, err := newMount(p, own(p, active), len(plans) == 1)
		if err != nil {
			return err
		}
		s.mounts = append(s.mounts, m)
	}
	return nil
}

// catalogue indexes the defects of all plans.
func catalogue(plans []*behavior.Plan) (*defect.Catalogue, error) {
	var all []defect.Defect
	for _, p := range plans {
		own, err := p.Defects()
		if err != nil {
			return nil, err
		}
		all = append(all, own...)
	}
	return defect.NewCatalogue(all), nil
}

// find resolves the names of defects. Without any, nobody has to list them all.
func (s *Server) find(names []string) ([]defect.Defect, error) {
	if len(names) == 0 {
		return nil, nil
	}
	known, err := s.known()
	if err != nil {
		return nil, err
	}
	return known.Find(slices.Compact(slices.Sorted(slices.Values(names)))) // two that reverse a list would undo each other
}

// Broken gives a server like this one in its first state, but with other
// defects. It shares what is compiled and generated, so that a proof can start
// thousands.
func (s *Server) Broken(defects []string) (*Server, error) {
	active, err := s.find(defects)
	if err != nil {
		return nil, err
	}
	b := &Server{config: s.config, variant: s.variant, worlds: map[string]*universe{}, data: s.data, started: s.started, known: s.known, origin: s.origin, scratch: scratchPool(), ids: idEncoding()}
	b.config.Defects = defects
	for _, m := range s.mounts {
		b.mounts = append(b.mounts, m.broken(own(m.plan, active)))
	}
	b.worlds[defaultWorld] = b.origin.fork(b, defaultWorld)
	b.admin = admin.New(control{b}, b.config.AdminToken)
	return b, nil
}

// own picks the defects of one contract: operations of two may have one name.
func own(p *behavior.Plan, active []defect.Defect) (mine []defect.Defect) {
	for _, d := range active {
		if strings.HasPrefix(d.Requirement, p.Contract.Prefix+"-") {
			mine = append(mine, d)
		}
	}
	return mine
}

func (s *Server) plans() ([]*behavior.Plan, error) {
	var plans []*behavior.Plan
	for _, c := range s.config.Contracts {
		p, err := Plan(c)
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
	}
	return plans, nil
}

// Plan compiles the table of a contract. A contract without one is an error.
func Plan(c *contract.Contract) (*behavior.Plan, error) {
	table, ok := apis()[c.Name]
	if !ok {
		return nil, fmt.Errorf("contract %q has no behavior: add mockserver/api/%s", c.Name, c.Name)
	}
	api := table()
	return behavior.Compile(c, &api)
}

// ServeHTTP answers one request. A panic below becomes a 500 that shows nothing
// of the inside; the log has it under the journal's id.
func (s *Server) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.URL.Path == admin.Prefix || strings.HasPrefix(q.URL.Path, admin.Prefix+"/") {
		s.admin.ServeHTTP(w, q)
		return
	}
	u, q, unknown := s.world(q)
	m, q, served := s.mount(q)
	switch {
	case !served:
		s.write(w, q, plain(http.StatusNotFound, "no contract is served here; the ready line and "+admin.Prefix+"/health list them"))
	case unknown != "":
		s.write(w, q, m.refuse(s, q, u, noWorld(unknown), &entry{}))
	default:
		s.serve(w, q, u, m)
	}
}

// maxScratch bounds what is kept of a large answer's buffer, in bytes.
const maxScratch = 256 << 10

// firstScratch is room for what most answers and documents need, in bytes.
const firstScratch = 4 << 10

func scratchPool() sync.Pool {
	return sync.Pool{New: func() any { b := make([]byte, 0, firstScratch); return &b }}
}

func (s *Server) serve(w http.ResponseWriter, q *http.Request, u *universe, m *mount) {
	entry := u.journal.begin(q, m.name, u.now(s.config.Now))
	defer func() {
		if p := recover(); p != nil {
			s.config.Log.Error("a bug of ours", "journal", entry.ID, "panic", fmt.Sprint(p), "path", q.URL.Path)
			s.write(w, q, m.crash(s, q, u, entry))
			entry.end(http.StatusInternalServerError)
		}
	}()
	scratch := s.scratch.Get().(*[]byte)
	body, refusal := readBody(q)
	var answer behavior.Answer
	if refusal != nil {
		answer = m.refuse(s, q, u, refusal, entry)
	} else {
		answer = m.answer(s, q, u, body, *scratch, entry)
	}
	s.coverage.count(m.name, entry.Operation, answer.Status)
	s.write(w, q, s.variant.without(m.plan.API.Forbids).answer(answer))
	if answer.Borrowed && cap(answer.Body) <= maxScratch {
		*scratch = answer.Body
	}
	s.scratch.Put(scratch)
	if s.config.Log.Enabled(q.Context(), slog.LevelDebug) {
		s.config.Log.Debug("request", "journal", entry.ID, "world", u.id, "operation", entry.Operation, "status", answer.Status)
	}
	entry.end(answer.Status)
}
