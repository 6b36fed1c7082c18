package mockserver

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/engine"
	"rollcall/mockserver/internal/console"
	"rollcall/mockserver/internal/journal"
)

// ServeHTTP answers one request. A panic below becomes a 500 that shows nothing
// of the inside; the log has it under the journal's id.
func (s *Server) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.Host == "" { // HTTP/1.0 need not say it, and the links of answers begin with it
		if at, ok := q.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
			q.Host = at.String()
		}
	}
	if s.config.TrustProxy {
		q = forwarded(q)
	}
	if s.zipped != nil && q.Header["Accept-Encoding"] != nil && q.URL.Path != admin.EventsPath {
		s.zipped.ServeHTTP(w, q)
		return
	}
	s.plainly(w, q)
}

// plainly answers without compressing.
func (s *Server) plainly(w http.ResponseWriter, q *http.Request) {
	if q.Header["Origin"] != nil { // only browsers send it, and only they are asked what a page may do
		s.origins.serve(w, q, s.outside(q), s.serve)
		return
	}
	s.serve(w, q)
}

// serve hands a request to the control API, or to the contract and world that it names.
func (s *Server) serve(w http.ResponseWriter, q *http.Request) {
	if isControl(q) {
		s.control(w, q)
		return
	}
	if s.document(w, q) || s.tokenFor(w, q) {
		return
	}
	c, refusal := s.addressed(q)
	began := s.config.Now()
	c.now = c.world.at(began)
	q, u, m := c.http, c.world, c.mount
	switch {
	case m == nil:
		c.entry = u.journal.Begin(q, "", began, c.now)
		answer := plain(http.StatusNotFound, "no contract is served here; the ready line and "+admin.Prefix+"/health list them")
		s.write(w, q, answer)
		c.entry.End(c.exchange(w, nil, answer))
	case refusal != nil:
		c.entry = &journal.Entry{}
		s.write(w, q, c.refuse(refusal))
	default:
		if ref := c.atLeast(); ref != nil {
			c.entry = &journal.Entry{}
			s.write(w, q, c.refuse(ref))
			return
		}
		c.entry = u.journal.Begin(q, m.name, began, c.now)
		c.serve(w)
	}
}

// addressed finds the world and the contract that a request is for, nil where none is served
// there, and what it is answered with where it names no world, several, or one that can't be known.
func (s *Server) addressed(q *http.Request) (c call, refusal *behavior.Refusal) {
	s.enter()
	defer s.leave()
	refusal = oneWorld(q)
	u, q, unknown, lost := s.world(q)
	switch {
	case refusal != nil:
	case lost != nil:
		refusal = engine.Unavailable(lost)
	case unknown != "":
		refusal = s.unknownWorld(unknown)
	}
	m, q, _ := s.mount(q)
	return call{server: s, http: q, world: u, mount: m}, refusal
}

// control hands a request to the control API, or to the pages beside it.
func (s *Server) control(w http.ResponseWriter, q *http.Request) {
	alone(w.Header())
	if q.URL.Path == admin.EventsPath { // it is listened to for long, and only a world is looked for
		s.admin.ServeHTTP(w, q)
		return
	}
	s.attend()
	defer s.part()
	if !console.Serves(q.URL.Path) {
		s.admin.ServeHTTP(w, q)
		return
	}
	pages, err := s.console()
	if err != nil {
		s.config.Log.Error("a bug of ours", "pages", err.Error())
		http.Error(w, "the pages could not be made; the log says why", http.StatusInternalServerError)
		return
	}
	pages.ServeHTTP(w, q)
}

// call is one request of a contract that is served, in the order of its methods: serve,
// answer, engineRequest; refuse and crash where it ends early.
type call struct {
	server *Server
	http   *http.Request // without the prefixes of world and contract
	world  *world
	mount  *mount
	now    time.Time // by the world's clock, which is asked once
	entry  *journal.Entry
}

// maxScratch bounds what is kept of a large answer's buffer, in bytes.
const maxScratch = 256 << 10

// firstScratch is what most answers and documents need, in bytes.
const firstScratch = 4 << 10

func scratchPool() sync.Pool {
	return sync.Pool{New: func() any { b := make([]byte, 0, firstScratch); return &b }}
}

