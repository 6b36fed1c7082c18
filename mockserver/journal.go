package mockserver

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/mockserver/engine"
)

// journalSize bounds a world's journal: the newest requests are kept.
const journalSize = 500

// longRequest is from where a request's line is not kept as it came, in bytes.
const longRequest = 1024

// entry is what the journal keeps of a request.
type entry struct {
	ID        int64        `json:"id"`
	At        time.Time    `json:"at"`
	Contract  string       `json:"contract"`
	Operation string       `json:"operation,omitempty"`
	Method    string       `json:"method"`
	Path      string       `json:"path"`
	Status    int          `json:"status"`
	Micros    int64        `json:"micros"`
	Trace     engine.Trace `json:"trace"`

	began   time.Time
	journal *journal
	steps   [8]engine.Step // what most calls need, so that a trace costs no allocation
}

// journal is a ring of the last requests of one world. An entry that falls out of
// the ring is used again: the ring is the only one who holds it.
type journal struct {
	mu     sync.Mutex
	ring   []*entry
	oldest int // of a full ring
	spare  []*entry
	next   atomic.Int64
}

func newJournal() *journal { return &journal{} }

func (j *journal) begin(q *http.Request, contract string, now time.Time) *entry {
	e, method, path := j.blank(), q.Method, q.URL.Path
	if len(q.RequestURI)+len(method) > longRequest { // both may be cut out of it
		method, path = strings.Clone(engine.Clip(method, longRequest)), strings.Clone(engine.Clip(path, longRequest))
	}
	*e = entry{ID: j.next.Add(1), At: now, Contract: contract, Method: method, Path: path, began: time.Now(), journal: j}
	e.Trace.Steps = e.steps[:0]
	return e
}

func (j *journal) blank() *entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	if n := len(j.spare); n > 0 {
		e := j.spare[n-1]
		j.spare = j.spare[:n-1]
		return e
	}
	return &entry{}
}

// end closes the entry and puts it into the journal; the caller lets go of it.
func (e *entry) end(status int) {
	e.Status, e.Micros = status, time.Since(e.began).Microseconds()
	j := e.journal
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.ring) < journalSize {
		j.ring = append(j.ring, e)
		return
	}
	j.spare = append(j.spare, j.ring[j.oldest])
	j.ring[j.oldest] = e
	j.oldest = (j.oldest + 1) % journalSize
}

// entries gives copies of the kept requests, the oldest first.
func (j *journal) entries() []entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := make([]entry, 0, len(j.ring))
	for _, e := range slices.Concat(j.ring[j.oldest:], j.ring[:j.oldest]) {
		c := *e
		c.Trace.Steps = slices.Clone(e.Trace.Steps)
		all = append(all, c)
	}
	return all
}

func (j *journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ring, j.oldest = nil, 0
}
