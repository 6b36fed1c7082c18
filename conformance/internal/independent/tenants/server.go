// Package tenants is an independent server of the users API of a tenant: search, create,
// update and deactivate, written from the documents alone.
package tenants

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// server holds the whole state behind one mutex.
type server struct {
	mu      sync.Mutex
	on      map[string]bool
	tenants map[string]*tenant
	created int // users created so far, from which the ids are made
	served  int // requests served so far
}

// New gives a fresh server with the named habits and faults.
func New(active ...string) http.Handler {
	known := map[string]bool{}
	for _, h := range habits() {
		known[h.Name] = true
	}
	for _, f := range faults() {
		known[f.Name] = true
	}
	s := &server{on: map[string]bool{}, tenants: seed()}
	for _, name := range active {
		if !known[name] {
			panic("tenants: no habit or fault is called " + name)
		}
		s.on[name] = true
	}
	return s
}

func (s *server) has(name string) bool { return s.on[name] }

// pick gives the first value whose habit is active, or the plain one.
func pick[T any](s *server, plain T, table map[string]T) T {
	for name, value := range table {
		if s.has(name) {
			return value
		}
	}
	return plain
}

// call is one request on its way through the steps.
type call struct {
	r        *http.Request
	op       string
	tenant   *tenant
	name     string // the tenant's name in the path
	idText   string
	id       int
	token    token
	user     *user
	sent     values // null members are there, as nil
	criteria criteria
}

// answer is what a step wants to send; a body of members is an ordered object.
type answer struct {
	status int
	body   any
	fault  string // the text of an error
	header map[string]string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.has("slow") {
		time.Sleep(5 * time.Millisecond)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served++
	s.write(w, r, s.saysMore(s.answer(r)))
}

// answer walks the steps; the first that has something to say ends the walk.
func (s *server) answer(r *http.Request) *answer {
	if early := s.notAcceptable(r); early != nil {
		return early
	}
	c, early := s.route(r)
	if early != nil {
		return early
	}
	return s.perform(c)
}

// perform walks the steps of a call and does its work.
func (s *server) perform(c *call) *answer {
	steps := map[string]func(*call) *answer{
		"auth": s.authenticate, "tenant": s.findTenant, "rights": s.checkRights,
		"form": s.readForm, "find": s.findUser, "body": s.readBody,
	}
	for _, name := range s.order() {
		if a := steps[name](c); a != nil {
			return s.tellsAllTheSame(c, a)
		}
	}
	acts := map[string]func(*call) *answer{
		"searchUser": s.search, "createUser": s.create, "updateUser": s.update, "deactivateUser": s.deactivate,
	}
	return acts[c.op](c)
}

// order is the order of the checks, which no document states.
func (s *server) order() []string {
	order := []string{"auth", "tenant", "rights", "form", "find", "body"}
	if s.has("body-before-user") {
		order = []string{"auth", "tenant", "rights", "form", "body", "find"}
	}
	if s.has("missing-before-forbidden") {
		order = slices.DeleteFunc(order, func(n string) bool { return n == "rights" })
		order = slices.Insert(order, slices.Index(order, "find")+1, "rights")
	}
	if s.has("input-before-token") {
		order = slices.DeleteFunc(order, func(n string) bool { return n == "form" || n == "body" })
		order = append([]string{"form", "body"}, order...)
	}
	return order
}

// operations are the methods of the three kinds of path.
func operations() map[string]map[string]string {
	return map[string]map[string]string{
		"search":     {"GET": "searchUser"},
		"collection": {"POST": "createUser"},
		"item":       {"PUT": "updateUser", "DELETE": "deactivateUser"},
	}
}

// route finds the operation of a request.
func (s *server) route(r *http.Request) (*call, *answer) {
	parts := s.segments(r)
	if len(parts) < 3 || len(parts) > 4 || parts[0] != "tenants" || parts[2] != "users" {
		return nil, s.fail(404, "There is nothing here.")
	}
	c := &call{r: r, name: parts[1]}
	place := "collection"
	if len(parts) == 4 {
		place, c.idText = "item", parts[3]
		if parts[3] == "search" {
			place, c.idText = "search", ""
		}
	}
	if early := s.options(r, place); early != nil {
		return nil, early
	}
	if c.op = s.operation(place, r.Method); c.op == "" {
		s.actsAllTheSame(c, place)
		return nil, s.refuseMethod(place)
	}
	return c, nil
}

// segments splits the path before it is decoded, so that %2F stays part of a name.
func (s *server) segments(r *http.Request) []string {
	path := strings.TrimPrefix(r.URL.EscapedPath(), "/")
	if s.has("trailing-slash") {
		path = strings.TrimSuffix(path, "/")
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if decoded, err := url.PathUnescape(p); err == nil {
			parts[i] = decoded
		}
		if s.has("paths-any-case") && i != 1 {
			parts[i] = lower(parts[i])
		}
	}
	return parts
}

// operation is the documented one, or one that a habit adds.
func (s *server) operation(place, method string) string {
	added := map[string]string{
		"search HEAD": "head-search", "item PATCH": "patch-alias", "item GET": "read-by-path",
	}
	ops := map[string]string{"search HEAD": "searchUser", "item PATCH": "updateUser", "item GET": "searchUser"}
	key := place + " " + method
	if habit := added[key]; habit != "" && s.has(habit) {
		return ops[key]
	}
	return operations()[place][method]
}

func (s *server) allowed(place string) string {
	names := []string{}
	for method := range operations()[place] {
		names = append(names, method)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (s *server) options(r *http.Request, place string) *answer {
	if r.Method != http.MethodOptions || !s.has("options-answered") {
		return nil
	}
	return &answer{status: 204, header: map[string]string{"Allow": s.allowed(place) + ", OPTIONS"}}
}

func (s *server) refuseMethod(place string) *answer {
	if s.has("methods-unknown") {
		return s.fail(404, "There is nothing here.")
	}
	a := s.fail(405, "That cannot be done here.")
	a.header = map[string]string{"Allow": s.allowed(place)}
	return a
}
