package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// place is a record on its way into a tree: the beginning of its key decides
// most comparisons without a look at the record.
type place struct {
	head uint64
	rec  *Record
}

// fillTables makes the tables of what was made. Each tree is a piece of work of
// its own.
func (f *filling) fillTables(r *root) error {
	var trees []func() error
	for t := range f.schema.tables {
		s := newTableState(&f.schema.tables[t])
		r.tables[t] = s
		n := f.number(t)
		s.next = uint64(n)
		trees = append(trees, func() error { return f.byID(s.base, t, n) })
		for i := range s.base.indexes {
			trees = append(trees, func() error { f.index(s.base, t, i, n); return nil })
		}
	}
	return f.buildTrees(trees)
}

func (f *filling) buildTrees(trees []func() error) error {
	errs := make([]error, len(trees))
	atOnce(len(trees), func(i int) {
		errs[i] = trees[i]()
		f.progress((1 - madeShare) / float64(len(trees)))
	})
	return errors.Join(errs...)
}

// number gives the records of a table their order, and counts them.
func (f *filling) number(t int) (n int) {
	for _, piles := range f.made {
		for j := range piles[t] {
			n++
			piles[t][j].Seq = uint64(n)
		}
	}
	return n
}

// places lists the records of a table in the order of a text; those without one
// are left out.
func (f *filling) places(t, n int, text func(*Record) string) []place {
	all := make([]place, 0, n)
	for _, piles := range f.made {
		for j := range piles[t] {
			r := &piles[t][j]
			if s := text(r); s != "" {
				all = append(all, place{head(s), r})
			}
		}
	}
	sortPlaces(all, text)
	return all
}

// sortPlaces puts records into the order of a text, and then of insertion.
func sortPlaces(all []place, text func(*Record) string) {
	slices.SortFunc(all, func(a, b place) int {
		switch {
		case a.head < b.head:
			return -1
		case a.head > b.head:
			return 1
		}
		if c := strings.Compare(text(a.rec), text(b.rec)); c != 0 {
			return c
		}
		return int(a.rec.Seq) - int(b.rec.Seq)
	})
}

// head gives the first eight bytes of a text as a number in the same order.
func head(s string) uint64 {
	var b [8]byte
	copy(b[:], s)
	return binary.BigEndian.Uint64(b[:])
}

func (f *filling) byID(s *trees, t, n int) error {
	for _, p := range f.places(t, n, func(r *Record) string { return r.ID }) {
		if _, twice := s.byID.Load(p.rec.ID, p.rec); twice {
			return fmt.Errorf("two records of the table %q have the id %q", s.table.Name, p.rec.ID)
		}
	}
	return nil
}

func (f *filling) index(s *trees, t, i, n int) {
	all, last := f.places(t, n, func(r *Record) string { return r.keys[i] }), ""
	for _, p := range all {
		if p.rec.keys[i] == last {
			p.rec.keys[i] = last // one copy of the text is enough
		}
		last = p.rec.keys[i]
		s.indexes[i].Load(p.rec)
	}
	if s.blocks != nil && s.blocks.order == i {
		recs := make([]*Record, len(all))
		for i, p := range all {
			recs[i] = p.rec
		}
		s.blocks.load(recs)
	}
}
