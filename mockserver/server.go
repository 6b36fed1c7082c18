// Package mockserver serves contracts from forkable worlds of state. Server is
// an http.Handler: it finds the world, the contract and the operation of a
// request, hands it to the engine and is the one place that writes answers.
//
// Config, New, Server, Variants and WorldHeader are an API for users: names stay, members are
// only added. Plan, Companions and Server.Broken serve the command and may change.
package mockserver

import (
	"context"
	"encoding/base32"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver/admin"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/mockserver/data"
	"rollcall/mockserver/declared"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/internal/journal"
	"rollcall/specs/contract"
)

// Config says what to serve and how.
type Config struct {
	Contracts   []*contract.Contract
	Seed        uint64
	Size        fixtures.Size
	Defects     []string   // names as `rollcall list defects` prints them
	Variants    []string   // see Variants
	AdminToken  string     // needed for the control API when not empty
	NoAuth      bool       // every caller is the default persona
	Strict      bool       // for tests: a requirement that a function of a table names and no row declares is a 500
	Origins     []string   // of pages that may call the control API; NoOrigins lets none call anything
	Documents   fs.FS      // <contract>/openapi.yaml, to be read at the mock; nil = they are not served
	JournalSize int        // requests that each world's journal keeps; 0 means journal.DefaultSize, less than 0 none
	Data        []data.Row // records of one's own, as data.Read gives them
	DataAlone   bool       // a table that they are of has no others
	// the day to which the dates of the data are moved; zero leaves them as made for fixtures.AsOf
	DataNow     time.Time
	Idempotency bool                // a request with an Idempotency-Key that was answered is answered so again
	TrustProxy  bool                // X-Forwarded-Host and -Proto say what the mock is called
	MaxWorlds   int                 // with the default one; 0 means DefaultMaxWorlds
	WorldIdle   time.Duration       // after which an unused world is forgotten; 0 means DefaultWorldIdle
	Now         func() time.Time    // the server's own time, by which worlds expire; nil means the machine's
	ClockStart  time.Time           // where the clock of every world begins; zero means the server's time
	ClockScale  float64             // how fast it goes; 0 means that one with a ClockStart stands, and others go as time does
	Reloads     bool                // Reload may be called; not with a State, which is of the contracts that wrote it
	Progress    func(share float64) // told how much of the data is there, from 0 to 1; may be nil
	Log         *slog.Logger
	State       *State // where the state is kept; nil means in memory alone
}

// Server is a running mock, without its listener.
type Server struct {
	config   Config
	mounts   []*mount // longest prefix first
	admin    http.Handler
	console  func() (http.Handler, error) // made when somebody first looks
	origins  crossOrigin
	zipped   http.Handler // the server, for callers that take gzip
	variant  variants
	known    func() (*defect.Catalogue, error) // every defect of the contracts served
	origin   *world                            // the state as generated, forked by reset
	mu       sync.RWMutex
	worlds   map[string]*world
	scratch  sync.Pool // of *[]byte, to build answers in
	ids      *base32.Encoding
	nextID   int
	started  time.Time
	coverage coverage // of the worlds that are gone
	gone     goneWorlds
	minted   minted
	live     journal.Listeners
	data     map[string]*fixtures.Dataset // by state
	reloads  *reloading                   // nil: what is served never changes
	book     *durable.Book                // nil: the worlds are in memory alone
	made     func() time.Time             // when the data was made
	lost     chan error
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
	s := &Server{config: cfg.bounded(), worlds: map[string]*world{}, data: map[string]*fixtures.Dataset{}, started: cfg.Now(),
		scratch: scratchPool(), ids: idEncoding()}
	if cfg.Reloads && cfg.State == nil {
		s.reloads = &reloading{number: 1}
	}
	var err error
	if s.variant, err = parseVariants(cfg.Variants); err != nil {
		return nil, err
	}
	if err := s.mountAll(); err != nil {
		return nil, err
	}
	s.made = s.config.Now
	if s.config.State != nil {
		if err := s.settleState(context.Background()); err != nil {
			return nil, err
		}
	}
	if s.origin, err = s.populate(); err != nil {
		return nil, err
	}
	if s.config.State == nil {
		s.worlds[defaultWorld] = s.origin.fork(s, defaultWorld)
	} else if err := s.openState(context.Background()); err != nil {
		return nil, err
	}
	s.admin, s.origins = admin.New(control{s}, cfg.AdminToken, cfg.Origins...), newCrossOrigin(cfg.Origins)
	s.console = sync.OnceValues(s.pages)
	s.zipped, err = compressed(http.HandlerFunc(s.plainly))
	return s, err
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
		m, err := newMount(p, defectsOf(p, active), len(plans) == 1, s.config.Strict)
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
		own, err := mutants.List(p)
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
	b := &Server{config: s.config, variant: s.variant, worlds: map[string]*world{}, data: s.data, started: s.started,
		known: s.known, origin: s.origin, scratch: scratchPool(), ids: idEncoding()}
	b.config.Defects, b.made = defects, s.made
	for _, m := range s.mounts {
		b.mounts = append(b.mounts, m.broken(defectsOf(m.plan, active)))
	}
	b.worlds[defaultWorld] = b.origin.fork(b, defaultWorld)
	b.admin, b.origins = admin.New(control{b}, b.config.AdminToken, b.config.Origins...), s.origins
	b.console = s.console
	b.zipped, err = compressed(http.HandlerFunc(b.plainly))
	return b, err
}

// defectsOf picks the defects of one contract: operations of two may have one name.
func defectsOf(p *behavior.Plan, active []defect.Defect) (mine []defect.Defect) {
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
	if c.Behavior != nil {
		api := declared.API(c)
		return behavior.Compile(c, &api)
	}
	table, ok := apis()[c.Name]
	if !ok {
		return nil, fmt.Errorf("contract %q has no behavior: add mockserver/api/%s and run `make contracts`", c.Name, c.Name)
	}
	api := table()
	return behavior.Compile(c, &api)
}
