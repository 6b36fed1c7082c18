package probation

import (
	"net/http"
	"sort"
	"strings"
	"sync"
	"time"
)

// server is the whole service: its data, and the switches that are on.
type server struct {
	mu      sync.Mutex
	on      map[string]bool // every known switch, true for those that are on
	habits  []habit         // those that are on
	faults  []fault         // those that are on
	routes  []route
	data    *data
	started time.Time
	reads   int64 // for a counter that some products show

	previous *account                   // whom the switch was about last, for faults
	seen     map[string]map[string]bool // the roles that were shown first, for a fault
}

// call is one request on its way through the checks.
type call struct {
	request     *http.Request
	route       *route
	values      map[string]string
	allow       []string
	items       []string // the list in the body
	id          int64
	authorities []string
}

// newServer seeds a server; dates like "ends today" are reckoned here.
func newServer(active ...string) http.Handler {
	s := &server{on: map[string]bool{}, routes: routes(), data: newData(time.Now()), started: time.Now(),
		seen: map[string]map[string]bool{}}
	wanted := map[string]bool{}
	for _, name := range active {
		wanted[name] = true
	}
	for _, h := range habits() {
		s.on[h.name] = wanted[h.name]
		if wanted[h.name] {
			s.habits = append(s.habits, h)
			s.routes = append(s.routes, h.routes...)
		}
	}
	for _, f := range faults() {
		s.on[f.Name] = wanted[f.Name]
		if wanted[f.Name] {
			s.faults = append(s.faults, f)
		}
	}
	for name := range wanted {
		s.has(name)
	}
	if s.has("heads-before-ids") {
		s.routes = headsFirst(s.routes)
	}
	s.addNeighbours()
	if s.has("long-ids") {
		s.lengthenIDs()
	}
	return s
}

// has says whether a switch is on; a name that no table holds is a mistake of the programmer.
func (s *server) has(name string) bool {
	on, known := s.on[name]
	if !known {
		panic("probation: no such switch: " + name)
	}
	return on
}

func (s *server) today() string { return time.Now().Format(time.DateOnly) }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.has("slow") {
		time.Sleep(5 * time.Millisecond)
	}
	s.send(w, r, s.answer(r))
}

// answer works on the data, so one request at a time has it.
func (s *server) answer(r *http.Request) rendered {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.place(r)
	return s.render(c, s.decide(c))
}

// decide runs the checks in order; the first that objects answers.
func (s *server) decide(c *call) answer {
	if s.has("options-answered") && c.request.Method == http.MethodOptions && len(c.allow) > 0 {
		a := answer{status: http.StatusOK}
		a.set("Allow", allowText(append(c.allow, http.MethodOptions)))
		return a
	}
	if a := s.gateway(c.request); a != nil {
		return *a
	}
	checks := map[string]func(*call) *answer{
		"token": s.authenticate, "place": s.known, "input": s.bind, "authority": s.authorise,
	}
	for _, name := range strings.Fields(s.order()) {
		if a := checks[name](c); a != nil {
			return *a
		}
	}
	return c.route.handle(s, c)
}

// order is the order of the checks.
func (s *server) order() string {
	for _, h := range s.habits {
		if h.order != "" {
			return h.order
		}
	}
	return "token place input authority"
}

// known refuses unknown paths and methods.
func (s *server) known(c *call) *answer {
	if c.route != nil {
		return nil
	}
	if len(c.allow) == 0 {
		return failure(http.StatusNotFound, "")
	}
	if len(c.values["username"]) > 0 {
		s.actsAllTheSame(c)
	}
	a := failure(http.StatusMethodNotAllowed, "")
	a.set("Allow", allowText(c.allow))
	return a
}

func allowText(methods []string) string {
	methods = append([]string{}, methods...)
	sort.Strings(methods)
	return strings.Join(methods, ", ")
}
