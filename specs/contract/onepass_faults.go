package contract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"
)

// fault is one thing that is certainly wrong: which keyword of which schema, and
// where.
type fault struct {
	cause cause
	at    string // JSON pointer
}

// cause is all of a fault that decides what is said of it.
type cause struct {
	rule    *onepass
	keyword string
	got     int // the type of value or the count that was found
}

// step is one step of the way to a value.
type step struct {
	name  []byte
	index int
	item  bool
}

func (w *walk) push(s step) {
	if w.faults != nil {
		w.path = append(w.path, s)
	}
}

func (w *walk) pop() {
	if w.faults != nil {
		w.path = w.path[:len(w.path)-1]
	}
}

// pointer writes where the walk is, with one more member if there is one.
func (w *walk) pointer(member []byte) string {
	var b strings.Builder
	if len(w.path) == 0 && member == nil {
		return ""
	}
	b.Grow(32) // most are shorter
	for _, s := range w.path {
		b.WriteByte('/')
		if s.item {
			b.WriteString(strconv.Itoa(s.index))
		} else {
			b.WriteString(escape(string(s.name)))
		}
	}
	if member != nil {
		b.WriteByte('/')
		b.WriteString(escape(string(member)))
	}
	return b.String()
}

// fault notes what is wrong and tells whether the walk can go on: not on a pass
// that only asks whether all is right, nor within a composition, where one part
// may forgive what another one does not.
func (w *walk) fault(o *onepass, keyword string, got int, member []byte) bool {
	if w.faults == nil || w.within > 0 {
		return false
	}
	*w.faults = firstOf(append(*w.faults, fault{cause{o, keyword, got}, w.pointer(member)}), 2*MostViolations, inOrder)
	return true
}

// inOrder puts faults as violations are put.
func inOrder(a, b fault) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.cause.keyword, b.cause.keyword))
}

// wrongType notes a value of a type that may not be here, and reads it.
func (w *walk) wrongType(o *onepass, got jsonTypes, depth int) bool {
	if o.text != nil && o.text.enum != nil { // an enum complains, too
		return false
	}
	start := w.at
	if w.faults == nil || !w.plain(nil, depth) {
		return false
	}
	if got == typeNumber && !slices.ContainsFunc(w.raw[start:w.at], func(c byte) bool { return c == '.' }) {
		got = typeInteger
	}
	return w.fault(o, "type", int(got), nil)
}

func (w *walk) missing(o *onepass, seen uint64) bool {
	for i, m := range o.members {
		if bit := uint64(1) << i; o.required&bit != 0 && seen&bit == 0 && !w.fault(o, "required", i, []byte(m.name)) {
			return false
		}
	}
	return true
}

func (w *walk) wrongText(o *onepass, text []byte) bool {
	t := o.text
	n := utf8.RuneCount(text)
	for _, f := range []struct {
		keyword string
		wrong   bool
		got     int
	}{
		{"minLength", int64(n) < t.least, n},
		{"maxLength", int64(n) > t.most, n},
		{"enum", t.enum != nil && !slices.Contains(t.enum, string(text)), 0},
		{"pattern", t.pattern != nil && !t.pattern.MatchString(string(text)), 0},
		{"format", t.format != nil && !t.format(string(text)), 0},
	} {
		if f.wrong && !w.fault(o, f.keyword, f.got, nil) {
			return false
		}
	}
	return true
}

func (w *walk) wrongNumber(o *onepass, v float64) bool {
	n := o.number
	keyword := "maximum"
	switch below := v < n.low || v == n.low && n.lowOpen; {
	case n.sized:
		return false
	case below && n.lowOpen:
		keyword = "exclusiveMinimum"
	case below:
		keyword = "minimum"
	case n.highOpen:
		keyword = "exclusiveMaximum"
	}
	return w.fault(o, keyword, 0, nil)
}

// find gives the first faults of the bytes in the order of violations, as many as
// are told at most; false when it can't tell which they are.
func (o *onepass) find(raw []byte) ([]fault, bool) {
	var all []fault
	w := walk{raw: raw, faults: &all}
	w.space()
	if !w.value(o, 0) || !w.end() || len(all) == 0 {
		return nil, false
	}
	slices.SortFunc(all, inOrder)
	return all[:min(len(all), MostViolations)], true
}

// words are what the full check has said of a cause. They are learned
// from it, so that the quick check can't say anything else. Nobody waits for
// another one here: who learns makes a copy, and the last copy wins.
type words struct {
	known atomic.Pointer[map[cause]said]
}

// said is a violation without its place.
type said struct {
	message string
	line    int
}

// mostWords bounds what is learned: lengths are of any number.
const mostWords = 1000

// violations gives what the full check would, if it has said all of it before.
func (k *words) violations(faults []fault) ([]Violation, bool) {
	known := k.known.Load()
	if known == nil {
		return nil, false
	}
	all := make([]Violation, len(faults))
	for i, f := range faults {
		s, ok := (*known)[f.cause]
		if !ok {
			return nil, false
		}
		all[i] = Violation{In: "body", Pointer: f.at, Keyword: f.cause.keyword, Message: s.message, Line: s.line}
	}
	return all, true
}

// learn keeps what the full check said of faults. It learns nothing when the two
// don't agree on what is wrong; both are in the order of violations.
func (k *words) learn(faults []fault, full []Violation) {
	if len(faults) != len(full) {
		return
	}
	more := map[cause]said{}
	for i, v := range full {
		again := i > 0 && full[i-1].Pointer == v.Pointer && full[i-1].Keyword == v.Keyword
		if again || v.Pointer != faults[i].at || v.Keyword != faults[i].cause.keyword {
			return
		}
		more[faults[i].cause] = said{v.Message, v.Line}
	}
	old := k.known.Load()
	if old != nil && len(*old)+len(more) <= mostWords {
		for cause, s := range *old {
			more[cause] = s
		}
	}
	k.known.CompareAndSwap(old, &more)
}
