package store

import (
	"maps"
	"slices"
)

// Reshaping gives states another schema and lets them keep their records, when a contract is
// read anew. Tables are known by their names. A table that is new begins with the records of
// the model; one that is gone is parked, with all it holds, until a schema has it again.
// What states share before they share after.
type Reshaping struct {
	model *root
	fresh []string
	roots map[*root]*root
	done  map[*tableState]*tableState
}

// NewReshaping makes one to the schema of a state. Tables named in fresh have the model's
// records, whatever was there before.
func NewReshaping(model *State, fresh ...string) *Reshaping {
	return &Reshaping{model: model.current.Load(), fresh: fresh, roots: map[*root]*root{}, done: map[*tableState]*tableState{}}
}

// Apply changes a state. Who reads a Snapshot goes on with what it was.
func (s *Reshaping) Apply(w *State) {
	w.writing.Lock()
	defer w.writing.Unlock()
	r := s.root(w.current.Load())
	w.current.Store(r)
	w.before.Store(r)
}

func (s *Reshaping) root(old *root) *root {
	if r, ok := s.roots[old]; ok {
		return r
	}
	r := &root{schema: s.model.schema, tables: slices.Clone(s.model.tables), parked: maps.Clone(old.parked)}
	if r.parked == nil {
		r.parked = map[string]*tableState{}
	}
	for i := range old.schema.tables {
		r.parked[old.schema.tables[i].Name] = old.tables[i]
	}
	for i := range r.schema.tables {
		t := &r.schema.tables[i]
		was, there := r.parked[t.Name]
		delete(r.parked, t.Name)
		if there && !slices.Contains(s.fresh, t.Name) {
			r.tables[i] = s.table(was, t)
		}
	}
	s.roots[old] = r
	return r
}

// table puts the records of a table into the orders of another one.
func (s *Reshaping) table(old *tableState, as *Table) *tableState {
	if t, ok := s.done[old]; ok {
		return t
	}
	t := newTableState(as)
	t.next = old.next
	for _, r := range old.trees().byID.Values() {
		// A record knows its places in the orders of its table, which are others now.
		own := &Record{ID: r.ID, Seq: r.Seq, body: r.body, private: r.private, words: r.words}
		t.key(own)
		t.base.put(own)
	}
	s.done[old] = t
	return t
}

// Parked tells how many records each table holds that the schema no longer has.
func (s *State) Parked() map[string]int {
	all := map[string]int{}
	for name, t := range s.current.Load().parked {
		if n := t.trees().byID.Len(); n > 0 {
			all[name] = n
		}
	}
	return all
}
