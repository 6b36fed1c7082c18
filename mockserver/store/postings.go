package store

// postings tell which places of a block have a key: as a list where they are few, and as a
// mask where they are many.
type postings struct {
	ids   map[uint64]uint32
	lists []list // by id
	slots []uint16
	masks []mask
}

// list is a run of slots, or the place of a mask.
type list struct{ from, count uint32 }

// mostListed is how many places take as much memory as a mask.
const mostListed = blockMost / 16

// add adds the places that have a key.
func (p *postings) add(key uint64, to *mask) {
	id, ok := p.ids[key]
	if !ok {
		return
	}
	l := p.lists[id]
	if l.count > mostListed {
		to.or(&p.masks[l.from])
		return
	}
	for _, at := range p.slots[l.from : l.from+l.count] {
		to.set(int(at))
	}
}

// gathering makes postings.
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

func newGathering() *gathering { return &gathering{ids: map[uint64]uint32{}} }

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

func (g *gathering) postings() *postings {
	p := &postings{ids: g.ids, lists: make([]list, len(g.count))}
	masks, slots := uint32(0), uint32(0)
	for id, n := range g.count {
		if n > mostListed {
			p.lists[id] = list{masks, n}
			masks++
		} else {
			p.lists[id] = list{slots, 0}
			slots += n
		}
	}
	p.masks, p.slots = make([]mask, masks), make([]uint16, slots)
	for _, one := range g.pairs {
		l := &p.lists[one.id]
		if l.count > mostListed {
			p.masks[l.from].set(int(one.slot))
			continue
		}
		p.slots[l.from+l.count] = one.slot
		l.count++
	}
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
