package store

import "slices"

// Found is how many met some conditions, by block. Who they are is looked up for the page that is asked for.
type Found struct {
	of     *blocks
	counts []uint16
	total  int
}

// Find tells who of a table meets all conditions. The table has a Search.
func (s Snapshot) Find(table string, where []Condition) Found {
	b := s.blocks(table)
	f := Found{of: b, counts: make([]uint16, len(b.all))}
	q := b.asking(where)
	q.decide()
	for i := range b.all {
		n, ok := q.count(i)
		if !ok {
			in, late, _ := q.block(i)
			n = in.count() + len(late)
		}
		f.counts[i] = uint16(n)
		f.total += n
	}
	if q.renewed {
		b.settle()
	}
	return f
}

// blocks are those of a table, as they are by now.
func (s Snapshot) blocks(table string) *blocks {
	return s.root.tables[s.place(table)].trees().blocks.now()
}

// Len tells how many were found.
func (f Found) Len() int { return f.total }

// Page gives count of them from offset on; back counts from the end. The conditions are those by which they
// were found.
func (f Found) Page(where []Condition, offset, count int, back bool) []*Record {
	page := make([]*Record, 0, max(0, min(count, f.total-offset)))
	q := f.of.asking(where)
	for n := 0; n < len(f.counts) && len(page) < cap(page); n++ {
		i := n
		if back {
			i = len(f.counts) - 1 - n
		}
		if total := int(f.counts[i]); offset >= total {
			offset -= total
			continue
		}
		page = q.page(i, page, offset, back)
		offset = 0
	}
	return page
}

// page appends what stands in one block from offset on, as far as there is room.
func (q *asking) page(i int, page []*Record, offset int, back bool) []*Record {
	in, late, b := q.block(i)
	total := in.count() + len(late)
	count := min(cap(page)-len(page), total-offset)
	from := offset
	if back {
		from = total - offset - count
	}
	at, begin := 0, len(page)
	b.merge(q.of.less, &in, late, func(r *Record) bool {
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
