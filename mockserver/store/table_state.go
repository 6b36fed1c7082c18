package store

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"
)

// tableState is the content of one table: trees, and what was written since they were
// brought up to date. A write is one entry in a log; who first asks for an order
// puts all entries into the trees at once, which costs far less than one by one:
// the nodes of a tree that is shared are copied only once.
type tableState struct {
	base *trees
	log  *log // nil when there are no changes
	n    int  // how many changes of the log are this state's
	next uint64

	settled atomic.Pointer[trees] // base with the changes, once somebody needed it
}

// change is one write: a record, or the end of one.
type change struct {
	rec  *Record
	gone bool
}

// mostChanges bounds a log, and with it what a look into it costs.
const mostChanges = 32

// log is a list of changes that only grows. States share it: each sees as many
// of its changes as there were when it was published.
type log struct {
	used    atomic.Int32
	changes [mostChanges]change
}

func newTableState(t *Table) *tableState { return &tableState{base: newTrees(t)} }

func (s *tableState) table() *Table { return s.base.table }

// copy gives a state that a transaction may write to.
func (s *tableState) copy() *tableState {
	c := &tableState{base: s.base, log: s.log, n: s.n, next: s.next}
	if t := s.settled.Load(); t != nil {
		c.base, c.log, c.n = t, nil, 0
	}
	return c
}

// changes are those that base does not have.
func (s *tableState) changes() []change {
	if s.n == 0 {
		return nil
	}
	return s.log.changes[:s.n]
}

// trees gives the orders of everything there is.
func (s *tableState) trees() *trees {
	if s.n == 0 {
		return s.base
	}
	if t := s.settled.Load(); t != nil {
		return t
	}
	t := s.base.copy()
	t.apply(s.changes())
	if !s.settled.CompareAndSwap(nil, t) {
		return s.settled.Load()
	}
	return t
}

// settle makes the trees the base. Only who writes may call it.
func (s *tableState) settle() {
	s.base, s.log, s.n = s.trees(), nil, 0
	s.settled.Store(nil)
}

// put writes a record.
func (s *tableState) put(r *Record) {
	s.key(r)
	s.add(change{rec: r})
}

// key reads of a record where it stands.
func (s *tableState) key(r *Record) {
	of := s.table()
	if of.Facts != nil {
		r.facts = of.Facts(r)
	}
	r.keys = make([]string, len(of.Indexes))
	for i := range of.Indexes {
		r.keys[i] = of.Indexes[i].Key(r)
	}
}

// delete takes a record away, if there is one.
func (s *tableState) delete(id string) {
	if r, ok := s.get(id); ok {
		s.add(change{rec: r, gone: true})
	}
}

func (s *tableState) add(c change) {
	if s.n == mostChanges || s.settled.Load() != nil {
		s.settle()
	}
	if s.log == nil || !s.log.used.CompareAndSwap(int32(s.n), int32(s.n+1)) {
		// Another state, or a transaction that was dropped, wrote on from here.
		mine := &log{}
		copy(mine.changes[:], s.changes())
		mine.used.Store(int32(s.n + 1))
		s.log = mine
	}
	s.log.changes[s.n] = c
	s.n++
}

// get finds a record by its id.
func (s *tableState) get(id string) (*Record, bool) {
	all := s.changes()
	if i := last(all, id); i >= 0 {
		return all[i].rec, !all[i].gone
	}
	return s.base.byID.Get(id)
}

// last finds the last change of a record, -1 for none.
func last(all []change, id string) int {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].rec.ID == id {
			return i
		}
	}
	return -1
}

// each hands over the records of an index whose key begins with prefix: those of
// base that nobody has changed, and between them those of the changes. What yield
// writes does not show.
func (s *tableState) each(index int, prefix string, yield func(*Record) bool) {
	base, changes := s.base, s.changes()
	fresh := late(changes, index, prefix)
	less, stopped := lessBy(index), false
	give := func(r *Record) bool {
		stopped = stopped || !yield(r)
		return !stopped
	}
	base.each(index, prefix, func(r *Record) bool {
		if last(changes, r.ID) >= 0 {
			return true // it is no longer here
		}
		for len(fresh) > 0 && less(fresh[0], r) {
			if !give(fresh[0]) {
				return false
			}
			fresh = fresh[1:]
		}
		return give(r)
	})
	for i := 0; i < len(fresh) && !stopped; i++ {
		give(fresh[i])
	}
}

// first gives the first record that each would, nil for none.
func (s *tableState) first(index int, prefix string) (least *Record) {
	changes := s.changes()
	s.base.each(index, prefix, func(r *Record) bool {
		if last(changes, r.ID) < 0 {
			least = r
		}
		return least == nil
	})
	less := lessBy(index)
	for i, c := range changes {
		key := keyOf(c, index)
		if key == "" || !strings.HasPrefix(key, prefix) || least != nil && !less(c.rec, least) {
			continue
		}
		if last(changes, c.rec.ID) == i {
			least = c.rec
		}
	}
	return least
}

// late gives the records of changes whose key begins with prefix, in order.
func late(changes []change, index int, prefix string) (all []*Record) {
	for i, c := range changes {
		if key := keyOf(c, index); key != "" && strings.HasPrefix(key, prefix) && last(changes, c.rec.ID) == i {
			all = append(all, c.rec)
		}
	}
	slices.SortFunc(all, func(a, b *Record) int {
		return cmp.Or(cmp.Compare(a.keys[index], b.keys[index]), cmp.Compare(a.Seq, b.Seq))
	})
	return all
}

// keyOf gives the key of what a change leaves, "" for nothing.
func keyOf(c change, index int) string {
	if c.gone {
		return ""
	}
	return c.rec.keys[index]
}
