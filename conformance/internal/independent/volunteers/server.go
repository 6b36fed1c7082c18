// Package volunteers is an independent server of the volunteers contract: users of an
// organisation and what hangs on them, written from the public documents alone.
package volunteers

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

type obj = map[string]any

// server holds the whole state behind one mutex.
type server struct {
	mu      sync.Mutex
	on      map[string]bool // every known habit and fault; true when active
	users   []*user
	last    map[string]int // the last id given, by counter
	reads   int            // answers so far, for members that change at each read
	tokens  map[string]caller
	geo     map[int][4]float64 // stored shapes: south, west, north, east
	teamSet map[int][]int      // saved lists of teams
	userSet map[int][]int      // saved lists of users
}

type user struct {
	id        int
	f         obj // the members that are stored as they are read
	attrs     obj
	rows      map[string][]*row // by path of the resource
	skills    []int
	inactive  bool
	firstName string   // the display name that the user was made with
	mails     []string // the email addresses that the user no longer has
	lastLogin time.Time
}

// row is one record of a sub-resource of a user.
type row struct {
	id, by        int
	f             obj
	made, changed time.Time
	gone          bool
	changes       int
	tries         int // to delete it, in vain
	first         obj // what it held when it was made
	subs          []*row
}

type caller struct {
	id     int
	rights string // all, low, none (no scope) or dead (expired, revoked)
}

// call is one request on its way through the checks.
type call struct {
	*server
	r    *http.Request
	who  caller
	op   op
	segs []string
	res  *resource
	u    *user
	row  *row
	was  obj // what the record held before the change
	in   obj // the body, read and checked
	raw  obj
}

// op is what one method does on one path.
type op struct {
	run    func(*call) answer
	fields []field // of the body; nil when there is none
	whole  bool    // required members have to be there
	write  bool
}

// has says whether a habit or fault is active; an unknown name is a slip of ours.
func (s *server) has(name string) bool {
	active, known := s.on[name]
	if !known {
		panic("unknown habit or fault: " + name)
	}
	return active
}

func newServer(active ...string) http.Handler {
	s := &server{on: map[string]bool{}, last: map[string]int{}}
	for _, h := range habits() {
		s.on[h.Name] = false
	}
	for _, f := range faults() {
		s.on[f.Name] = false
	}
	for _, name := range active {
		s.has(name)
		s.on[name] = true
	}
	s.seed()
	return s
}

// ServeHTTP answers one request at a time.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.has("slow") {
		time.Sleep(5 * time.Millisecond)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	s.deliver(w, r, s.handle(r))
}

func (s *server) handle(r *http.Request) answer {
	c := &call{server: s, r: r, segs: strings.Split(strings.Trim(r.URL.Path, "/"), "/")}
	if refused := c.authenticate(); refused != nil {
		return *refused
	}
	if s.has("strict-accept") && !acceptable(r.Header.Get("Accept")) {
		return fail(406, "No representation of that kind")
	}
	ops := c.route()
	if len(ops) == 0 {
		return fail(404, "404 Not found")
	}
	method := r.Method
	if s.has("head-and-options") && method == "HEAD" {
		method = "GET"
	}
	found, ok := ops[method]
	if !ok {
		c.actsAllTheSame(ops)
		return s.noMethod(r, ops)
	}
	c.op = found
	if s.has("strict-parameters") && c.strangeParameter() {
		return fail(400, "Unknown query parameter")
	}
	for _, step := range s.steps() {
		if refused := step(c); refused != nil {
			return *refused
		}
	}
	return c.op.run(c)
}

func (s *server) noMethod(r *http.Request, ops map[string]op) answer {
	names := make([]string, 0, len(ops))
	for m := range ops {
		names = append(names, m)
	}
	a := fail(405, "405 Method Not Allowed")
	if s.has("method-404") {
		a = fail(404, "404 Not found")
	}
	if s.has("head-and-options") && r.Method == "OPTIONS" {
		a = answer{status: 204}
	}
	a.head = map[string]string{"Allow": strings.Join(names, ", ")}
	return a
}

func acceptable(accept string) bool {
	return accept == "" || strings.Contains(accept, "json") || strings.Contains(accept, "*/*") ||
		strings.Contains(accept, "application/*")
}

