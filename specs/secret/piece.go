package secret

import "strings"

// pieces are what the secrets are made of: a text that has a good part of one tells nearly all of it. Every piece of
// some bytes is known, so that a part of any length and place is found by looking at each place of a text once.
type pieces struct {
	known  map[string]bool
	sizes  [mostPiece + 1]bool // that some of the known have
	begins []uint64            // a bit for what the first four bytes of some come to; most places of a text need no more
}

const (
	leastPiece  = 6   // bytes; shorter ones stand in other words
	mostPiece   = 12  // bytes; as many of a secret are always a part that tells
	wordPiece   = 10  // bytes of a piece that may be a word, such as password
	mostPieces  = 128 // of a secret; of a longer one those at some places are known
	beginsWords = 1 << 12
)

// enough is how many bytes of a secret tell it: three of five, within bounds.
func enough(value string) int {
	return min(max((len(value)*3+4)/5, min(8, len(value)-1)), mostPiece)
}

// add takes a value apart. One that holds an address shares too much with others.
func (p *pieces) add(value string) {
	size := enough(value)
	if size < leastPiece || strings.Contains(value, "://") {
		return
	}
	if p.known == nil {
		p.known, p.begins = map[string]bool{}, make([]uint64, beginsWords)
	}
	numeral := strings.Trim(value, "0123456789") == ""
	step := 1 + (len(value)-size)/mostPieces
	for i := 0; i+size <= len(value); i += step {
		piece := value[i : i+size]
		if !numeral && !mixed(piece) { // a word, unless it is most of the secret
			long := max(size, wordPiece)
			if long*5 < len(value)*3 || i+long > len(value) {
				continue
			}
			piece = value[i : i+long]
		}
		p.known[lower(piece)], p.sizes[len(piece)] = true, true
		at := begin(lower(piece[:4]))
		p.begins[at/64] |= 1 << (at % 64)
	}
}

// begin is a number for the first four bytes of a text.
func begin(text string) uint32 {
	four := uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16 | uint32(text[3])<<24
	return four * 2654435761 >> 14 // 18 bits, of Knuth's multiplier
}

// mixed says whether a text has more than letters of one case, or digits, alone.
func mixed(text string) bool {
	var small, large, digit bool
	for _, b := range []byte(text) {
		small, large, digit = small || b >= 'a' && b <= 'z', large || b >= 'A' && b <= 'Z', digit || b >= '0' && b <= '9'
	}
	return small && large && !title(text) || digit && (small || large)
}

// title says whether a text has its large letters where words begin alone.
func title(text string) bool {
	for i, b := range []byte(text) {
		if b >= 'A' && b <= 'Z' && i > 0 && wordy(text[i-1]|0x20) {
			return false
		}
	}
	return true
}

// find looks for pieces in a text in lower case.
func (p *pieces) find(text string, places []int) (found []span) {
	if p.known == nil {
		return nil
	}
	for i := 0; i+leastPiece <= len(text); i++ {
		if at := begin(text[i:]); p.begins[at/64]&(1<<(at%64)) == 0 {
			continue
		}
		for size := leastPiece; size <= mostPiece && i+size <= len(text); size++ {
			if p.sizes[size] && p.known[text[i:i+size]] {
				found = append(found, place(i, i+size, places))
			}
		}
	}
	return found
}
