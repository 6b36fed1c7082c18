package store

import (
	"maps"
	"slices"
	"sync"
)

// postings tell which places of a block have a key: as a list where they are few, and as a
// mask where they are many.
type postings struct {
	keys  []uint64 // in order
	lists []list   // by key
	slots []uint16
	masks []mask
}

// list is a run of slots, or the place of a mask.
type list struct{ from, count uint32 }

// mostListed is how many places take as much memory as a mask.
const mostListed = blockMost / 16

// add adds the places that have a key.
func (p *postings) add(key uint64, to *mask) {
	at, ok := slices.BinarySearch(p.keys, key)
	if !ok {
		return
	}
	l := p.lists[at]
	if l.count > mostListed {
		to.or(&p.masks[l.from])
		return
	}
	for _, at := range p.slots[l.from : l.from+l.count] {
		to.set(int(at))
	}
}

// gathering makes postings. It is used again for those of another block.
type gathering struct {
	ids   map[uint64]uint32
	count []uint32
	last  []int32 // by id: the last place that has it
	pairs []pair
}

// pair is a place that has a key.
type pair struct {
	id   uint32
	slot uint16
}

// gatherings are those that nobody uses.
func gatherings() *sync.Pool {
	return &sync.Pool{New: func() any { return &gathering{ids: map[uint64]uint32{}} }}
}

// add notes that a place has a key. Places come in their order.
func (g *gathering) add(key uint64, slot int) {
	id, ok := g.ids[key]
	if !ok {
		id = uint32(len(g.count))
		g.ids[key], g.count, g.last = id, append(g.count, 0), append(g.last, -1)
	}
	if g.last[id] == int32(slot) {
		return
	}
	g.last[id] = int32(slot)
	g.count[id]++
	g.pairs = append(g.pairs, pair{id, uint16(slot)})
}

// postings gives what was gathered, and forgets it.
func (g *gathering) postings() *postings {
	p := &postings{keys: slices.AppendSeq(make([]uint64, 0, len(g.ids)), maps.Keys(g.ids)), lists: make([]list, len(g.count))}
	slices.Sort(p.keys)
	places := g.last // by id, of which no more is asked
	masks, slots := uint32(0), uint32(0)
	for at, key := range p.keys {
		id := g.ids[key]
		places[id] = int32(at)
		if n := g.count[id]; n > mostListed {
			p.lists[at] = list{masks, n}
			masks++
		} else {
			p.lists[at] = list{slots, 0}
			slots += n
		}
	}
	p.masks, p.slots = make([]mask, masks), make([]uint16, slots)
	for _, one := range g.pairs {
		l := &p.lists[places[one.id]]
		if l.count > mostListed {
			p.masks[l.from].set(int(one.slot))
			continue
		}
		p.slots[l.from+l.count] = one.slot
		l.count++
	}
	clear(g.ids)
	g.count, g.last, g.pairs = g.count[:0], g.last[:0], g.pairs[:0]
	return p
}

// longestGram is the length in bytes of the parts of texts that are looked up.
const longestGram = 3

// gram stands for a part of a text.
func gram(part string) (key uint64) {
	for i := range len(part) {
		key = key<<8 | uint64(part[i])
	}
	return key | uint64(len(part))<<32
}
