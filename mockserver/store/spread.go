package store

import (
	"encoding/binary"

	lru "github.com/hashicorp/golang-lru/v2"
)

// spread is who meets a condition, or is in a set, block by block. It is one piece of memory: a look into
// a thousand blocks, each with what it knows somewhere else, takes far longer than to put sets together.
// It never changes, and says nothing of a block that has been sealed anew since.
type spread struct {
	bases  []*sealed
	masks  []mask
	counts []uint16
}

// holds tells whether it knows of block i.
func (s *spread) holds(i int, base *sealed) bool {
	return s != nil && i < len(s.bases) && s.bases[i] == base
}

// spreads are those that were used last, for all states that share blocks. A nil one was asked for, and
// not worth to be made.
type spreads = lru.Cache[Term, *spread]

// mostSpreads is how many are remembered. Among a million records each takes 170 KB.
const mostSpreads = 64

func newSpreads() *spreads {
	all, err := lru.New[Term, *spread](mostSpreads)
	if err != nil {
		panic(err) // of a size below one
	}
	return all
}

// fewBlocks is how many are sooner looked into.
const fewBlocks = 3

// mostStale is how many blocks a spread may not know, as a share of all: those are looked into.
const mostStale = 16

// fresh tells whether a spread knows nearly all blocks.
func (s *blocks) fresh(of *spread) bool {
	stale := 0
	for i := range s.all {
		if !of.holds(i, s.all[i].base) {
			stale++
		}
	}
	return stale*mostStale <= len(s.all)
}

// spread makes a spread, of what an older one knows, and of what make tells for the other blocks.
func (s *blocks) spread(key Term, old *spread, make func(i int, base *sealed) mask) *spread {
	known := map[*sealed]int{}
	if old != nil {
		for i, base := range old.bases {
			known[base] = i
		}
	}
	now := newSpread(len(s.all))
	for i := range s.all {
		base := s.all[i].base
		if at, ok := known[base]; ok {
			now.masks[i] = old.masks[at]
		} else {
			now.masks[i] = make(i, base)
		}
		now.bases[i], now.counts[i] = base, uint16(now.masks[i].count())
	}
	s.spreads.Add(key, now)
	return now
}

func newSpread(blocks int) *spread {
	return &spread{bases: make([]*sealed, blocks), masks: make([]mask, blocks), counts: make([]uint16, blocks)}
}

// spreadOf gives the spread of a set; nil for one that isn't worth to be remembered, or not the same for all states.
func (s *blocks) spreadOf(of Set) *spread {
	key, ok := of.key()
	if !ok || len(s.all) < fewBlocks {
		return nil
	}
	old, _ := s.spreads.Get(key)
	if s.fresh(old) {
		return old
	}
	return s.spread(key, old, func(i int, base *sealed) (in mask) { of.add(i, base, &in); return in })
}

// Sets that are the same in all states have a key, by which they are remembered.

func (t Term) key() (Term, bool) { return t, true }

func (h Having) key() (Term, bool) {
	if len(h) == 1 {
		return h[0], true
	}
	all := make([]byte, 0, 8*len(h))
	for _, t := range h {
		all = binary.LittleEndian.AppendUint64(all, uint64(t))
	}
	return NewTerm("having", string(all)), true
}

func (b Between) key() (Term, bool) {
	return NewTerm("between", string(binary.AppendUvarint(nil, uint64(b.Column)))+b.From+"\x00"+b.To), true
}

func (c Containing) key() (Term, bool) { return NewTerm("containing", string(c)), true }

func (t These) key() (Term, bool) { return 0, false }

func (e Either) key() (Term, bool) { return 0, false }
