package store

import (
	"sync"

	"github.com/tidwall/btree"
)

// Table declares one kind of record and how it is looked up.
type Table struct {
	Name    string
	Indexes []Index
	Groups  []Group
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
	groups  []*btree.BTreeG[member]
	next    uint64

	copying sync.Mutex // Copy marks its source: two worlds may copy one shelf at once
}

func newShelf(t *Table) *shelf {
	s := &shelf{table: t, byID: btree.NewMap[string, *Record](degree)}
	for i := range t.Indexes {
		s.indexes = append(s.indexes, btree.NewBTreeGOptions(lessBy(i), options()))
	}
	for i := range t.Groups {
		s.groups = append(s.groups, btree.NewBTreeGOptions(lessIn(t.order(i)), options()))
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
	c.groups = make([]*btree.BTreeG[member], len(s.groups))
	for i, t := range s.groups {
		c.groups[i] = t.Copy()
	}
	return c
}

func (s *shelf) put(r *Record) {
	if s.table.Facts != nil {
		r.facts = s.table.Facts(r)
	}
	r.keys = make([]string, len(s.indexes))
	for i := range s.indexes {
		r.keys[i] = s.table.Indexes[i].Key(r)
	}
	if old, ok := s.byID.Set(r.ID, r); ok {
		s.unindex(old, r)
	}
	for i, t := range s.indexes {
		if r.keys[i] != "" {
			t.Set(r)
		}
	}
	s.regroup(r)
}

// unindex takes a record out of every order. It stays where the one that takes
// its place, if there is one, will be put over it.
func (s *shelf) unindex(old, by *Record) {
	for i, t := range s.indexes {
		if old.keys[i] != "" && (by == nil || by.keys[i] != old.keys[i] || by.Seq != old.Seq) {
			t.Delete(old)
		}
	}
	s.ungroup(old, by)
}