func (c *call) authenticate() *answer {
	who, known := c.known(c.r.Header.Get("Authorization"))
	if !known || who.rights == "dead" {
		a := fail(401, "Unauthenticated")
		if c.has("html-401") {
			a = answer{status: 401, media: "text/html; charset=utf-8", text: "<h1>401 Authorization Required</h1>"}
		}
		a.head = map[string]string{"WWW-Authenticate": `Bearer realm="users"`}
		return &a
	}
	if who.rights == "none" {
		a := fail(403, "Unauthorized action")
		if c.has("scope-401") {
			a = fail(401, "The token has no scope")
		}
		return &a
	}
	c.who = who
	return nil
}

// steps are the checks of a request, in the order of this server.
func (s *server) steps() []func(*call) *answer {
	first, last := s.has("validates-first"), s.has("permission-last")
	switch {
	case first && last:
		return []func(*call) *answer{readable, located, allowed}
	case first:
		return []func(*call) *answer{allowed, readable, located}
	case last:
		return []func(*call) *answer{located, readable, allowed}
	}
	return []func(*call) *answer{allowed, located, readable}
}

// allowed refuses writes of callers with few rights, and reads outside their hierarchy.
func allowed(c *call) *answer {
	a := fail(403, "Unauthorized action")
	if c.op.write && c.who.rights != "all" {
		if c.has("anyone-removes-supervisors") && c.r.Method == "DELETE" && c.res.path == "supervisors" {
			return nil
		}
		if u := c.pathUser(); c.has("few-rights-change-phones") && c.r.Method == "PUT" && c.res != nil &&
			c.res.path == "phone-numbers" && u != nil && c.sees(u) {
			return nil
		}
		if c.has("refusal-repeats-token") {
			a = fail(403, "Unauthorized action of "+c.r.Header.Get("Authorization"))
		}
		return &a
	}
	if c.has("list-for-staff-only") && len(c.segs) == 1 && c.who.rights != "all" {
		return &a
	}
	if u := c.pathUser(); u != nil && !c.op.write && !c.sees(u) && !c.has("hidden-read-by-id") {
		if c.has("hidden-404") {
			a = fail(404, "404 Not found")
		}
		return &a
	}
	return nil
}

// located finds the user and the record that the path names.
func located(c *call) *answer {
	missing := fail(404, "404 Not found")
	if len(c.segs) > 1 {
		if c.u = c.pathUser(); c.u == nil {
			return &missing
		}
	}
	if len(c.segs) > 3 && c.res != nil {
		if c.row = c.pathRow(); c.row != nil {
			return nil
		}
		if c.has("unknown-address-deleted") && c.res.path == "addresses" && c.r.Method == "DELETE" {
			missing = answer{status: 204}
		}
		return &missing
	}
	return nil
}

func (c *call) pathUser() *user {
	if len(c.segs) < 2 {
		return nil
	}
	id, err := c.idOf(c.segs[1])
	if err != nil {
		return nil
	}
	if c.has("one-user-for-all") && len(c.segs) == 2 && c.r.Method == "GET" && c.user(id) != nil {
		return c.users[0]
	}
	return c.user(id)
}

func (c *call) pathRow() *row {
	id, err := c.idOf(c.segs[3])
	if err != nil {
		return nil
	}
	for _, r := range c.u.rows[c.res.path] {
		if r.id == id && (!r.gone || c.r.Method == "GET" && c.has("trashed-readable")) {
			if c.has("one-phone-for-all") && c.res.path == "phone-numbers" && c.r.Method == "GET" {
				return c.u.rows[c.res.path][0]
			}
			return r
		}
	}
	return nil
}

func (s *server) user(id int) *user {
	for _, u := range s.users {
		if u.id == id {
			return u
		}
	}
	return nil
}

// newID gives the next id of a counter. Of users and email addresses alone it is said to be unique.
func (s *server) newID(kind string, owner *user) int {
	own := s.has("ids-per-user") && owner != nil && kind != "email-addresses"
	if own {
		kind = fmt.Sprintf("%s of %d", kind, owner.id)
	} else if !s.has("ids-per-kind") {
		kind = "all"
	}
	s.last[kind]++
	if own {
		return s.last[kind]
	}
	id := 60000 + s.last[kind]
	if s.has("ids-scattered") {
		id = 60000 + s.last[kind]*7919%99991*10
	}
	if s.has("ids-long") {
		id += 1 << 40
	}
	if s.has("ids-huge") {
		id += 1 << 60
	}
	return id
}
