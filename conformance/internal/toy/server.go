package toy

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Server answers the toy contract, a state for each world. Its faults are named
// by what it does wrong: "dirty", "retype", "no-auth", "lenient" …; it checks
// requests by hand, so that it owes nothing to the packages under test.
type Server struct {
	mutex  sync.Mutex
	faults map[string]bool
	worlds map[string]map[string]map[string]any // world -> id -> thing; "" for who names none
	count  int
	Left   int // worlds that were deleted
}

// NewServer returns a server with these faults.
func NewServer(faults ...string) *Server {
	s := &Server{faults: map[string]bool{}, worlds: map[string]map[string]map[string]any{"": {}}}
	for _, fault := range faults {
		s.faults[fault] = true
	}
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.faults["hang"] && r.Method == "DELETE" && strings.HasPrefix(r.URL.Path, "/things/") ||
		s.faults["hang-writes"] && r.Method != "GET" && !strings.HasPrefix(r.URL.Path, "/worlds") {
		_, _ = io.Copy(io.Discard, r.Body) // a server sees only then that nobody waits any more
		<-r.Context().Done()
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if strings.HasPrefix(r.URL.Path, "/worlds") {
		s.world(w, r)
		return
	}
	things := s.worlds[r.Header.Get("Rollcall-World")]
	id, single := strings.CutPrefix(r.URL.Path, "/things/")
	switch {
	case !single && r.URL.Path != "/things":
		refuse(w, 404)
	case !single && r.Method != "GET" && r.Method != "POST", single && r.Method != "GET" && r.Method != "DELETE":
		if s.faults["method-acts"] {
			delete(things, id)
		}
		refuse(w, s.either("any-method", 200, 405))
	case !s.faults["no-auth"] && !s.letIn(r.Header.Get("Authorization")):
		refuse(w, 401)
	case !single && r.Method == "GET":
		s.list(w, r, things)
	case !single:
		s.create(w, r, things)
	default:
		s.one(w, r, things, id)
	}
}

// letIn says whether a credential opens the service; with a fault, more do than the one.
func (s *Server) letIn(credential string) bool {
	return credential == "Bearer "+Key || s.faults["half-key"] && strings.HasPrefix(credential, "Bearer "+Key[:len(Key)/2]) ||
		s.faults["scheme-alone"] && credential == "Bearer" || s.faults["any-scheme"] && strings.HasPrefix(credential, "Basic ")
}

func (s *Server) world(w http.ResponseWriter, r *http.Request) {
	if r.Method == "DELETE" {
		s.Left++
		w.WriteHeader(204)
		return
	}
	s.count++
	id := fmt.Sprint("w", s.count)
	s.worlds[id] = map[string]map[string]any{}
	answer(w, 201, map[string]any{"id": id, "now": time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC)})
}

func (s *Server) list(w http.ResponseWriter, r *http.Request, things map[string]map[string]any) {
	if kind := r.URL.Query().Get("kind"); kind != "" && kind != "plain" && kind != "odd" {
		refuse(w, 400)
		return
	}
	sorted := slices.SortedFunc(maps.Values(things), func(a, b map[string]any) int {
		order := strings.Compare(a["name"].(string), b["name"].(string))
		if s.faults["reorder"] {
			return -order
		}
		return order
	})
	if sorted == nil {
		sorted = []map[string]any{}
	}
	answer(w, 200, sorted)
}

func (s *Server) create(w http.ResponseWriter, r *http.Request, things map[string]map[string]any) {
	body, _ := io.ReadAll(r.Body)
	var thing map[string]any
	if json.Unmarshal(body, &thing) != nil || thing == nil || !s.faults["lenient"] && !valid(thing) {
		refuse(w, 400)
		return
	}
	taken := false
	for _, other := range things {
		taken = taken || other["name"] == thing["name"]
	}
	if !taken || s.faults["dirty"] || s.faults["omit"] {
		s.count++
		thing["id"] = fmt.Sprint(s.count)
		things[thing["id"].(string)] = thing
	}
	if taken && !s.faults["omit"] {
		refuse(w, 409)
		return
	}
	if s.faults["retype"] {
		thing = maps.Clone(thing)
		thing["kind"] = 5
	}
	answer(w, s.either("code", 200, 201), thing)
}

func (s *Server) one(w http.ResponseWriter, r *http.Request, things map[string]map[string]any, id string) {
	if s.faults["sign-dropped"] {
		id = strings.TrimPrefix(id, "-")
	}
	thing, ok := things[id]
	switch {
	case !ok:
		refuse(w, 404)
	case r.Method == "GET":
		answer(w, 200, thing)
	default:
		if !s.faults["undead"] {
			delete(things, id)
		}
		w.WriteHeader(204)
	}
}

func (s *Server) either(fault string, wrong, right int) int {
	if s.faults[fault] {
		return wrong
	}
	return right
}

func valid(thing map[string]any) bool {
	name, ok := thing["name"].(string)
	if !ok || name == "" || len(name) > 40 || thing["kind"] != "plain" && thing["kind"] != "odd" {
		return false
	}
	if size, has := thing["size"]; has {
		number, ok := size.(float64)
		if !ok || number < 0 || number != float64(int32(number)) {
			return false
		}
	}
	if note, has := thing["note"]; has && note != nil {
		if _, ok := note.(string); !ok {
			return false
		}
	}
	made, has := thing["made"]
	text, _ := made.(string)
	_, err := time.Parse(time.DateOnly, text)
	return !has || err == nil
}

func refuse(w http.ResponseWriter, status int) {
	answer(w, status, map[string]any{"error": http.StatusText(status)})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone needs no answer
}
