package contract

import (
	"encoding/binary"
	"encoding/json"
	"math"
)

// A wire carries values to bytes, or back. Each method takes one value both ways,
// so that the writing and the reading of a type are the same lines and can't come
// apart.
type wire struct {
	writing bool
	raw     []byte // written so far, or to be read
	text    string // raw, when reading: texts are cut from it without a copy
	at      int    // how far it is read
	failed  bool   // what is read is not what was written

	schemas []*Schema // in the order they are met, so that a circle is a number
	known   map[*Schema]int
}

func (w *wire) number(v *int) {
	if w.writing {
		w.raw = binary.AppendVarint(w.raw, int64(*v))
		return
	}
	n, size := binary.Varint(w.raw[w.at:])
	if size <= 0 {
		w.fail()
		return
	}
	*v, w.at = int(n), w.at+size
}

// fail ends the reading: from here on everything is zero.
func (w *wire) fail() { w.failed, w.at = true, len(w.raw) }

// length carries the length of a list or text; one longer than what is left is
// wrong.
func (w *wire) length(n int) int {
	w.number(&n)
	if !w.writing && (n < 0 || n > len(w.raw)-w.at) {
		w.fail()
		return 0
	}
	return n
}

func (w *wire) word(v *string) {
	n := w.length(len(*v))
	if w.writing {
		w.raw = append(w.raw, *v...)
		return
	}
	*v = w.text[w.at : w.at+n]
	w.at += n
}

func (w *wire) words(v *[]string) { list(w, v, w.word) }

func (w *wire) flag(v *bool) {
	n := 0
	if *v {
		n = 1
	}
	w.number(&n)
	*v = n == 1
}

func (w *wire) count(v *int64) {
	n := int(*v)
	w.number(&n)
	*v = int64(n)
}

func (w *wire) limit(v *float64) {
	n := int(math.Float64bits(*v))
	w.number(&n)
	*v = math.Float64frombits(uint64(n))
}

// bytes carries bytes; none and no bytes are one thing.
func (w *wire) bytes(v *[]byte) {
	s := string(*v)
	w.word(&s)
	if !w.writing && s != "" {
		*v = []byte(s)
	}
}

// value carries a decoded JSON value, null without a byte.
func (w *wire) value(v *any) {
	var raw []byte
	if w.writing && *v != nil {
		raw, _ = json.Marshal(*v) // what was decoded can be encoded
	}
	w.bytes(&raw)
	if !w.writing && raw != nil && json.Unmarshal(raw, v) != nil {
		w.fail()
	}
}

// list carries a list; none and an empty one stay two things.
func list[T any](w *wire, all *[]T, one func(*T)) {
	n := len(*all) + 1
	if *all == nil {
		n = 0
	}
	n = w.length(n)
	if !w.writing && n > 0 {
		*all = make([]T, n-1)
	}
	for i := range *all {
		one(&(*all)[i])
	}
}

// some carries what a pointer leads to, or that it leads nowhere.
func some[T any](w *wire, p **T, one func(*T)) {
	there := *p != nil
	w.flag(&there)
	if !there {
		return
	}
	if !w.writing {
		*p = new(T)
	}
	one(*p)
}

// each carries a list of pointers.
func each[T any](w *wire, all *[]*T, one func(*T)) {
	list(w, all, func(p **T) { some(w, p, one) })
}
