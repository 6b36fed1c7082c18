package mockserver

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver/admin"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// ErrBusy says that the control API is in use all the time; a new plan takes over when it is not.
var ErrBusy = errors.New("calls of the control API are under way all the time; save a file once more when they are over")

// reloading is what a server needs whose contracts may be read anew. Nothing is under way in
// the gate or at the desk while they change. The gate is for what takes no longer than the
// engine does, so that who changes them may close it; the desk is for what may wait for a slow
// caller, so that it is only waited for until it is free. It is nil where nothing changes.
type reloading struct {
	gate     sync.RWMutex
	desk     sync.RWMutex
	number   int // of the plan in force, from 1
	since    time.Time
	problems []string // why the newest contracts are not in force
	misfits  []admin.Misfit
	unfit    int
}

// mostMisfits is how many records are named that no longer fit; the rest is counted.
const mostMisfits = 50

// How long a new plan waits for a moment without requests, and how often it looks.
const (
	takeOverWithin = 10 * time.Second
	takeOverEvery  = time.Millisecond
)

// enter goes through the gate, and leave out of it. They can't be nested: who waits to change
// what is served would wait for both.
func (s *Server) enter() {
	if s.reloads != nil {
		s.reloads.gate.RLock()
	}
}

func (s *Server) leave() {
	if s.reloads != nil {
		s.reloads.gate.RUnlock()
	}
}

// attend and part are enter and leave of the desk, of which who is in the gate keeps away.
func (s *Server) attend() {
	if s.reloads != nil {
		s.reloads.desk.RLock()
	}
}

func (s *Server) part() {
	if s.reloads != nil {
		s.reloads.desk.RUnlock()
	}
}

// Reload serves other contracts of the same names in place of those in force, in every world.
// Records stay, and so do clocks, journals, limits and faults; a resource that is new begins
// with generated records, one that is gone keeps its own until it is there again. What can't
// be served is an error, and then nothing has changed. It needs Config.Reloads.
func (s *Server) Reload(contracts []*contract.Contract) error {
	if s.reloads == nil {
		return errors.New("this server reads its contracts once: set Reloads in its Config")
	}
	err := s.reload(contracts)
	if err != nil {
		s.Refused(strings.Split(err.Error(), "\n")...)
		return err
	}
	s.Refused()
	return nil
}

// Reloads tells whether the server may read its contracts anew.
func (s *Server) Reloads() bool { return s.reloads != nil }

// Refused notes why contracts that were read anew are not in force, for GET /__admin/plan.
func (s *Server) Refused(problems ...string) {
	if s.reloads == nil {
		return
	}
	s.reloads.gate.Lock()
	defer s.reloads.gate.Unlock()
	s.reloads.problems = problems
}

func (s *Server) reload(contracts []*contract.Contract) error {
	config := s.config
	config.Contracts, config.Progress, config.Data = contracts, nil, nil
	next, err := New(config)
	if err != nil {
		return err
	}
	if was, is := slices.Sorted(slices.Values(s.served())), slices.Sorted(slices.Values(next.served())); !slices.Equal(was, is) {
		return fmt.Errorf("what was served as %q would now be %q; start the mock anew for that", was, is)
	}
	if err := s.takeOver(); err != nil {
		return err
	}
	defer s.reloads.desk.Unlock()
	s.reloads.gate.Lock()
	defer s.reloads.gate.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reshape(next)
	s.config.Contracts, s.mounts, s.known, s.data = contracts, next.mounts, next.known, next.data
	s.console = sync.OnceValues(s.pages)
	s.reloads.number++
	s.reloads.since = s.config.Now()
	return nil
}

// Unfit tells how many records of the default world the document, as it is now, would not let in.
func (s *Server) Unfit() int {
	if s.reloads == nil {
		return 0
	}
	s.enter()
	defer s.leave()
	return s.reloads.unfit
}

// takeOver waits until nobody is at the desk, and keeps it.
func (s *Server) takeOver() error {
	for end := time.Now().Add(takeOverWithin); time.Now().Before(end); time.Sleep(takeOverEvery) {
		if s.reloads.desk.TryLock() {
			return nil
		}
	}
	return ErrBusy
}

// reshape gives every world, and the state as generated, the tables of the next server.
func (s *Server) reshape(next *Server) {
	worlds := append(slices.Collect(maps.Values(s.worlds)), s.origin)
	s.reloads.misfits, s.reloads.unfit = nil, 0
	for _, m := range next.mounts {
		model, ok := next.origin.states[m.state()]
		if !ok {
			continue
		}
		to := store.NewReshaping(model, fixtures.TableCallers)
		for _, u := range worlds {
			to.Apply(u.states[m.state()])
		}
		s.unfit(m)
	}
}

// unfit looks for records of the default world that the document would no longer let in.
func (s *Server) unfit(m *mount) {
	first, n := m.engine.Misfits(s.worlds[defaultWorld].states[m.state()].View(), mostMisfits-len(s.reloads.misfits))
	s.reloads.unfit += n
	for _, one := range first {
		s.reloads.misfits = append(s.reloads.misfits, admin.Misfit{Contract: m.name, Misfit: one})
	}
}

// Plan tells what is in force, for the control API.
func (c control) Plan() admin.Plan {
	c.enter()
	defer c.leave()
	p := admin.Plan{Number: 1, Since: c.started.UTC(), Problems: []string{}, Misfits: []admin.Misfit{}, Parked: map[string]int{}}
	for _, m := range c.mounts {
		p.Contracts = append(p.Contracts, admin.PlanContract{Name: m.name, Digest: m.plan.Contract.Digest,
			Operations: len(m.plan.Contract.Operations), Notes: len(m.plan.Contract.Notes)})
	}
	if r := c.reloads; r != nil {
		p.Reloads, p.Number, p.Unfit = true, r.number, r.unfit
		if !r.since.IsZero() {
			p.Since = r.since.UTC()
		}
		p.Problems, p.Misfits = append(p.Problems, r.problems...), append(p.Misfits, r.misfits...)
		u, err := c.find(defaultWorld)
		if err != nil {
			return p
		}
		for _, w := range u.states {
			maps.Copy(p.Parked, w.Parked())
		}
	}
	return p
}