// serve reads the body, writes the answer and notes both in journal and coverage.
func (c call) serve(w http.ResponseWriter) {
	s := c.server
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler { //nolint:errorlint // it is the server's own word, as it was given
				panic(p)
			}
			s.config.Log.Error("a bug of ours", "journal", c.entry.ID, "panic", fmt.Sprint(p), "path", c.http.URL.Path)
			answer := c.crash()
			s.write(w, c.http, answer)
			c.entry.End(c.exchange(w, nil, answer))
		}
	}()
	scratch := s.scratch.Get().(*[]byte)
	body, refusal := readBody(c.http)
	f := c.forced()
	f.before(w, c.http)
	var answer behavior.Answer
	switch {
	case refusal != nil:
		answer = c.refuse(refusal)
	case f.answer != nil:
		answer = *f.answer
	case c.repeated():
		answer = c.once(body, func() behavior.Answer { return c.answer(body, *scratch) })
	default:
		answer = c.answer(body, *scratch)
	}
	c.covered(answer.Status, f.answer != nil)
	answer = tagged(c.http, s.variant.without(c.mount.plan.API.Forbids).answer(answer))
	c.told(w.Header())
	abort := c.write(w, &f, answer)
	c.note(w, body, answer)
	if answer.Borrowed && cap(answer.Body) <= maxScratch {
		*scratch = answer.Body
	}
	s.scratch.Put(scratch)
	if abort {
		panic(http.ErrAbortHandler)
	}
}

// note tells the journal, and the log where it wants to know; the entry is gone then.
func (c call) note(w http.ResponseWriter, body []byte, answer behavior.Answer) {
	log := c.server.config.Log
	if log.Enabled(c.http.Context(), slog.LevelDebug) {
		log.Debug("request", "journal", c.entry.ID, "world", c.world.id, "operation", c.entry.Operation, "status", answer.Status)
	}
	c.entry.End(c.exchange(w, body, answer))
}

func (c call) exchange(w http.ResponseWriter, body []byte, answer behavior.Answer) journal.Exchange {
	return journal.Exchange{Request: c.http, Body: body, Status: answer.Status, Header: w.Header(), Answer: answer.Body,
		Ended: c.server.config.Now()}
}

// answer finds the operation and has the engine carry it out.
func (c call) answer(body, scratch []byte) behavior.Answer {
	c.server.enter()
	defer c.server.leave()
	if r := c.server.reloads; r != nil {
		c.mount, c.entry.Plan = c.server.newest(c.mount), r.number
	}
	op, params, miss := c.mount.find(c.http.Method, c.http.URL)
	if miss != nil && miss.Status == http.StatusNoContent {
		return behavior.Answer{Status: http.StatusNoContent, Header: miss.Header}
	}
	if op != nil {
		c.entry.Operation = op.ID
	}
	request := c.engineRequest(op, params)
	request.Body, request.Scratch, request.Miss, request.Open = body, scratch, miss, miss != nil && c.mount.open(c.http.URL)
	request.Unchanged = c.unchanged()
	answer := c.mount.engine.Do(request)
	if op == nil {
		return answer
	}
	answer.Single = answer.Status == http.StatusOK && single(op.Contract)
	if c.server.variant.on("absent-nulls") {
		answer.Body = withoutNulls(op.Contract, answer)
	}
	return answer
}

// rewritten is an answer as the variants of the mock write it.
func (c call) rewritten(op *behavior.CompiledOperation, a behavior.Answer) behavior.Answer {
	if c.server.variant.on("absent-nulls") {
		a.Body = withoutNulls(op.Contract, a)
	}
	return c.server.variant.without(c.mount.plan.API.Forbids).answer(a)
}

// engineRequest is the call as the engine is told of it, as far as it is known before the
// body.
func (c call) engineRequest(op *behavior.CompiledOperation, params behavior.Params) engine.Request {
	config := &c.server.config
	return engine.Request{
		HTTP: c.http, State: c.world.states[c.mount.state()], Operation: op, Path: params, Now: c.now,
		Born: c.world.start(),
		Seed: config.Seed, Server: c.world, NoAuth: config.NoAuth, Trace: &c.entry.Trace,
	}
}

// refuse answers for the contract what it does not get to see.
func (c call) refuse(ref *behavior.Refusal) behavior.Answer {
	c.server.enter()
	defer c.server.leave()
	if c.server.reloads != nil {
		c.mount = c.server.newest(c.mount)
	}
	op, params, _ := c.mount.find(c.http.Method, c.http.URL)
	if op != nil {
		c.entry.Operation = op.ID
	}
	return c.mount.engine.Refuse(c.engineRequest(op, params), ref)
}

// crash answers for a bug of ours, in the contract's shape as far as that is not
// the bug.
func (c call) crash() (a behavior.Answer) {
	message := fmt.Sprintf("internal error; the log has it under journal id %d", c.entry.ID)
	defer func() {
		if recover() != nil {
			a = plain(http.StatusInternalServerError, message)
		}
	}()
	return c.refuse(&behavior.Refusal{Status: http.StatusInternalServerError, Message: message, Hint: "report it"})
}
