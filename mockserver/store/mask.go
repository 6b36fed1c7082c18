package store

import "math/bits"

// blockMost is how many records are in a block.
const blockMost = 2048

// mask is a set of places in a block.
type mask [blockMost / 64]uint64

// first gives the set of the first n places.
func first(n int) (m mask) {
	for i := range n / 64 {
		m[i] = ^uint64(0)
	}
	if n%64 != 0 {
		m[n/64] = 1<<(n%64) - 1
	}
	return m
}

func (m *mask) set(i int)   { m[i/64] |= 1 << (i % 64) }
func (m *mask) clear(i int) { m[i/64] &^= 1 << (i % 64) }

func (m *mask) or(o *mask) {
	for i := range m {
		m[i] |= o[i]
	}
}

func (m *mask) and(o *mask) {
	for i := range m {
		m[i] &= o[i]
	}
}

func (m *mask) without(o *mask) {
	for i := range m {
		m[i] &^= o[i]
	}
}

func (m *mask) some() bool {
	for _, w := range m {
		if w != 0 {
			return true
		}
	}
	return false
}

func (m *mask) count() (n int) {
	for _, w := range m {
		n += bits.OnesCount64(w)
	}
	return n
}

// each hands over the places, in order.
func (m *mask) each(yield func(int)) {
	for i, w := range m {
		for ; w != 0; w &= w - 1 {
			yield(i*64 + bits.TrailingZeros64(w))
		}
	}
}
