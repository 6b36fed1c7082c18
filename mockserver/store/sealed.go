package store

import (
	"cmp"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
)

// sealed is the records of a block as they were at some time, in order, and what is
// known of them. It never changes, but what it knows is made when it is first asked for.
type sealed struct {
	search *Search
	recs   []*Record
	room   *sync.Pool   // of *gathering
	looks  atomic.Int32 // of readers at those who came late

	termsOnce, columnsOnce, gramsOnce sync.Once

	termsOf   *postings
	columnsOf []column
	gramsOf   *postings
}

// seal makes all that is known of the records.
func (s *sealed) seal() {
	s.terms()
	s.columns()
	if s.search.Text != nil {
		s.grams()
	}
}

func (s *sealed) terms() *postings {
	s.termsOnce.Do(func() {
		all := s.room.Get().(*gathering)
		defer s.room.Put(all)
		for i, r := range s.recs {
			s.search.Terms(r, func(t Term) { all.add(uint64(t), i) })
		}
		s.termsOf = all.postings()
	})
	return s.termsOf
}

func (s *sealed) grams() *postings {
	s.gramsOnce.Do(func() {
		all := s.room.Get().(*gathering)
		defer s.room.Put(all)
		for at, r := range s.recs {
			text := s.search.Text(r)
			for i := range len(text) {
				for n := 1; n <= longestGram && i+n <= len(text); n++ {
					all.add(gram(text[i:i+n]), at)
				}
			}
		}
		s.gramsOf = all.postings()
	})
	return s.gramsOf
}

// containing gives those whose text may contain a part.
func (s *sealed) containing(part string) (in mask) {
	all := s.grams()
	if len(part) <= longestGram {
		all.add(gram(part), &in)
		return in
	}
	in = first(len(s.recs))
	for i := 0; i+longestGram <= len(part) && in.count() > enoughFew; i++ {
		var have mask
		all.add(gram(part[i:i+longestGram]), &have)
		in.and(&have)
	}
	return in
}

// at is the place of a record, and whether it has one.
func (s *sealed) at(less func(a, b *Record) bool, r *Record) (int, bool) {
	i := sort.Search(len(s.recs), func(i int) bool { return !less(s.recs[i], r) })
	return i, i < len(s.recs) && !less(r, s.recs[i])
}

// column is the places of a block in the order of a text that they have.
type column struct {
	slots  []uint16
	values []string
	marks  []mask // each so many places, those before
}

// markEach is how many places of a column stand between marks.
const markEach = 128

func (s *sealed) columns() []column {
	s.columnsOnce.Do(func() {
		s.columnsOf = make([]column, len(s.search.Columns))
		for i, read := range s.search.Columns {
			s.columnsOf[i] = newColumn(s.recs, read)
		}
	})
	return s.columnsOf
}

func newColumn(recs []*Record, read func(*Record) string) (c column) {
	for i, r := range recs {
		if read(r) != "" {
			c.slots = append(c.slots, uint16(i))
		}
	}
	slices.SortFunc(c.slots, func(a, b uint16) int { return cmp.Compare(read(recs[a]), read(recs[b])) })
	var m mask
	for i, at := range c.slots {
		if i%markEach == 0 {
			c.marks = append(c.marks, m)
		}
		m.set(int(at))
		c.values = append(c.values, read(recs[at]))
	}
	c.marks = append(c.marks, m)
	return c
}

// before gives the first n places of the column.
func (c *column) before(n int) mask {
	if n == len(c.slots) {
		return c.marks[len(c.marks)-1]
	}
	m := c.marks[n/markEach]
	for _, at := range c.slots[n-n%markEach : n] {
		m.set(int(at))
	}
	return m
}

// between adds those whose text is neither less than from nor more than to.
func (c *column) between(from, to string, in *mask) {
	end := len(c.values)
	if to != "" {
		end = sort.Search(end, func(i int) bool { return c.values[i] > to })
	}
	begin := min(end, sort.SearchStrings(c.values, from))
	low, all := c.before(begin), c.before(end)
	all.without(&low)
	in.or(&all)
}
