package store

import (
	"sync"

	"github.com/tidwall/btree"
)

// degree is the one that measured best for documents of some hundred bytes.
const degree = 12

// options turns locks off: a published tree is only read.
func options() btree.Options { return btree.Options{Degree: degree, NoLocks: true} }

// trees are the orders of a table's records. Once shared they are only read;
// they are copied, in O(1), before a change.
type trees struct {
	table   *Table
	byID    *btree.Map[string, *Record]
	indexes []*btree.BTreeG[*Record]
	blocks  *blocks    // nil without a search
	pivots  *sync.Pool // of *pivot

	copying sync.Mutex // Copy marks its source: two states may copy one tree at once
}

func newTrees(of *Table) *trees {
	t := &trees{table: of, byID: btree.NewMap[string, *Record](degree), blocks: newBlocks(of),
		pivots: &sync.Pool{New: func() any { return &pivot{} }}}
	for i := range of.Indexes {
		t.indexes = append(t.indexes, btree.NewBTreeGOptions(lessBy(i), options()))
	}
	return t
}

func lessBy(i int) func(a, b *Record) bool {
	return func(a, b *Record) bool {
		if a.keys[i] != b.keys[i] {
			return a.keys[i] < b.keys[i]
		}
		return a.Seq < b.Seq
	}
}

func (t *trees) copy() *trees {
	t.copying.Lock()
	defer t.copying.Unlock()
	c := &trees{table: t.table, byID: t.byID.Copy(), blocks: t.blocks.copy(), pivots: t.pivots}
	c.indexes = make([]*btree.BTreeG[*Record], len(t.indexes))
	for i, x := range t.indexes {
		c.indexes[i] = x.Copy()
	}
	return c
}

// apply makes changes, in their order.
func (t *trees) apply(changes []change) {
	for _, c := range changes {
		if c.gone {
			if old, ok := t.byID.Delete(c.rec.ID); ok {
				t.unindex(old, nil)
				t.blocks.replace(old, nil)
			}
			continue
		}
		t.put(c.rec)
	}
}

// put puts a record in every order. Its keys are known.
func (t *trees) put(r *Record) {
	old, ok := t.byID.Set(r.ID, r)
	if ok {
		t.unindex(old, r)
	}
	for i, x := range t.indexes {
		if r.keys[i] != "" {
			x.Set(r)
		}
	}
	t.blocks.replace(old, r)
}

// unindex takes a record out of every order. It stays where the one that takes
// its place, if there is one, will be put over it.
func (t *trees) unindex(old, by *Record) {
	for i, x := range t.indexes {
		if old.keys[i] != "" && (by == nil || by.keys[i] != old.keys[i] || by.Seq != old.Seq) {
			x.Delete(old)
		}
	}
}
