package store

import (
	"sort"
	"strings"

	"github.com/tidwall/btree"
)

// Range is a run of records in the order of an index, fixed at the moment it was
// asked for.
type Range struct {
	tree   *btree.BTreeG[*Record]
	lo, hi int
}

func (t *trees) scan(index int, prefix string) Range {
	x := t.indexes[index]
	if prefix == "" {
		return Range{tree: x, hi: x.Len()}
	}
	at := func(limit string) int {
		return sort.Search(x.Len(), func(i int) bool { r, _ := x.GetAt(i); return r.keys[index] >= limit })
	}
	return Range{tree: x, lo: at(prefix), hi: at(prefix + "\xff")}
}

// pivot is where to begin in an index: a record that has nothing but a key.
type pivot struct {
	rec  Record
	keys [8]string // room for most tables
}

// each hands over the records of an index whose key begins with prefix. A write looks a dozen
// times, and a pivot is as large as a record, so they are used again.
func (t *trees) each(index int, prefix string, yield func(*Record) bool) {
	from := t.pivots.Get().(*pivot)
	from.rec.keys = append(append(from.keys[:0], make([]string, index)...), prefix)
	t.indexes[index].Ascend(&from.rec, func(r *Record) bool {
		return strings.HasPrefix(r.keys[index], prefix) && yield(r)
	})
	*from = pivot{}
	t.pivots.Put(from)
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
	if next := r.some(offset, count, yield); next != nil {
		r.tree.Ascend(r.At(offset), next)
	}
}

// All ranges over every record, in order.
func (r Range) All(yield func(*Record) bool) { r.Each(0, r.Len(), yield) }

// Back hands over count records in reverse order, beginning offset from the
// end, until yield says false.
func (r Range) Back(offset, count int, yield func(*Record) bool) {
	if next := r.some(offset, count, yield); next != nil {
		r.tree.Descend(r.At(r.Len()-1-offset), next)
	}
}

// some gives a yield that ends with the last of count records from offset on, nil
// when there are none.
func (r Range) some(offset, count int, yield func(*Record) bool) func(*Record) bool {
	if offset >= r.Len() || count <= 0 {
		return nil
	}
	left := min(count, r.Len()-offset)
	return func(rec *Record) bool {
		left--
		return yield(rec) && left > 0
	}
}
