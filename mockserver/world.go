package mockserver

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/internal/fault"
	"rollcall/mockserver/internal/journal"
	"rollcall/mockserver/store"
	"rollcall/specs/target"
)

// WorldHeader chooses the world of a request.
const WorldHeader = target.WorldHeader

const defaultWorld = "default"

// world is one world of the server: state of every contract, clock, limits
// and journal.
type world struct {
	id       string
	server   *Server
	states   map[string]*store.State
	clock    clock
	born     atomic.Int64 // Unix time of its clock when it began; 0: not yet
	used     atomic.Int64 // when somebody last asked for it, in Unix nanoseconds of the server
	journal  *journal.Journal
	faults   fault.Set
	coverage coverage
	replays  replays
	kept     *admin.Snapshot // nil: it is no snapshot, and may expire
	lasting  *durable.World  // nil: it is in memory alone

	mu    sync.Mutex
	spent map[string][]time.Time // calls of the last minute, by credential
}

func (u *world) fork(s *Server, id string) *world {
	f := &world{id: id, server: s, states: make(map[string]*store.State, len(u.states)),
		journal: s.journalOf(id)}
	for name, w := range u.states {
		f.states[name] = w.Fork()
	}
	f.clock.set.Store(u.clock.set.Load())
	f.born.Store(u.birth(s.config.Now))
	f.touch()
	return f
}

// touch notes that somebody asks for the world. The default one is always kept.
func (u *world) touch() {
	if u.id != defaultWorld {
		u.used.Store(u.server.config.Now().UnixNano())
	}
}

// birth gives the Unix time at which a world that is made of this one began: when
// this one did, or now when this is the state as generated, which is on no day.
func (u *world) birth(base func() time.Time) int64 {
	if born := u.born.Load(); born != 0 {
		return born
	}
	return u.now(base).Unix()
}

func (u *world) now(base func() time.Time) time.Time {
	return u.at(base())
}

// start is the time of its clock when it began.
func (u *world) start() time.Time { return time.Unix(u.born.Load(), 0).UTC() }

// Variant tells whether a variant is on.
func (u *world) Variant(name string) bool { return u.server.variant.on(name) }

// Spend counts a call of a credential in a sliding minute; it gives how long to
// wait, 0 when the call is within the limit.
func (u *world) Spend(credential string, perMinute int, now time.Time) (wait time.Duration) {
	if u.lasting != nil {
		return u.spendLasting(credential, perMinute, now)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.spent == nil {
		u.spent = map[string][]time.Time{}
	}
	u.spent[credential], wait = spend(u.spent[credential], perMinute, now)
	return wait
}

// spend counts a call among those of the last minute.
func spend(recent []time.Time, perMinute int, now time.Time) (still []time.Time, wait time.Duration) {
	for len(recent) > 0 && (now.Sub(recent[0]) >= time.Minute || recent[0].After(now)) { // the clock may have been put back
		recent = recent[1:]
	}
	if len(recent) >= perMinute {
		return recent, recent[0].Add(time.Minute).Sub(now)
	}
	return append(recent, now), 0
}

// worldOfPath is the world that a path names, if it does.
func worldOfPath(q *http.Request) (id string, ok bool) {
	path, ok := strings.CutPrefix(q.URL.Path, admin.WorldPrefix)
	if ok {
		id, _, _ = strings.Cut(path, "/")
	}
	return id, ok
}

// oneWorld refuses a request that names several worlds: whichever was taken, the other was meant, too.
func oneWorld(q *http.Request) *behavior.Refusal {
	named := q.Header[WorldHeader]
	if len(named) == 0 {
		return nil
	}
	if id, ok := worldOfPath(q); ok && id != "" {
		named = append([]string{id}, named...)
	}
	for _, id := range named[1:] {
		if id == named[0] || id == "" {
			continue
		}
		ref := &behavior.Refusal{Status: http.StatusBadRequest, In: "header", Pointer: "/" + WorldHeader,
			Message: fmt.Sprintf("the call names the worlds %.80q and %.80q; name one, in one %s or in the path", named[0], id,
				WorldHeader)}
		ref.Hint = ref.Message // not every contract has a place for words in its refusals
		return ref
	}
	return nil
}

// world finds the world of a request: by header, else by the path prefix /__worlds/{id},
// else by a credential that was made for it, else the default one. Where there is none of
// that id, it is given with the default one; lost is why it can't be read as it is now.
func (s *Server) world(q *http.Request) (u *world, rest *http.Request, unknown string, lost *store.Unavailable) {
	id := q.Header.Get(WorldHeader)
	if named, ok := worldOfPath(q); ok {
		id, q = named, strip(q, admin.WorldPrefix+named)
	}
	if s.book != nil {
		return s.lastingWorld(q, id)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(s.minted.by) > 0 {
		named, as := s.minted.selected(q)
		q, id = as, cmp.Or(id, named)
	}
	id = cmp.Or(id, defaultWorld)
	u, ok := s.worlds[id]
	if !ok {
		return s.worlds[defaultWorld], q, id, nil
	}
	u.touch()
	return u, q, "", nil
}
