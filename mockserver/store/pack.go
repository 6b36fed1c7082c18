package store

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// words pack the documents of one table: what a document has in common with the
// samples is written as a place in them. JSON as it is stored here has no byte
// below a space, so those begin such a reference, and all others stand for
// themselves. To unpack is to copy runs, at the speed of memory.
type words struct {
	text []byte   // the samples, one after the other
	last []uint16 // by slot of four bytes: where in text they stand last; small, as it is looked into at random
	next []uint16 // by place in text: where bytes of the same slot stand before
}

const (
	mostWords = 48 << 10 // bytes of samples; a reference has two bytes for the place
	shortest  = 5        // bytes that a reference is shorter than
	longest   = shortest + 0x1e + 0x100
	tries     = 4  // places that are compared
	enough    = 48 // bytes that end the search for more
	slots     = 1 << 15
	nowhere   = 1<<16 - 1 // of last and next
)

// slot gives the slot of the first four bytes.
func slot(b []byte) uint32 { return binary.LittleEndian.Uint32(b) * 2654435761 >> 17 }

func newWords(samples [][]byte) *words {
	w := &words{last: slices.Repeat([]uint16{nowhere}, slots)}
	for _, s := range samples {
		if len(w.text)+len(s) <= mostWords {
			w.text = append(w.text, s...)
		}
	}
	w.next = make([]uint16, len(w.text))
	for i := 0; i+4 <= len(w.text); i++ {
		h := slot(w.text[i:])
		w.next[i], w.last[h] = w.last[h], uint16(i)
	}
	return w
}

// packed tells that no more will be packed.
func (w *words) packed() { w.last, w.next = nil, nil }

// packable tells whether a document has none of the bytes that begin a reference.
func packable(doc string) bool {
	for i := range len(doc) {
		if doc[i] < ' ' {
			return false
		}
	}
	return true
}

// pack appends a document in short.
func (w *words) pack(to, doc []byte) []byte {
	to = binary.AppendUvarint(to, uint64(len(doc)))
	follow := int32(-1) // where the text went on after the last reference
	for i := 0; i < len(doc); {
		place, length := w.find(doc[i:], follow)
		if length < shortest {
			to = append(to, doc[i])
			i++
			if follow >= 0 {
				follow++
			}
			continue
		}
		if n := length - shortest; n < 0x1f {
			to = append(to, byte(n))
		} else {
			to = append(to, 0x1f, byte(n-0x1f))
		}
		to = binary.LittleEndian.AppendUint16(to, uint16(place))
		i += length
		follow = place + int32(length)
	}
	return to
}

// find gives the longest run of the text that a document begins with, of those
// it looks at.
func (w *words) find(doc []byte, follow int32) (place int32, length int) {
	if len(doc) < shortest {
		return 0, 0
	}
	if follow >= 0 && int(follow) < len(w.text) {
		place, length = follow, common(doc, w.text[follow:])
	}
	at := w.last[slot(doc)]
	for n := 0; at != nowhere && n < tries && length < enough; n++ {
		if l := common(doc, w.text[at:]); l > length {
			place, length = int32(at), l
		}
		at = w.next[at]
	}
	return place, length
}

func common(a, b []byte) int {
	n, i := min(len(a), len(b), longest), 0
	for ; i+8 <= n; i += 8 {
		if differ := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); differ != 0 {
			return i + bits.TrailingZeros64(differ)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// unpack appends the document that was packed.
func (w *words) unpack(to, packed []byte) []byte {
	size, i := binary.Uvarint(packed)
	if need := len(to) + int(size); need > cap(to) {
		grown := make([]byte, len(to), max(need, cap(to)*3/2))
		copy(grown, to)
		to = grown
	}
	for i < len(packed) {
		b := packed[i]
		if b >= ' ' {
			from := i
			for i++; i < len(packed) && packed[i] >= ' '; i++ {
			}
			to = append(to, packed[from:i]...)
			continue
		}
		length := int(b) + shortest
		if i++; b == 0x1f {
			length += int(packed[i])
			i++
		}
		place := int(binary.LittleEndian.Uint16(packed[i:]))
		i += 2
		to = append(to, w.text[place:place+length]...)
	}
	return to
}
