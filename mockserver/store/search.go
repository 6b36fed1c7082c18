package store

import (
	"fmt"
	"slices"
)

// Search declares how records are found by what they have. They stand in blocks, in the
// order of an index; each block knows who has what as sets of bits. So several conditions
// are met at once without a look at the records, and what is found is counted and cut into
// pages. What is not in the index is not found.
type Search struct {
	Order   string                          // name of the index
	Terms   func(r *Record, has func(Term)) // what a record has
	Columns []func(*Record) string          // texts that are compared; "" is found by no comparison
	Text    func(*Record) string            // what is searched for a part of it; may be nil
}

// Term stands for something that records have, and is the set of those who have it. Two with the same one are less likely than a
// fault of the memory.
type Term uint64

// NewTerm makes the term of a value of some kind.
func NewTerm(kind, value string) Term {
	const offset, prime = 14695981039346656037, 1099511628211 // of FNV-1a
	h := uint64(offset)
	for i := range len(kind) {
		h = (h ^ uint64(kind[i])) * prime
	}
	h *= prime // between the two, as a NUL
	for i := range len(value) {
		h = (h ^ uint64(value[i])) * prime
	}
	return Term(h)
}

// Condition is what a record must meet to be found.
type Condition struct {
	Keep  func(*Record) bool // decides; all else says where to look
	In    Set                // who meets it is one of these; nil: anybody may
	Loose bool               // not all of the set meet it
	Not   bool               // who is not in the set meets it, and nobody else
	// Key names a condition that is loose, so that what was looked at once is remembered; "" for
	// one that the same record may meet now and then not.
	Key string
}

// loose tells whether those in the set have to be asked one by one.
func (c *Condition) loose() bool { return c.In == nil || c.Loose || c.In.loose() }

// Set says which records of a block may meet a condition.
type Set interface {
	add(block int, of *sealed, to *mask) // adds its places in a block
	loose() bool                         // it may hold too many
	key() (Term, bool)                   // by which it is remembered, if it is the same in all states
}

func (t Term) loose() bool { return false }

func (t Term) add(_ int, of *sealed, to *mask) { of.terms().add(uint64(t), to) }

// Having are those who have one of some terms.
type Having []Term

func (h Having) loose() bool { return false }

func (h Having) add(_ int, of *sealed, to *mask) {
	terms := of.terms()
	for _, t := range h {
		terms.add(uint64(t), to)
	}
}

// Between are those whose text in a column is neither less than From nor more than To; an
// empty To is no limit.
type Between struct {
	Column   int
	From, To string
}

func (b Between) loose() bool { return false }

func (b Between) add(_ int, of *sealed, to *mask) { of.columns()[b.Column].between(b.From, b.To, to) }

// Containing are those in whose text there is a part.
type Containing string

func (c Containing) loose() bool { return len(c) > longestGram }

func (c Containing) add(_ int, of *sealed, to *mask) {
	in := of.containing(string(c))
	to.or(&in)
}

// These are some records of one state; Snapshot.These makes it.
type These struct {
	of *blocks
	in map[int][]*Record // by block
}

// These gives the set of the records with some ids. It holds for this snapshot.
func (s Snapshot) These(table string, ids []string) These {
	t := These{s.blocks(table), map[int][]*Record{}}
	for _, id := range ids {
		if r, ok := s.Get(table, id); ok {
			i := t.of.find(r)
			t.in[i] = append(t.in[i], r)
		}
	}
	return t
}

func (t These) loose() bool { return false }

func (t These) add(block int, of *sealed, to *mask) {
	for _, r := range t.in[block] {
		if at, ok := of.at(t.of.less, r); ok {
			to.set(at)
		}
	}
}

// Either are those of several sets.
type Either []Set

func (e Either) loose() bool { return slices.ContainsFunc(e, Set.loose) }

func (e Either) add(block int, of *sealed, to *mask) {
	for _, s := range e {
		s.add(block, of, to)
	}
}

// checkSearch tells what is wrong in the declaration of a search.
func (t *Table) checkSearch() error {
	if t.Search != nil && t.order() < 0 {
		return fmt.Errorf("the search of table %q is in the order of %q, which is no index of the table", t.Name, t.Search.Order)
	}
	return nil
}

// order is the place of the index that orders a search.
func (t *Table) order() int {
	return slices.IndexFunc(t.Indexes, func(x Index) bool { return x.Name == t.Search.Order })
}
