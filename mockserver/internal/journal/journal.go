// Package journal remembers what a world was asked and what it answered, and tells it
// without secrets.
//
// It is no API: it serves the packages beside it, and may change with any version.
package journal

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/mockserver/engine"
)

// DefaultSize is how many requests of a world are kept, the newest, where nothing else is said.
const DefaultSize = 500

// longRequest is from where a request's line is not kept as it came, in bytes.
const longRequest = 1024

// Entry is what the journal keeps of a request while it is being answered.
type Entry struct {
	ID        int64
	Contract  string
	Operation string // "" for a path or method of no operation
	Plan      int    // the number of the plan that answered, where contracts are read anew; else 0
	Forced    string // the fault or preference that made the answer; "" where the contract did
	Trace     engine.Trace

	at           time.Time
	began        time.Time
	method, path string
	status       int
	micros       int64
	from, length int64 // of the rest, in the journal's bytes
	journal      *Journal
	steps        [8]engine.Step // what most calls need, so that a trace costs no allocation
}

// Journal is a ring of the last requests of one world. An entry that falls out of
// the ring is used again: the ring is the only one who holds it.
type Journal struct {
	mu     sync.Mutex
	size   int
	ring   []*Entry
	oldest int // of a full ring
	spare  []*Entry
	next   atomic.Int64
	bytes  bytesRing
	texts  sync.Pool // of *[]byte, so that an exchange is put together before the lock is taken
	world  string
	live   *Listeners
}

// New makes a journal of so many requests of a world; with less than one nothing is kept.
// Who listens is told of each.
func New(size int, world string, live *Listeners) *Journal {
	return &Journal{size: size, world: world, live: live}
}

// Begin opens an entry: the request without the prefixes of world and contract, when it
// came by the server's clock, and by the world's.
func (j *Journal) Begin(q *http.Request, contract string, began, now time.Time) *Entry {
	e, method, path := j.blank(), q.Method, q.URL.Path
	if len(q.RequestURI)+len(method) > longRequest { // both may be cut out of it
		method, path = strings.Clone(engine.Clip(method, longRequest)), strings.Clone(engine.Clip(path, longRequest))
	}
	*e = Entry{ID: j.next.Add(1), at: now, Contract: contract, method: method, path: path, began: began, journal: j}
	e.Trace.Steps = e.steps[:0]
	return e
}

func (j *Journal) blank() *Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	if n := len(j.spare); n > 0 {
		e := j.spare[n-1]
		j.spare = j.spare[:n-1]
		return e
	}
	return &Entry{}
}

// End closes the entry and puts it into the journal; the caller lets go of it.
func (e *Entry) End(x Exchange) {
	e.status, e.micros = x.Status, x.Ended.Sub(e.began).Microseconds()
	j := e.journal
	if j == nil || j.size < 1 {
		return
	}
	text, _ := j.texts.Get().(*[]byte)
	if text == nil {
		text = new([]byte)
	}
	*text = appendExchange((*text)[:0], x)
	defer j.texts.Put(text)
	j.mu.Lock()
	defer j.mu.Unlock()
	e.from, e.length = j.bytes.write(*text), int64(len(*text))
	j.live.tell(j.world, e, *text)
	if len(j.ring) < j.size {
		j.ring = append(j.ring, e)
		return
	}
	j.spare = append(j.spare, j.ring[j.oldest])
	j.ring[j.oldest] = e
	j.oldest = (j.oldest + 1) % j.size
}

// Clear forgets all requests. The numbers of those to come go on.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ring, j.oldest, j.spare, j.bytes = nil, 0, nil, bytesRing{}
}

// kept is a copy of an entry with its bytes.
type kept struct {
	Entry
	bytes []byte
}

// entries gives copies of the kept requests, the oldest first.
func (j *Journal) entries() []kept {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := make([]kept, 0, len(j.ring))
	for _, e := range slices.Concat(j.ring[j.oldest:], j.ring[:j.oldest]) {
		c := kept{*e, slices.Clone(j.bytes.at(e.from, e.length))}
		c.Trace.Steps = slices.Clone(e.Trace.Steps)
		all = append(all, c)
	}
	return all
}
