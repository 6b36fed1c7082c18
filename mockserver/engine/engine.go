// Package engine carries out one call of a plan: stage by stage, then the
// operation in one transaction, then the answer. It alone looks at active defects:
// the functions of a table ask Holds, and the router asks Serves.
//
// It is no API: it serves the packages beside it, and may change with any version.
package engine

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/query"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// Engine runs the calls of one API.
type Engine struct {
	// Declares is for tests: a requirement that is asked about and of which it says no is a panic, see declared
	Declares func(requirement string, op defect.Op) bool

	plan     *behavior.Plan
	active   *defect.Active
	cache    query.Cache
	upToDate atomic.Pointer[settledDay]
	runs     sync.Pool // of *run
	first    sync.Map  // by a "fixed" defect: the answer that it gives for ever
	told     sync.Map  // by a told key: what a "mixed" or "shared" defect has of an answer before
}

// New makes an engine that carries out the calls of a plan, with defects.
func New(plan *behavior.Plan, defects ...defect.Defect) *Engine {
	return &Engine{plan: plan, active: defect.NewActive(defects...)}
}

// Request is a call as it came in.
type Request struct {
	HTTP      *http.Request
	Body      []byte
	State     *store.State
	Operation *behavior.CompiledOperation // nil when no route matched
	Path      behavior.Params
	Miss      *behavior.Refusal // why there is no operation: 404 or 405
	Open      bool              // the path is open to all, whatever the method
	Now       time.Time
	Born      time.Time // of the world's clock when the world began
	Seed      uint64
	Server    behavior.Server
	Scratch   []byte    // see behavior.Answer.Borrowed
	NoAuth    bool      // every caller is the guest
	Unchanged Unchanged // nil: the call writes whatever the record has become
	Trace     *Trace
}

// Unchanged tells whether what an operation reads of a record now is what the caller of
// another one has seen of it.
type Unchanged func(read *behavior.CompiledOperation, now behavior.Answer) bool

// Trace is what the journal tells of a call: the stages it went through and the
// rules that were asked, with their verdicts.
type Trace struct {
	Steps []Step `json:"steps"`
}

// Step is one stage or rule and what it said.
type Step struct {
	Name    string `json:"name"`
	Verdict string `json:"verdict"`
}

func (t *Trace) add(name, verdict string) {
	if t != nil {
		t.Steps = append(t.Steps, Step{name, Clip(verdict, mostSaid)})
	}
}

// run is the state of one call.
type run struct {
	*Engine
	Request
	call    behavior.Call
	writes  []written         // kept for "neighbour" and "lose" defects only
	pending *behavior.Refusal // refused, but a "dirty" defect goes on
	said    document          // the header of a refusal, whose memory is used again
	members map[string]string // that were sent, as well
	change  rule.Change       // that is asked about; its Holds is made once
	named   string            // the id that the path gives to a record that is made; "" where the server makes it
}

// errStop drops a transaction whose call was refused.
var errStop = errors.New("refused")

// Do carries out the call. It always has an answer.
func (e *Engine) Do(q Request) behavior.Answer {
	e.Tick(q.State, q.Now)
	r := e.begin(q)
	if len(r.defects(defect.Frozen)) > 0 {
		r.call.Now = q.Born
	}
	answer := r.shared(r.unfound(r.mixed(r.fixed(r.broken(r.answer())))))
	e.end(r)
	return answer
}

// Refuse answers a call that comes to no stage, in the shape of the contract's own
// refusals: its body could not be read, or its world does not exist.
func (e *Engine) Refuse(q Request, ref *behavior.Refusal) behavior.Answer {
	r := e.begin(q)
	answer := r.render(ref)
	e.end(r)
	return answer
}

func (e *Engine) begin(q Request) *run {
	r, used := e.runs.Get().(*run)
	if !used {
		r = new(run)
		r.change.Holds, r.members = r.holds, map[string]string{}
	}
	r.Engine, r.Request = e, q
	r.call = behavior.Call{
		Request: q.HTTP, Path: q.Path, Body: q.Body, State: q.State.View(), Now: q.Now, Born: q.Born, Seed: q.Seed,
		Cache: &e.cache, Host: r, Server: q.Server, Scratch: q.Scratch,
	}
	if q.Operation != nil {
		r.call.Operation = q.Operation.Contract
	}
	return r
}

// maxKept is how long a body may be whose map of members is used again, in bytes.
const maxKept = 16 << 10

// end puts the state of a call aside for the next one; nobody may hold it then. A call
// that panics keeps its own.
func (e *Engine) end(r *run) {
	if clear(r.members); len(r.call.Body) > maxKept {
		r.members = map[string]string{} // it may have room for more than most need
	}
	*r = run{change: rule.Change{Holds: r.change.Holds}, said: r.said, members: r.members}
	e.runs.Put(r)
}

func (r *run) answer() behavior.Answer {
	for _, s := range r.plan.API.Stages {
		if ref := r.pass(s); ref != nil {
			r.Trace.add(string(s), "refused")
			return r.render(ref)
		}
	}
	if r.Operation == nil {
		return r.render(r.Miss)
	}
	answer, ref := r.act()
	if ref != nil {
		return r.render(ref)
	}
	if r.pending != nil {
		return r.render(r.pending)
	}
	if r.Operation.Suit != nil {
		return r.Operation.Suit(&r.call, answer)
	}
	return answer
}

