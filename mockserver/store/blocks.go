package store

import (
	"slices"
	"sort"
	"sync"
	"sync/atomic"
)

// blocks are the records of a table in the order of its search, cut into pieces. As with
// trees, what is shared is only read.
type blocks struct {
	search *Search
	order  int
	less   func(a, b *Record) bool
	all    []standing

	spreads *spreads                // shared
	room    *sync.Pool              // of *gathering, shared
	latest  *atomic.Pointer[blocks] // the same records, with what readers have sealed anew in its place
}

// standing is a block in its place, with what is asked of it most.
type standing struct {
	*block
	base  *sealed // of the block
	whole bool    // nobody is gone, and nobody came late
}

func stand(b *block) standing { return standing{b, b.base, b.gone == nil && len(b.late) == 0} }

// block is a run of records: those that were there when it was sealed, but who is gone, and
// those who came late. It never changes; but readers who have looked at those often enough
// put the same block, sealed anew, in its place.
type block struct {
	low  *Record // who is not before it stands here or further on
	base *sealed
	gone *mask     // places of base; nil for none
	late []*Record // in order

	anew *atomic.Pointer[block]
}

// patience is how often for each of its records readers look at those who came late to a block
// before it is sealed anew, which costs about as much.
const patience = 8

// mostLate is how many come late to a block before it is sealed anew: each is asked one by
// one whenever somebody is looked for.
const mostLate = 128

// filled is how many records are in a block when there are many at once; the others have room.
const filled = blockMost * 3 / 4

func newBlocks(t *Table) *blocks {
	if t.Search == nil {
		return nil
	}
	order := t.order()
	return &blocks{search: t.Search, order: order, less: lessBy(order), spreads: newSpreads(), room: gatherings(),
		latest: &atomic.Pointer[blocks]{}}
}

// copy gives blocks to change.
func (s *blocks) copy() *blocks {
	if s == nil {
		return nil
	}
	c := s.now().standAnew()
	c.latest = &atomic.Pointer[blocks]{}
	return c
}

// now gives the blocks as readers have left them.
func (s *blocks) now() *blocks {
	if l := s.latest.Load(); l != nil {
		return l
	}
	return s
}

// settle lets all who read from now on find in its place what was sealed anew: who goes by what stands there
// else asks the records that are no longer here, and finds nobody who knows of the others.
func (s *blocks) settle() { s.latest.Store(s.standAnew()) }

func (s *blocks) standAnew() *blocks {
	c := *s
	c.all = slices.Clone(s.all)
	for i := range c.all {
		if !c.all[i].whole {
			c.all[i] = stand(c.block(i))
		}
	}
	return &c
}

// load makes blocks of records in order.
func (s *blocks) load(recs []*Record) {
	for some := range slices.Chunk(recs, filled) {
		s.all = append(s.all, stand(s.seal(some)))
	}
}

// seal makes a block of records in order.
func (s *blocks) seal(recs []*Record) *block {
	return &block{low: recs[0], base: &sealed{search: s.search, recs: recs, room: s.room}, anew: &atomic.Pointer[block]{}}
}

// block gives block i as it is by now.
func (s *blocks) block(i int) *block {
	if b := s.all[i].anew.Load(); b != nil {
		return b
	}
	return s.all[i].block
}

// change gives a block to change.
func (s *blocks) change(i int) *block {
	b := *s.block(i)
	b.anew = &atomic.Pointer[block]{}
	return &b
}

// read gives a block for a reader.
func (s *blocks) read(i int) *block {
	b := s.block(i)
	if late := len(b.late); late > 0 && b.base.looks.Add(int32(late)) > int32(patience*len(b.base.recs)) {
		return s.renew(i)
	}
	return b
}

// renew seals a block anew, for all who read it.
func (s *blocks) renew(i int) *block {
	b := s.block(i)
	if len(b.late) > 0 || b.gone != nil {
		if recs := s.merged(b); len(recs) > 0 {
			b = s.seal(recs)
			b.low = s.all[i].low
			s.all[i].anew.Store(b)
		}
	}
	return b
}

// merged lists who is left of a block.
func (s *blocks) merged(b *block) []*Record {
	recs := make([]*Record, 0, len(b.base.recs)+len(b.late))
	all := first(len(b.base.recs))
	if b.gone != nil {
		all.without(b.gone)
	}
	b.merge(s.less, &all, b.late, func(r *Record) bool { recs = append(recs, r); return true })
	return recs
}

// replace puts a record in the place of another one; either may be nil.
func (s *blocks) replace(old, by *Record) {
	if s == nil {
		return
	}
	if old != nil && old.keys[s.order] != "" {
		s.remove(old)
	}
	if by != nil && by.keys[s.order] != "" {
		s.put(by)
	}
}

// find is the number of the block in which a record has its place, -1 where there is no block.
func (s *blocks) find(r *Record) int {
	after := sort.Search(len(s.all), func(i int) bool { return s.less(r, s.all[i].low) })
	return min(max(1, after), len(s.all)) - 1
}

func (s *blocks) put(r *Record) {
	i := s.find(r)
	if i < 0 {
		s.all = append(s.all, stand(s.seal([]*Record{r})))
		return
	}
	b := s.change(i)
	at, _ := b.lateAt(s.less, r)
	late := make([]*Record, 0, len(b.late)+1)
	b.late = append(append(append(late, b.late[:at]...), r), b.late[at:]...)
	s.set(i, b)
}

func (s *blocks) remove(r *Record) {
	i := s.find(r)
	if i < 0 {
		return
	}
	b := s.change(i)
	if at, ok := b.lateAt(s.less, r); ok {
		b.late = slices.Delete(slices.Clone(b.late), at, at+1)
	} else if at, ok := b.base.at(s.less, r); ok {
		gone := mask{}
		if b.gone != nil {
			gone = *b.gone
		}
		gone.set(at)
		b.gone = &gone
	}
	s.set(i, b)
}

// set puts a block in its place: sealed anew where much of it has changed, as two where it has
// become too large, and not at all where nothing is left of it.
func (s *blocks) set(i int, b *block) {
	if gone := b.gone != nil && b.gone.count() > len(b.base.recs)/2; len(b.late) <= mostLate && !gone {
		s.all[i] = stand(b)
		return
	}
	recs := s.merged(b)
	var anew []standing
	if len(recs) > blockMost-mostLate {
		half := len(recs) / 2
		anew = append(anew, stand(s.seal(recs[:half:half])), stand(s.seal(recs[half:])))
	} else if len(recs) > 0 {
		anew = append(anew, stand(s.seal(recs)))
	}
	s.all = slices.Replace(s.all, i, i+1, anew...)
}

// lateAt is the place of a record among those who came late, and whether it is there.
func (b *block) lateAt(less func(a, b *Record) bool, r *Record) (int, bool) {
	i := sort.Search(len(b.late), func(i int) bool { return !less(b.late[i], r) })
	return i, i < len(b.late) && !less(r, b.late[i])
}

// merge hands over some records of base and some who came late, in order, until yield says false.
func (b *block) merge(less func(a, b *Record) bool, in *mask, late []*Record, yield func(*Record) bool) {
	going := true
	in.each(func(i int) {
		r := b.base.recs[i]
		for ; going && len(late) > 0 && less(late[0], r); late = late[1:] {
			going = yield(late[0])
		}
		going = going && yield(r)
	})
	for ; going && len(late) > 0; late = late[1:] {
		going = yield(late[0])
	}
}
