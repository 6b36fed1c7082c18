package contract

import (
	"bytes"
	"math"
	"strconv"
	"unicode/utf8"
)

// maxDepth bounds how deep a body may nest before the full check takes over.
const maxDepth = 32

// maxKeys bounds the members of one object that are compared for duplicates.
const maxKeys = 64

// walk is the state of one pass. Each method reads one construct at the current
// byte and says whether it is certainly right.
type walk struct {
	raw    []byte
	at     int
	faults *[]fault // where a pass that is to find what is wrong puts it; nil without
	path   []step   // to the current value, on such a pass
	within int      // how many compositions the walk is in
	again  int      // how many bytes were read for a part of a composition
}

// mostAgain is how often the bytes are read for the parts of compositions before the full check
// takes over, which knows what it has tried: what is made of parts that are made of parts is
// read as often as the numbers of all of them multiply to.
const mostAgain = 32

func (w *walk) peek() byte {
	if w.at < len(w.raw) {
		return w.raw[w.at]
	}
	return 0
}

func (w *walk) space() {
	for w.at < len(w.raw) {
		switch w.raw[w.at] {
		case ' ', '\t', '\n', '\r':
			w.at++
		default:
			return
		}
	}
}

func (w *walk) end() bool {
	w.space()
	return w.at == len(w.raw)
}

func (w *walk) word(s string) bool {
	if !bytes.HasPrefix(w.raw[w.at:], []byte(s)) {
		return false
	}
	w.at += len(s)
	return true
}

func (o *onepass) may(k jsonTypes) bool { return o == nil || o.types&k != 0 }

// value reads one value that must keep o; a nil o takes anything.
func (w *walk) value(o *onepass, depth int) bool {
	if depth > maxDepth {
		return false
	}
	if o != nil && len(o.every)+len(o.some) > 0 {
		return w.composed(o, depth)
	}
	return w.plain(o, depth)
}

// composed reads the same bytes once for each part.
func (w *walk) composed(o *onepass, depth int) bool {
	start, way := w.at, len(w.path)
	back := func() { w.at, w.path = start, w.path[:way] } // a part that failed is left where it was
	w.within++
	defer func() { w.within-- }()
	for _, part := range o.every {
		back()
		if !w.part(part, depth) {
			return false
		}
	}
	any := len(o.some) == 0
	for _, part := range o.some {
		back()
		if w.part(part, depth) {
			any = true
			break
		}
	}
	if !any {
		return false
	}
	back()
	return w.plain(o, depth)
}

// part reads the value for one of the parts.
func (w *walk) part(o *onepass, depth int) bool {
	if w.again > mostAgain*(len(w.raw)+mostAgain) {
		return false
	}
	start := w.at
	fits := w.value(o, depth+1)
	w.again += max(1, w.at-start)
	return fits
}

func (w *walk) plain(o *onepass, depth int) bool {
	switch c := w.peek(); {
	case c == '"':
		if !o.may(typeText) {
			return w.wrongType(o, typeText, depth)
		}
		text, ok := w.text(o != nil && o.text != nil)
		return ok && (o == nil || o.text.keeps(text) || w.wrongText(o, text))
	case c == '{':
		if !o.may(typeObject) {
			return w.wrongType(o, typeObject, depth)
		}
		return w.object(o, depth)
	case c == '[':
		if !o.may(typeArray) {
			return w.wrongType(o, typeArray, depth)
		}
		return w.array(o, depth)
	case c == '-' || c >= '0' && c <= '9':
		if !o.may(typeInteger | typeNumber) {
			return w.wrongType(o, typeNumber, depth)
		}
		return w.number(o)
	case c == 't':
		return w.constant("true", o, typeBool, depth)
	case c == 'f':
		return w.constant("false", o, typeBool, depth)
	case c == 'n':
		return w.constant("null", o, typeNull, depth)
	}
	return false
}

func (w *walk) constant(word string, o *onepass, k jsonTypes, depth int) bool {
	if !o.may(k) {
		return w.wrongType(o, k, depth)
	}
	return w.word(word)
}

