package contract

import (
	"math"
	"slices"
	"unicode/utf8"
	"unsafe"

	"rollcall/specs/format"
)

// A onepass is a schema compiled for a single walk over the bytes of a request.
// It only ever says "this certainly keeps the schema", or which plain faults the
// bytes certainly have (see faults); whatever it does not understand is left to
// the full check. Held equal to the full check by differential fuzzing.
type onepass struct {
	types       jsonTypes // what a value may be
	text        *textRule
	number      *numberRule
	members     []slot
	required    uint64 // bits of the members that must be there
	closed      bool
	items       *onepass
	least, most int // items
	every       []*onepass
	some        []*onepass
}

type slot struct {
	name string
	rule *onepass // nil: anything
}

type textRule struct {
	least, most int64
	pattern     matcher
	format      func(string) bool
	enum        []string
}

type numberRule struct {
	low, high         float64
	lowOpen, highOpen bool
	sized             bool // the limits may be those of the format
}

type jsonTypes uint8

const (
	typeNull jsonTypes = 1 << iota
	typeBool
	typeInteger
	typeNumber
	typeText
	typeArray
	typeObject
	typeAny = typeNull | typeBool | typeInteger | typeNumber | typeText | typeArray | typeObject
)

// maxMembers bounds the members an object may have here: their bits are one word.
const maxMembers = 64

// compiling is what was compiled, each schema once; nil for one that can't be decided, and as
// long as it is in the making: what holds itself can't be decided, nor what holds that.
type compiling map[*Schema]*onepass

// compileOnepass gives nil for a schema it can't decide.
func compileOnepass(s *Schema, made compiling) *onepass {
	if o, ok := made[s]; ok {
		return o
	}
	made[s] = nil
	o := compilePass(s, made)
	made[s] = o
	return o
}

func compilePass(s *Schema, made compiling) *onepass {
	if len(s.OneOf) > 0 || len(s.AllOf)+len(s.AnyOf) > 0 && s.Nullable {
		return nil
	}
	if s.MultipleOf != nil || s.UniqueItems {
		return nil // the full check counts them
	}
	o := &onepass{types: typesOf(s), closed: s.closed, most: math.MaxInt}
	if !o.addText(s) || !o.addNumber(s) || !o.addMembers(s, made) {
		return nil
	}
	if s.Items != nil {
		if o.items = compileOnepass(s.Items, made); o.items == nil {
			return nil
		}
	}
	if s.MinItems != nil {
		o.least = int(*s.MinItems)
	}
	if s.MaxItems != nil {
		o.most = int(*s.MaxItems)
	}
	var ok, ok2 bool
	o.every, ok = compileEach(s.AllOf, made)
	o.some, ok2 = compileEach(s.AnyOf, made)
	if !ok || !ok2 {
		return nil
	}
	return o
}

func compileEach(all []*Schema, made compiling) (out []*onepass, ok bool) {
	for _, s := range all {
		o := compileOnepass(s, made)
		if o == nil {
			return nil, false
		}
		out = append(out, o)
	}
	return out, true
}

func typesOf(s *Schema) jsonTypes {
	k := map[string]jsonTypes{"": typeAny, "string": typeText, "boolean": typeBool, "integer": typeInteger,
		"number": typeInteger | typeNumber, "array": typeArray, "object": typeObject}[s.Type]
	if s.Nullable {
		k |= typeNull
	}
	return k
}

func (o *onepass) addText(s *Schema) bool {
	t := textRule{most: math.MaxInt64, format: format.Check(s.Format)}
	if s.MinLength != nil {
		t.least = *s.MinLength
	}
	if s.MaxLength != nil {
		t.most = *s.MaxLength
	}
	if s.Pattern != "" {
		if t.pattern = s.matcher(); t.pattern == nil {
			return false
		}
	}
	for _, e := range s.Enum {
		switch e := e.(type) {
		case string:
			t.enum = append(t.enum, e)
		case nil:
		default:
			return false
		}
	}
	if len(s.Enum) > 0 && s.Type != "string" {
		return false
	}
	if t.least > 0 || t.most < math.MaxInt64 || t.pattern != nil || t.format != nil || t.enum != nil {
		o.text = &t
	}
	return true
}

func (o *onepass) addNumber(s *Schema) bool {
	n := numberRule{low: math.Inf(-1), high: math.Inf(1), lowOpen: s.ExclusiveMinimum, highOpen: s.ExclusiveMaximum}
	if s.Minimum != nil {
		n.low = *s.Minimum
	}
	if s.Maximum != nil {
		n.high = *s.Maximum
	}
	switch s.Format {
	case "int32":
		n.low, n.high, n.sized = max(n.low, math.MinInt32), min(n.high, math.MaxInt32), true
	case "int64":
		// the walk takes no integer of more digits than an int64 surely holds
	}
	if !math.IsInf(n.low, 0) || !math.IsInf(n.high, 0) {
		o.number = &n
	}
	return true
}

func (o *onepass) addMembers(s *Schema, made compiling) bool {
	if len(s.Properties) > maxMembers || s.Additional != nil {
		return false
	}
	for _, p := range s.Properties {
		if p.Schema.ReadOnly {
			o.members = append(o.members, slot{name: p.Name})
			continue
		}
		rule := compileOnepass(p.Schema, made)
		if rule == nil {
			return false
		}
		o.members = append(o.members, slot{p.Name, rule})
	}
	for _, name := range s.Required {
		i := slices.IndexFunc(o.members, func(m slot) bool { return m.name == name })
		if i < 0 {
			return false
		}
		if o.members[i].rule != nil { // a readOnly member isn't demanded of a request
			o.required |= 1 << i
		}
	}
	return true
}

// keeps says whether the bytes are strict JSON that certainly keeps the schema.
func (o *onepass) keeps(raw []byte) bool {
	w := walk{raw: raw}
	w.space()
	return w.value(o, 0) && w.end()
}

func (t *textRule) keeps(b []byte) bool {
	if t == nil {
		return true
	}
	if n := int64(utf8.RuneCount(b)); n < t.least || n > t.most {
		return false
	}
	if t.enum != nil && !slices.ContainsFunc(t.enum, func(e string) bool { return e == string(b) }) {
		return false
	}
	if t.pattern == nil && t.format == nil {
		return true
	}
	s := unsafe.String(unsafe.SliceData(b), len(b)) // for this call alone
	return (t.pattern == nil || t.pattern.MatchString(s)) && (t.format == nil || t.format(s))
}

func (n *numberRule) keeps(v float64) bool {
	if n == nil {
		return true
	}
	return (v > n.low || v == n.low && !n.lowOpen) && (v < n.high || v == n.high && !n.highOpen)
}
