package council

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// server is the whole product: its records, its clock and what is switched on.
type server struct {
	mu      sync.Mutex
	active  map[string]bool
	stores  map[string][]*record
	gone    map[string]bool // ids that were deleted
	serial  int
	reads   int
	last    time.Time
	hits    map[string][]time.Time
	replays map[string]*reply
	cached  map[string]*record // what a fault keeps showing, by where and id
	seats   int                // asked for without a plan for it
	viewer  string             // the role of who calls
}

func newServer(active []string) *server {
	s := &server{active: map[string]bool{}, stores: map[string][]*record{}, gone: map[string]bool{},
		hits: map[string][]time.Time{}, replays: map[string]*reply{}, cached: map[string]*record{}}
	names := known()
	for _, name := range active {
		if !names[name] {
			panic("council: no habit or fault is named " + name)
		}
		s.active[name] = true
	}
	s.seed()
	return s
}

func (s *server) on(name string) bool { return s.active[name] }

// any says whether one of these is on.
func (s *server) any(names ...string) bool { return slices.ContainsFunc(names, s.on) }

// fault says whether this kind has this fault.
func (s *server) fault(k *kind, name string) bool { return s.active[k.name+"-"+name] }

// call is one request on its way.
type call struct {
	s    *server
	r    *http.Request
	k    *kind
	op   string
	id   string
	raw  []byte
	who  *caller
	body map[string]any
	rec  *record
}

// reply is what becomes of it; body is nil where there is none.
type reply struct {
	status int
	header map[string]string
	body   any
	wrong  *problem
}

const mostBytes = 1 << 20

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(io.LimitReader(r.Body, mostBytes))
	if s.on("slow") {
		time.Sleep(5 * time.Millisecond)
	}
	s.mu.Lock()
	rep := s.answer(&call{s: s, r: r, raw: raw})
	body, media := s.render(rep)
	s.mu.Unlock()
	s.send(w, r, rep, body, media)
}

// answer finds the operation and goes through it, once only for one idempotency key.
func (s *server) answer(c *call) *reply {
	if rep := c.route(); rep != nil {
		return rep
	}
	mark := c.r.Header.Get("Idempotency-Key")
	if mark == "" || !s.on("idempotency-keys") {
		return c.run()
	}
	mark = strings.Join([]string{c.r.Method, c.r.URL.Path, c.credential(), mark}, " ")
	if s.replays[mark] == nil {
		s.replays[mark] = c.run()
	}
	return s.replays[mark]
}

// verb is one operation of a shape of path: when it needs one of these habits, and unless
// takes it away.
type verb struct {
	shape, method, op string
	when, unless      []string
	kinds             []string
}

func verbs() []verb {
	return []verb{
		{shape: "list", method: "GET", op: "list"},
		{shape: "list", method: "POST", op: "create"},
		{shape: "item", method: "GET", op: "get", kinds: []string{"ward", "category"}},
		{shape: "item", method: "PATCH", op: "update", unless: []string{"updates-by-put", "updates-by-post"}},
		{shape: "suggest", method: "GET", op: "suggest", unless: []string{"suggest-by-post"}},
		{shape: "item", method: "PUT", op: "update", when: []string{"updates-by-put", "updates-by-both"}},
		{shape: "item", method: "POST", op: "update", when: []string{"updates-by-post"}},
		{shape: "suggest", method: "POST", op: "suggest", when: []string{"suggest-by-post", "suggest-by-both"}},
		{shape: "item", method: "GET", op: "get", when: []string{"users-one-by-one"}, kinds: []string{"user"}},
		{shape: "item", method: "DELETE", op: "delete", when: []string{"deletes"}},
		{shape: "list", method: "HEAD", op: "list", when: []string{"heads"}},
		{shape: "item", method: "HEAD", op: "get", when: []string{"heads"}, kinds: []string{"ward", "category"}},
	}
}

func (v verb) holds(s *server, k *kind, shape string) bool {
	return v.shape == shape && (len(v.kinds) == 0 || slices.Contains(v.kinds, k.name)) &&
		(len(v.when) == 0 || s.any(v.when...)) && !s.any(v.unless...)
}

// route reads the path and the method into the call.
func (c *call) route() *reply {
	shape := c.place()
	if shape == "" {
		return fail(404, "NOT_FOUND", "There is nothing at this address")
	}
	var allowed []string
	for _, v := range verbs() {
		if !v.holds(c.s, c.k, shape) {
			continue
		}
		allowed = append(allowed, v.method)
		if v.method == c.r.Method {
			c.op = v.op
			return nil
		}
	}
	c.actsAllTheSame(shape)
	return c.wrongMethod(strings.Join(allowed, ", "))
}

// place splits the path; the literal "suggest" goes before an id.
func (c *call) place() string {
	parts := strings.Split(strings.TrimPrefix(c.r.URL.Path, "/"), "/")
	if len(parts) < 2 || len(parts) > 3 || parts[0] != "api" || parts[len(parts)-1] == "" {
		return ""
	}
	at := slices.IndexFunc(kinds(), func(k *kind) bool { return k.path == parts[1] })
	if at < 0 {
		return ""
	}
	c.k = kinds()[at]
	if len(parts) == 2 {
		return "list"
	}
	c.id = parts[2]
	if c.k.name == categories().name && c.id == "suggest" {
		return "suggest"
	}
	return "item"
}

func (c *call) wrongMethod(allowed string) *reply {
	if c.r.Method == "OPTIONS" && c.s.on("options") {
		return &reply{status: 204, header: map[string]string{"Allow": allowed + ", OPTIONS",
			"Access-Control-Allow-Methods": allowed, "Access-Control-Allow-Origin": "*"}}
	}
	status := 405
	for name, other := range map[string]int{"methods-404": 404, "methods-501": 501} {
		if c.s.on(name) {
			status = other
		}
	}
	rep := fail(status, "METHOD_NOT_ALLOWED", "This method is not served here")
	rep.header = map[string]string{"Allow": allowed}
	return rep
}
