// Package store keeps records in worlds: copy-on-write states whose fork is
// a copied pointer. Readers never wait; writers of one world wait for each other.
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
		if err := t.checkGroups(); err != nil {
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

// World is one isolated state.
type World struct {
	writing sync.Mutex
	current atomic.Pointer[root]
	before  atomic.Pointer[root] // the state before the last commit

	appender Appender // nil: memory is all there is
}

// New makes an empty world.
func New(s *Schema) *World {
	r := &root{schema: s, tables: make([]*tableState, len(s.tables))}
	for i := range s.tables {
		r.tables[i] = newTableState(&s.tables[i])
	}
	return newWorld(r)
}

func newWorld(r *root) *World {
	w := &World{}
	w.current.Store(r)
	w.before.Store(r)
	return w
}

// Fork gives a world that begins with this one's state; neither sees what the
// other writes from then on.
func (w *World) Fork() *World { return newWorld(w.current.Load()) }

// Restore makes the state of another world of the same schema this one's.
func (w *World) Restore(from *World) {
	w.writing.Lock()
	defer w.writing.Unlock()
	r := from.current.Load()
	w.current.Store(r)
	w.before.Store(r)
}

// View gives the state of this moment; later writes don't show in it.
func (w *World) View() Snapshot { return Snapshot{w.current.Load()} }

// ViewBefore gives the state as it was before the last committed write.
func (w *World) ViewBefore() Snapshot { return Snapshot{w.before.Load()} }

// Update runs f as one transaction: committed when f answers nil, otherwise
// dropped without a trace; f's error is returned. It is for a world without an appender,
// and f for the stack of the caller.
func (w *World) Update(f func(*Tx) error) error {
	if w.appender != nil {
		panic("store: a world with an appender is changed by Commit")
	}
	w.writing.Lock()
	defer w.writing.Unlock()
	old := w.current.Load()
	tx := begin(old)
	if err := f(tx); err != nil {
		return err
	}
	w.before.Store(old)
	w.current.Store(tx.root)
	return nil
}
