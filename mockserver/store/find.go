package store

import "slices"

// Found is what met some conditions, in the order of the search.
type Found struct {
	less  func(a, b *Record) bool
	parts []found
	total int
}

// found is what was found in one block.
type found struct {
	block *block
	in    mask
	late  []*Record
	total int
}

// Find gives the records of a table that meet all conditions. The table has a Search.
func (s Snapshot) Find(table string, where []Condition) Found {
	b := s.root.tables[s.place(table)].trees().blocks
	f := Found{less: b.less}
	for i := range b.all {
		if p := b.read(i).find(i, where); p.total > 0 {
			if n := len(f.parts); n == cap(f.parts) {
				f.parts = slices.Grow(f.parts, 1+n*(len(b.all)-i)/(i+1)) // if it goes on like that
			}
			f.parts = append(f.parts, p)
			f.total += p.total
		}
	}
	return f
}

// find gives those of block i who meet the conditions.
func (b *block) find(i int, where []Condition) found {
	f := found{block: b, in: first(len(b.base.recs))}
	if b.gone != nil {
		f.in.without(b.gone)
	}
	var room [8]int
	ask, left := room[:0], f.in.count()
	for n := 0; n < len(where) && left > 0; n++ {
		c := &where[n]
		in, sure := b.base.remembered(c)
		if !sure && c.In != nil {
			c.In.add(i, b.base, &in)
		}
		switch {
		case c.Not:
			f.in.without(&in)
		case sure || c.In != nil:
			f.in.and(&in)
		}
		if !sure && c.loose() {
			ask = append(ask, n)
		}
		left = f.in.count()
	}
	for _, n := range ask {
		if left > 0 {
			b.ask(i, &where[n], &f.in, left)
			left = f.in.count()
		}
	}
	for _, r := range b.late {
		if !slices.ContainsFunc(where, func(c Condition) bool { return !c.Keep(r) }) {
			f.late = append(f.late, r)
		}
	}
	f.total = left + len(f.late)
	return f
}

// ask leaves those who meet a loose condition. Where they are many, all of the block who may
// meet it are asked, once: that holds for the next time, too.
func (b *block) ask(i int, c *Condition, of *mask, left int) {
	if c.Key == "" || left <= enoughFew {
		of.each(func(at int) {
			if !c.Keep(b.base.recs[at]) {
				of.clear(at)
			}
		})
		return
	}
	may := first(len(b.base.recs))
	if c.In != nil {
		may = mask{}
		c.In.add(i, b.base, &may)
	}
	in := b.base.remember(c, &may)
	of.and(&in)
}

// Len tells how many were found.
func (f Found) Len() int { return f.total }

// Page gives count of them from offset on; back counts from the end.
func (f Found) Page(offset, count int, back bool) []*Record {
	page := make([]*Record, 0, max(0, min(count, f.total-offset)))
	for n := range f.parts {
		p := &f.parts[n]
		if back {
			p = &f.parts[len(f.parts)-1-n]
		}
		if offset >= p.total {
			offset -= p.total
			continue
		}
		if len(page) == cap(page) {
			break
		}
		page = p.page(f.less, page, offset, back)
		offset = 0
	}
	return page
}

// page appends what stands in one block from offset on, as far as there is room.
func (f *found) page(less func(a, b *Record) bool, page []*Record, offset int, back bool) []*Record {
	count := min(cap(page)-len(page), f.total-offset)
	from := offset
	if back {
		from = f.total - offset - count
	}
	at, begin := 0, len(page)
	f.block.merge(less, &f.in, f.late, func(r *Record) bool {
		if at >= from {
			page = append(page, r)
		}
		at++
		return at < from+count
	})
	if back {
		slices.Reverse(page[begin:])
	}
	return page
}
