package store

import (
	"sort"
	"strings"
	"sync"

	"github.com/tidwall/btree"
)

// Table declares one kind of record and how it is looked up.
type Table struct {
	Name    string
	Indexes []Index
	Facts   func(*Record) any // read once, before the keys, for filters and keys; may be nil
}

// Index is one order of a table. Records with an empty key are not in it; ties
// are settled by insertion.
type Index struct {
	Name string
	Key  func(*Record) string
}

// degree is the one that measured best for documents of some hundred bytes.
const degree = 12

// options turns locks off: a published tree is only read.
func options() btree.Options { return btree.Options{Degree: degree, NoLocks: true} }

// shelf is the content of one table. Once published it is only read; trees are
// copied, in O(1), before a write.
type shelf struct {
	table   *Table
	byID    *btree.Map[string, *Record]
	indexes []*btree.BTreeG[*Record]
	next    uint64

	copying sync.Mutex // Copy marks its source: two worlds may copy one shelf at once
}

func newShelf(t *Table) *shelf {
	s := &shelf{table: t, byID: btree.NewMap[string, *Record](degree)}
	for i := range t.Indexes {
		s.indexes = append(s.indexes, btree.NewBTreeGOptions(lessBy(i), options()))
	}
	return s
}

func lessBy(i int) func(a, b *Record) bool {
	return func(a, b *Record) bool {
		if a.keys[i] != b.keys[i] {
			return a.keys[i] < b.keys[i]
		}
		return a.Seq < b.Seq
	}
}

func (s *shelf) copy() *shelf {
	s.copying.Lock()
	defer s.copying.Unlock()
	c := &shelf{table: s.table, byID: s.byID.Copy(), next: s.next}
	c.indexes = make([]*btree.BTreeG[*Record], len(s.indexes))
	for i, t := range s.indexes {
		c.indexes[i] = t.Copy()
	}
	return c
}

func (s *shelf) put(r *Record) {
	if old, ok := s.byID.Set(r.ID, r); ok {
		s.unindex(old)
	}
	if s.table.Facts != nil {
		r.facts = s.table.Facts(r)
	}
	r.keys = make([]string, len(s.indexes))
	for i := range s.indexes {
		r.keys[i] = s.table.Indexes[i].Key(r)
	}
	for i, t := range s.indexes {
		if r.keys[i] != "" {
			t.Set(r)
		}
	}
}

func (s *shelf) unindex(r *Record) {
	for i, t := range s.indexes {
		if r.keys[i] != "" {
			t.Delete(r)
		}
	}
}

// Range is a run of records in index order, fixed at the moment it was asked for.
type Range struct {
	tree   *btree.BTreeG[*Record]
	lo, hi int
}

func (s *shelf) scan(index int, prefix string) Range {
	t := s.indexes[index]
	if prefix == "" {
		return Range{t, 0, t.Len()}
	}
	at := func(limit string) int {
		return sort.Search(t.Len(), func(i int) bool { r, _ := t.GetAt(i); return r.keys[index] >= limit })
	}
	return Range{t, at(prefix), at(prefix + "\xff")}
}

func (s *shelf) each(index int, prefix string, yield func(*Record) bool) {
	keys := make([]string, index+1)
	keys[index] = prefix
	s.indexes[index].Ascend(&Record{keys: keys}, func(r *Record) bool {
		return strings.HasPrefix(r.keys[index], prefix) && yield(r)
	})
}

// Len tells how many records the range holds.
func (r Range) Len() int { return r.hi - r.lo }

// At gives record i of the range, counted from 0.
func (r Range) At(i int) *Record {
	rec, _ := r.tree.GetAt(r.lo + i)
	return rec
}

// Each hands over count records from offset on, in order, until yield says false.
func (r Range) Each(offset, count int, yield func(*Record) bool) {
	if offset >= r.Len() || count <= 0 {
		return
	}
	left := min(count, r.Len()-offset)
	r.tree.Ascend(r.At(offset), func(rec *Record) bool {
		left--
		return yield(rec) && left > 0
	})
}

// All ranges over every record, in order.
func (r Range) All(yield func(*Record) bool) { r.Each(0, r.Len(), yield) }

// Back hands over count records in reverse order, beginning offset from the
// end, until yield says false.
func (r Range) Back(offset, count int, yield func(*Record) bool) {
	if offset >= r.Len() || count <= 0 {
		return
	}
	left := min(count, r.Len()-offset)
	r.tree.Descend(r.At(r.Len()-1-offset), func(rec *Record) bool {
		left--
		return yield(rec) && left > 0
	})
}
