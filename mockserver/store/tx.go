package store

import (
	"fmt"
	"slices"
)

// Reader looks records up.
type Reader interface {
	Get(table, id string) (*Record, bool)
	// Each is for a few records, one after the other; Scan for pages of many.
	Each(table, index, prefix string, yield func(*Record) bool)
	First(table, index, prefix string) (*Record, bool)
	Scan(table, index, prefix string) Range
}

// Any tells whether an index has a record whose key begins with prefix.
func Any(from Reader, table, index, prefix string) bool {
	_, found := from.First(table, index, prefix)
	return found
}

// Snapshot is a state that never changes. It is one pointer, so that a Reader
// made of it costs nothing.
type Snapshot struct{ root *root }

// table and index names are part of the program, so an unknown one is a bug of
// ours and not an error to hand on; the server turns the panic into a 500.
func (s Snapshot) place(table string) int {
	i, ok := s.root.schema.byName[table]
	if !ok {
		panic(fmt.Sprintf("store: no table %q", table))
	}
	return i
}

// Get finds a record by its id.
func (s Snapshot) Get(table, id string) (*Record, bool) {
	return s.root.tables[s.place(table)].get(id)
}

// Scan gives the records of an index whose key begins with prefix (see Key).
func (s Snapshot) Scan(table, index, prefix string) Range {
	sh := s.root.tables[s.place(table)]
	for i := range sh.table().Indexes {
		if sh.table().Indexes[i].Name == index {
			return sh.trees().scan(i, prefix)
		}
	}
	panic(fmt.Sprintf("store: table %q has no index %q", table, index))
}

// Version identifies the state: two snapshots with the same version hold the
// same records.
func (s Snapshot) Version() any { return s.root }

// Each hands over the records of an index whose key begins with prefix, in order,
// until yield says false. It is the cheap way to look a few records up: unlike
// Scan it neither counts them nor needs the latest writes in their places.
func (s Snapshot) Each(table, index, prefix string, yield func(*Record) bool) {
	sh := s.root.tables[s.place(table)]
	for i := range sh.table().Indexes {
		if sh.table().Indexes[i].Name == index {
			sh.each(i, prefix, yield)
			return
		}
	}
	panic("store: table " + table + " has no index " + index) // a sum, so that names made for the call need no heap
}

// First gives the first record that Each would, at less cost.
func (s Snapshot) First(table, index, prefix string) (*Record, bool) {
	sh := s.root.tables[s.place(table)]
	for i := range sh.table().Indexes {
		if sh.table().Indexes[i].Name == index {
			r := sh.first(i, prefix)
			return r, r != nil
		}
	}
	panic("store: table " + table + " has no index " + index) // as above
}

// Len tells how many records a table holds.
func (s Snapshot) Len(table string) int { return s.root.tables[s.place(table)].trees().byID.Len() }

// Tx is a transaction: it reads its own writes.
type Tx struct {
	Snapshot
	own  []bool    // which tables are already copied
	kept *[]Change // what was written, where somebody wants to know
}

// fewTables is how many tables most schemas have at most.
const fewTables = 32

// beginning is a transaction with the state that it makes, in one piece of memory.
type beginning struct {
	tx   Tx
	root root
	own  [fewTables]bool
}

// begin gives a transaction on a state.
func begin(on *root) *Tx {
	b := &beginning{root: root{on.schema, slices.Clone(on.tables), on.parked}}
	b.tx.Snapshot = Snapshot{&b.root}
	if n := len(on.tables); n <= fewTables {
		b.tx.own = b.own[:n]
	} else {
		b.tx.own = make([]bool, n)
	}
	return &b.tx
}

func (tx *Tx) table(table string) *tableState {
	i := tx.place(table)
	if !tx.own[i] {
		tx.root.tables[i], tx.own[i] = tx.root.tables[i].copy(), true
	}
	return tx.root.tables[i]
}

// Ordinal gives the number the next record of a table will have, from 1; it
// grows with every call, so ids made of it are never used again.
func (tx *Tx) Ordinal(table string) uint64 {
	s := tx.table(table)
	s.next++
	return s.next
}

// Put inserts the record, or takes the place of the one with its id. A new
// record without a Seq gets the next one.
func (tx *Tx) Put(table string, r *Record) {
	s := tx.table(table)
	if r.Seq == 0 {
		s.next++
		r.Seq = s.next
	}
	s.put(r)
	if tx.kept != nil {
		*tx.kept = append(*tx.kept, Change{Table: table, Rec: r})
	}
}

// Delete removes the record with that id, if there is one.
func (tx *Tx) Delete(table, id string) {
	s := tx.table(table)
	if tx.kept != nil {
		if old, ok := s.get(id); ok {
			*tx.kept = append(*tx.kept, Change{Table: table, Rec: old, Gone: true})
		}
	}
	s.delete(id)
}

// Everything lists the records of a table by id.
func (s Snapshot) Everything(table string) []*Record {
	return s.root.tables[s.place(table)].trees().byID.Values()
}
