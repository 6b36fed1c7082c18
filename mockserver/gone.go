package mockserver

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/behavior"
)

// mostGone bounds how many worlds are remembered that are no more, the last ones.
const mostGone = 1000

// goneWorlds says of worlds that are no more why. Whoever uses it holds the lock of the server.
type goneWorlds struct {
	why   map[string]string
	order []string
}

// bury takes a world out of those that there are, and remembers why. What was covered in it
// still counts. Who calls it holds the lock.
func (s *Server) bury(u *world, why string) {
	delete(s.worlds, u.id)
	s.coverage.add(&u.coverage)
	g := &s.gone
	if g.why == nil {
		g.why = map[string]string{}
	}
	g.why[u.id], g.order = why, append(g.order, u.id)
	if len(g.order) <= mostGone {
		return
	}
	oldest := g.order[0]
	g.order = g.order[1:]
	delete(g.why, oldest)
	if s.worlds[oldest] == nil {
		s.minted.drop(oldest)
	}
}

// Gone says why a world is no more, "" for one that never was. A number that was given out
// is a world's that is gone, even when there is no memory of why.
func (s *Server) Gone(id string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.worlds[id] != nil {
		return ""
	}
	if why, ok := s.gone.why[id]; ok {
		return fmt.Sprintf("the world %.80q %s", id, why)
	}
	if n, err := strconv.Atoi(id[min(1, len(id)):]); err == nil && generatedID.MatchString(id) && 0 < n && n <= s.nextID {
		return fmt.Sprintf("the world %.80q is gone: it expired or was deleted, too long ago to say", id)
	}
	return ""
}

func (cfg *Config) expired(lastUsed time.Time) string {
	return fmt.Sprintf("expired at %s, after nobody had used it for %s", told(lastUsed.Add(cfg.WorldIdle)), cfg.WorldIdle)
}

func (cfg *Config) deleted() string { return "was deleted at " + told(cfg.Now()) }

func told(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// unknownWorld is what a request is answered with that names a world which is not there: 410
// where there was one, else 404.
func (s *Server) unknownWorld(id string) *behavior.Refusal {
	ref := &behavior.Refusal{Status: http.StatusGone, In: "header", Pointer: "/" + WorldHeader, Message: s.Gone(id)}
	if ref.Message == "" {
		ref.Status, ref.Message = http.StatusNotFound, fmt.Sprintf("there is no world %.80q", id)
	}
	ref.Message += "; POST " + admin.Prefix + "/worlds makes one, GET lists them"
	ref.Hint = ref.Message // not every contract has a place for words in its refusals
	return ref
}
