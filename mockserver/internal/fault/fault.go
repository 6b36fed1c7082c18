// Package fault holds what a world does wrong on purpose: for which calls, how often, and
// what becomes of the answer.
//
// It is no API: it serves the packages beside it, and may change with any version.
package fault

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/mockserver/route"
)

// Fault says which calls it is for and what happens to them. What is not set is no
// condition.
type Fault struct {
	ID          string            `json:"id,omitzero"`
	Contract    string            `json:"contract,omitzero"`
	Operation   string            `json:"operation,omitzero"`
	Method      string            `json:"method,omitzero"`
	Path        string            `json:"path,omitzero"` // as route.Glob reads it, without the prefix of the contract
	Times       int               `json:"times,omitzero"`
	Probability float64           `json:"probability,omitzero"` // 0 means always
	Seed        uint64            `json:"seed,omitzero"`        // of the probability and of distributions
	Delay       *Delay            `json:"delay,omitzero"`
	Status      int               `json:"status,omitzero"` // of a refusal in the contract's own shape
	RetryAfter  int               `json:"retry_after,omitzero"`
	Headers     map[string]string `json:"headers,omitzero"`
	Break       Break             `json:"break,omitzero"`
	Chunks      int               `json:"chunks,omitzero"`     // of a slow body
	ChunkMS     int               `json:"chunk_ms,omitzero"`   // pause before each
	Used        int               `json:"used"`                // how many calls it was for
	Left        *int              `json:"times_left,omitzero"` // told of one with times
}

// Break is what is done to the connection or the body.
type Break string

// Reset, Empty and Garbage come in place of the operation; Truncate and Slow spoil the
// answer of one that was carried out.
const (
	Reset    Break = "reset"    // the connection is reset
	Empty    Break = "empty"    // it is closed without a byte
	Garbage  Break = "garbage"  // bytes come that are no HTTP
	Truncate Break = "truncate" // half of the body comes, then it is closed
	Slow     Break = "slow"     // the body comes in pieces
)

func breaks() []Break { return []Break{Reset, Empty, Garbage, Truncate, Slow} }

// Bounds of what is asked for.
const (
	mostDelay  = 10 * time.Minute
	mostChunks = 1000
	mostFaults = 1000

	mostRetryAfter = 365 * 24 * 60 * 60 // seconds
)

// Call is what a fault is chosen by.
type Call struct{ Contract, Operation, Method, Path string }

// Set is the faults of one world. The zero value has none.
type Set struct {
	any  atomic.Bool
	mu   sync.Mutex
	all  []*active
	last int
}

type active struct {
	Fault
	on     func(path string) bool
	random *rand.Rand
}

// Any tells whether there is a fault, at no cost.
func (s *Set) Any() bool { return s.any.Load() }

// Add puts a fault behind the others, and gives it with its id. The error says what can't
// be, and how it is written.
func (s *Set) Add(f Fault) (Fault, error) {
	a, err := f.check()
	if err != nil {
		return f, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) >= mostFaults {
		return f, fmt.Errorf("there are %d faults already; delete those that are done with", mostFaults)
	}
	s.last++
	a.ID = "f" + strconv.Itoa(s.last)
	s.all = append(s.all, a)
	s.any.Store(true)
	return a.told(), nil
}

// keptSet is a set as it is kept.
type keptSet struct {
	All  []Fault `json:"all"`
	Last int     `json:"last"`
}

// Dump writes the set as Load reads it.
func (s *Set) Dump() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := keptSet{All: []Fault{}, Last: s.last}
	for _, a := range s.all {
		k.All = append(k.All, a.Fault)
	}
	text, err := json.Marshal(k)
	if err != nil {
		panic(err) // no fault has what JSON does not
	}
	return text
}

