// Package store keeps records in states: copy-on-write sets of tables whose fork is
// a copied pointer. Readers never wait; writers of one state wait for each other.
//
// It is an API for authors of contracts, and may change with any version.
package store

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// Schema is the closed list of a store's tables.
type Schema struct {
	tables []Table
	byName map[string]int
}

// NewSchema resolves tables; a name used twice, of a table or of an index in
// its table, is an error.
func NewSchema(tables []Table) (*Schema, error) {
	s := &Schema{tables: tables, byName: map[string]int{}}
	for i, t := range tables {
		if _, twice := s.byName[t.Name]; twice {
			return nil, fmt.Errorf("table %q is declared twice; give one of them another name", t.Name)
		}
		s.byName[t.Name] = i
		if err := t.checkSearch(); err != nil {
			return nil, err
		}
		for j, x := range t.Indexes {
			if slices.ContainsFunc(t.Indexes[:j], func(o Index) bool { return o.Name == x.Name }) {
				return nil, fmt.Errorf("index %q of table %q is declared twice", x.Name, t.Name)
			}
		}
	}
	return s, nil
}

// Has tells whether there is a table of that name.
func (s *Schema) Has(table string) bool {
	_, ok := s.byName[table]
	return ok
}

// root is one published state; it never changes.
type root struct {
	schema *Schema
	tables []*tableState
	parked map[string]*tableState // of tables that the schema no longer has; see Reshaping
}

// State is the records of all tables, isolated from every other state. A world of the server
// has one for each contract, or for contracts that share it.
type State struct {
	writing sync.Mutex
	current atomic.Pointer[root]
	before  atomic.Pointer[root] // the state before the last commit

	appender Appender // nil: memory is all there is
}

// New makes an empty state.
func New(s *Schema) *State {
	r := &root{schema: s, tables: make([]*tableState, len(s.tables))}
	for i := range s.tables {
		r.tables[i] = newTableState(&s.tables[i])
	}
	return newState(r)
}

func newState(r *root) *State {
	s := &State{}
	s.current.Store(r)
	s.before.Store(r)
	return s
}

// Fork gives a state that begins as this one is; neither sees what the other writes
// from then on.
func (s *State) Fork() *State { return newState(s.current.Load()) }

// Restore makes this state what another one of the same schema is.
func (s *State) Restore(from *State) {
	s.writing.Lock()
	defer s.writing.Unlock()
	r := from.current.Load()
	s.current.Store(r)
	s.before.Store(r)
}

// View gives what there is at this moment; later writes don't show in it.
func (s *State) View() Snapshot { return Snapshot{s.current.Load()} }

// ViewBefore gives what there was before the last committed write.
func (s *State) ViewBefore() Snapshot { return Snapshot{s.before.Load()} }

// Update runs f as one transaction: committed when f answers nil, otherwise
// dropped without a trace; f's error is returned. It is for a state without an appender,
// and f for the stack of the caller.
func (s *State) Update(f func(*Tx) error) error {
	if s.appender != nil {
		panic("store: a state with an appender is changed by Commit")
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	old := s.current.Load()
	tx := begin(old)
	if err := f(tx); err != nil {
		return err
	}
	s.before.Store(old)
	s.current.Store(tx.root)
	return nil
}
