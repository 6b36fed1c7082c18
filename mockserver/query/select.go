package query

import (
	"slices"

	"rollcall/mockserver/store"
)

// Selection says which records a list holds and in which order.
type Selection struct {
	Order   store.Range                // every record that may be listed, in order
	Keep    []func(*store.Record) bool // what a record must pass
	Descend bool
	Sort    func(a, b *store.Record) int // another order, nil for that of Order
}

// Run gives count records from offset on, and how many there are in all.
func (s Selection) Run(offset, count int) (page []*store.Record, total int) {
	if by := s.Sort; by != nil {
		s.Sort = nil
		all, total := s.Run(0, s.Order.Len())
		slices.SortStableFunc(all, by)
		from := min(max(offset, 0), len(all))
		return all[from:min(len(all), from+max(count, 0))], total
	}
	if len(s.Keep) == 0 {
		return s.window(offset, count), s.Order.Len()
	}
	return s.walk(offset, count)
}

// Place is how many of the listed records stand before the one after the record of that id; 0
// where there is none of them.
func (s Selection) Place(id string) int {
	if id == "" {
		return 0
	}
	all, _ := s.Run(0, s.Order.Len())
	return 1 + slices.IndexFunc(all, func(r *store.Record) bool { return r.ID == id })
}

// window reads a page of the whole order, by its place.
func (s Selection) window(offset, count int) (page []*store.Record) {
	page = make([]*store.Record, 0, max(0, min(count, s.Order.Len()-offset)))
	keep := func(r *store.Record) bool { page = append(page, r); return true }
	if s.Descend {
		s.Order.Back(offset, count, keep)
	} else {
		s.Order.Each(offset, count, keep)
	}
	return page
}

// walk asks every record in order, and stops for none: the total counts all.
func (s Selection) walk(offset, count int) (page []*store.Record, total int) {
	see := func(r *store.Record) bool {
		if s.passes(r) {
			if total >= offset && len(page) < count {
				page = append(page, r)
			}
			total++
		}
		return true
	}
	if s.Descend {
		s.Order.Back(0, s.Order.Len(), see)
	} else {
		s.Order.All(see)
	}
	return page, total
}

func (s Selection) passes(r *store.Record) bool {
	for _, keep := range s.Keep {
		if !keep(r) {
			return false
		}
	}
	return true
}