// Load makes the set one that Dump wrote; nil is empty. What is random goes on where it was.
func (s *Set) Load(text []byte) {
	var k keptSet
	_ = json.Unmarshal(text, &k) // nil is none
	s.mu.Lock()
	defer s.mu.Unlock()
	was := map[string]*active{}
	for _, a := range s.all {
		was[a.ID] = a
	}
	s.all, s.last = nil, k.Last
	for _, f := range k.All {
		a, err := f.check()
		if err != nil {
			continue // another version took it
		}
		a.Used = f.Used
		if before := was[f.ID]; before != nil {
			a.random = before.random
		}
		s.all = append(s.all, a)
	}
	s.any.Store(len(s.all) > 0)
}

// All lists the faults, in the order in which they are asked.
func (s *Set) All() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	told := []Fault{}
	for _, a := range s.all {
		told = append(told, a.told())
	}
	return told
}

// Remove lifts the fault of an id, or all with ""; false when there is none of that id.
func (s *Set) Remove(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.all)
	s.all = slices.DeleteFunc(s.all, func(a *active) bool { return id == "" || a.ID == id })
	s.any.Store(len(s.all) > 0)
	return id == "" || len(s.all) < before
}

// Pick gives the first fault that a call meets, with its delay; nil for none.
func (s *Set) Pick(c Call) (f *Fault, delay time.Duration) {
	s.mu.Lock()
	all := slices.Clone(s.all)
	s.mu.Unlock()
	// Paths are compared while nobody waits for it: a long one takes its time.
	all = slices.DeleteFunc(all, func(a *active) bool { return !a.isFor(c) })
	if len(all) == 0 {
		return nil, 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, before := range all {
		i := slices.IndexFunc(s.all, func(a *active) bool { return a.ID == before.ID && a.Path == before.Path })
		if i < 0 || !s.all[i].meets() { // it may have been lifted since, or read anew
			continue
		}
		a := s.all[i]
		a.Used++
		picked := a.Fault
		return &picked, a.Delay.draw(a.random)
	}
	return nil, 0
}

// isFor tells whether a fault is for calls like this. What it looks at never changes.
func (a *active) isFor(c Call) bool {
	return (a.Contract == "" || a.Contract == c.Contract) && (a.Operation == "" || a.Operation == c.Operation) &&
		(a.Method == "" || a.Method == c.Method) && (a.on == nil || a.on(c.Path))
}

// meets tells whether it is this call's turn.
func (a *active) meets() bool {
	return (a.Times == 0 || a.Used < a.Times) && (a.Probability == 0 || a.random.Float64() < a.Probability)
}

func (a *active) told() Fault {
	f := a.Fault
	if f.Times > 0 {
		left := f.Times - f.Used
		f.Left = &left
	}
	return f
}

func (f Fault) check() (*active, error) {
	a := &active{Fault: f, random: rand.New(rand.NewPCG(f.Seed, 0))}
	a.Used, a.Left = 0, nil
	var err error
	switch {
	case f.Delay == nil && f.Status == 0 && f.Break == "":
		err = errors.New("nothing happens: give delay, status or break")
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		err = fmt.Errorf("status is %d; give one from 200 to 599", f.Status)
	case f.Break != "" && !slices.Contains(breaks(), f.Break):
		err = fmt.Errorf("break is %.80q; give one of %q", f.Break, breaks())
	case f.Times < 0:
		err = errors.New("times is a whole number from 0")
	case f.RetryAfter < 0 || f.RetryAfter > mostRetryAfter:
		err = fmt.Errorf("retry_after is %d; give seconds from 0 to %d", f.RetryAfter, mostRetryAfter)
	case f.Probability < 0 || f.Probability > 1:
		err = fmt.Errorf("probability is %v; give a number from 0 to 1", f.Probability)
	default:
		err = cmp.Or(f.checkPieces(), f.Delay.check(), checkHeaders(f.Headers), checkMethod(f.Method), checkPath(f.Path))
	}
	if err == nil && f.Path != "" {
		if a.on, err = route.Glob(f.Path); err != nil {
			err = fmt.Errorf("path is %.80q; %w", f.Path, err)
		}
	}
	return a, err
}