// pass goes through one stage and gives the refusal that stands. The type of a body is
// asked for first and by itself: a defect that takes any still reads the body.
func (r *run) pass(s behavior.Stage) *behavior.Refusal {
	if s == behavior.Validate && r.Operation != nil {
		if ref := r.media(); ref != nil && r.refuse(ref) {
			return ref
		}
	}
	ref := r.stage(s)
	if ref != nil && r.refuse(ref) {
		return ref
	}
	if ref == nil {
		r.Trace.add(string(s), "ok")
	}
	return nil
}

func (r *run) stage(s behavior.Stage) *behavior.Refusal {
	switch s {
	case behavior.Route:
		return r.Miss
	case behavior.Authenticate:
		return r.authenticate()
	case behavior.Authorize:
		if r.Operation != nil && r.Operation.Contract.Secured && r.plan.API.Authorize != nil {
			return r.plan.API.Authorize(&r.call, r.Operation.Operation)
		}
	case behavior.Validate:
		if r.Operation != nil {
			return r.validate()
		}
	}
	return nil
}

func (r *run) authenticate() *behavior.Refusal {
	if r.Open || r.Operation != nil && !r.Operation.Contract.Secured {
		return nil
	}
	if r.NoAuth || len(r.defects(defect.Open)) > 0 {
		r.call.Actor = r.plan.API.Guest(&r.call)
		return nil
	}
	actor, ref := r.plan.API.Authenticate(&r.call)
	if actor == nil {
		actor = r.plan.API.Guest(&r.call)
	}
	r.call.Actor = actor
	return ref
}

// refuse is the one place in which a request is refused: true stops the call.
// Here every refusal gets its three defects.
func (r *run) refuse(ref *behavior.Refusal) bool {
	if ref.Status == 0 {
		if req, ok := r.plan.Contract.Requirement(ref.Requirement); ok {
			ref.Status = req.Expect.Status
		}
	}
	r.declared(ref.Requirement, defect.Code)
	if r.active.Any() && ref.Requirement != "" {
		if _, omit := r.broke(ref.Requirement, defect.Omit); omit || r.acceptedForMember(ref) {
			return false
		}
		if _, code := r.broke(ref.Requirement, defect.Code); code {
			ref.Status = r.wrongCode(ref)
		}
		if _, dirty := r.broke(ref.Requirement, defect.Dirty); dirty || r.dirty(ref) {
			if r.pending == nil {
				r.pending = ref
			}
			return false
		}
	}
	return true
}

func (r *run) render(ref *behavior.Refusal) behavior.Answer {
	if ref.Status == 0 {
		ref.Status = http.StatusInternalServerError
	}
	r.Trace.add("refusal "+ref.Requirement, ref.Message)
	a := r.plan.API.Render(&r.call, ref)
	if a.Header = a.Header.Clone(); a.Header == nil {
		a.Header = make(http.Header, 1)
	}
	a.Header[RefusalHeader] = []string{r.header(ref)}
	return a
}

// mostSaid bounds what the journal and the header repeat of a request, in bytes.
const mostSaid = 500

// Clip shortens a text that is longer than most bytes, in bytes of its own: what is
// kept of a request keeps no megabyte in memory.
func Clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// RefusalHeader tells of a refusal what the contract's own error shape has no
// room for: where, by which requirement or schema line, and what to do.
const RefusalHeader = "Rollcall-Refusal"

func (r *run) header(ref *behavior.Refusal) string {
	d := &r.said
	d.b = append(d.b[:0], '{')
	text := func(name, value string) {
		if value != "" {
			d.add(name, "")
			d.b = rule.AppendText(d.b, value)
		}
	}
	number := func(name string, n int) {
		if n != 0 {
			d.add(name, "")
			d.b = strconv.AppendInt(d.b, int64(n), 10)
		}
	}
	text("requirement", cmp.Or(ref.Told, ref.Requirement))
	text("in", ref.In)
	text("pointer", Clip(ref.Pointer, mostSaid))
	text("keyword", ref.Keyword)
	number("openapi_line", ref.Line)
	number("more_violations", max(len(ref.Violations)-1, 0))
	text("hint", Clip(ref.Hint, mostSaid))
	d.b = append(d.b, '}')
	return string(d.b)
}

// act runs the operation, in a transaction when it writes.
func (r *run) act() (answer behavior.Answer, ref *behavior.Refusal) {
	if !r.Operation.Verb.Writes() {
		if len(r.defects(defect.Stale)) > 0 {
			r.call.State = r.State.ViewBefore()
		}
		defer r.touch()
		return r.verb()
	}
	if r.State.Lasting() {
		return r.actLasting()
	}
	err := r.State.Update(func(tx *store.Tx) error {
		answer, ref = r.transact(tx)
		return r.kept(ref)
	})
	if err != nil {
		r.Trace.add("transaction", "dropped")
	}
	return answer, ref
}

// transact carries the operation out in a transaction.
func (r *run) transact(tx *store.Tx) (answer behavior.Answer, ref *behavior.Refusal) {
	r.call.Tx = tx
	r.call.State = tx.Snapshot
	if ref = r.outdated(); ref != nil {
		return answer, ref
	}
	if answer, ref = r.verb(); ref == nil {
		r.neighbour()
	}
	return answer, ref
}

// kept drops a transaction that was refused, or that a defect loses.
func (r *run) kept(ref *behavior.Refusal) error {
	if ref != nil || r.lost() {
		return errStop
	}
	return nil
}