// text reads a string and gives what is between the quotes. One with an escape
// is left to the full check when its content matters.
func (w *walk) text(matters bool) ([]byte, bool) {
	w.at++
	start, wide := w.at, false
	for w.at < len(w.raw) {
		switch c := w.raw[w.at]; {
		case c == '"':
			s := w.raw[start:w.at]
			w.at++
			return s, !wide || utf8.Valid(s)
		case c < 0x20:
			return nil, false
		case c == '\\':
			if matters || w.at+1 >= len(w.raw) || bytes.IndexByte([]byte(`"\/bfnrt`), w.raw[w.at+1]) < 0 {
				return nil, false
			}
			w.at += 2
		default:
			wide = wide || c >= utf8.RuneSelf
			w.at++
		}
	}
	return nil, false
}

func (w *walk) object(o *onepass, depth int) bool {
	w.at++
	w.space()
	var keys [maxKeys][]byte
	var seen uint64
	for n := 0; ; n++ {
		if w.peek() == '}' && n == 0 {
			break
		}
		if n >= maxKeys || w.peek() != '"' {
			return false
		}
		key, ok := w.text(true)
		if !ok || duplicate(keys[:n], key) {
			return false
		}
		keys[n] = key
		rule, known := o.member(key, &seen)
		if !known && o != nil && o.closed && !w.fault(o, "additionalProperties", 0, key) || !w.colon() {
			return false
		}
		w.push(step{name: key})
		if !w.value(rule, depth+1) {
			return false
		}
		w.pop()
		if w.space(); w.peek() != ',' {
			break
		}
		w.at++
		w.space()
	}
	return w.word("}") && (o == nil || seen&o.required == o.required || w.missing(o, seen))
}

func (w *walk) colon() bool {
	w.space()
	if !w.word(":") {
		return false
	}
	w.space()
	return true
}

func duplicate(keys [][]byte, key []byte) bool {
	for _, k := range keys {
		if bytes.Equal(k, key) {
			return true
		}
	}
	return false
}

// member finds the rule of a member and marks it as seen.
func (o *onepass) member(key []byte, seen *uint64) (*onepass, bool) {
	if o == nil {
		return nil, true
	}
	for i := range o.members {
		if o.members[i].name == string(key) {
			*seen |= 1 << i
			return o.members[i].rule, true
		}
	}
	return nil, false
}

func (w *walk) array(o *onepass, depth int) bool {
	w.at++
	w.space()
	var items *onepass
	least, most := 0, math.MaxInt
	if o != nil {
		items, least, most = o.items, o.least, o.most
	}
	n := 0
	for w.peek() != ']' || n > 0 {
		w.push(step{index: n, item: true})
		if !w.value(items, depth+1) {
			return false
		}
		w.pop()
		n++
		if w.space(); w.peek() != ',' {
			break
		}
		w.at++
		w.space()
	}
	if !w.word("]") {
		return false
	}
	switch {
	case n < least:
		return w.fault(o, "minItems", n, nil)
	case n > most:
		return w.fault(o, "maxItems", n, nil)
	}
	return true
}

// plainDigits is how many digits an integer may have to be decided here; every
// such number is exact as a double.
const plainDigits = 15

func (w *walk) number(o *onepass) bool {
	start := w.at
	if w.peek() == '-' {
		w.at++
	}
	whole := w.digits()
	if whole == 0 || whole > plainDigits || whole > 1 && w.raw[w.at-whole] == '0' {
		return false
	}
	if w.raw[start] == '-' && w.raw[start+1] == '0' {
		return false // -0 is 0, and spelt anew if it is an integer
	}
	integer := true
	if w.peek() == '.' {
		w.at++
		integer = false
		if n := w.digits(); n == 0 || n > plainDigits {
			return false
		}
	}
	if c := w.peek(); c == 'e' || c == 'E' {
		return false
	}
	if integer && !o.may(typeInteger) || !integer && !o.may(typeNumber) {
		return false
	}
	if o == nil || o.number == nil {
		return true
	}
	v, err := strconv.ParseFloat(string(w.raw[start:w.at]), 64)
	return err == nil && (o.number.keeps(v) || w.wrongNumber(o, v))
}

func (w *walk) digits() (n int) {
	for c := w.peek(); c >= '0' && c <= '9'; c = w.peek() {
		w.at++
		n++
	}
	return n
}
