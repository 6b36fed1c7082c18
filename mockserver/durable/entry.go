// Package durable keeps what is done to worlds in a log, so that it outlives the process, and
// lets several processes share one. Reads stay in memory.
//
// It is no API: it serves the packages beside it, and may change with any version.
package durable

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"rollcall/mockserver/store"
)

// StepType is what a step does.
type StepType byte

const (
	// Changes are those of one transaction.
	Changes StepType = iota
	// Fork marks the state that a child begins with.
	Fork
	// Reset puts the world back to how the data was generated.
	Reset
	// Snapshot is a part of all that is other than as the data was generated.
	Snapshot
)

// Change is a write to a table of one of the states of a world.
type Change struct {
	State, Table, ID string
	Seq              uint64
	Gone             bool
	Document         []byte
	Private          []byte
}

// Ordinal is the number that was given last in a table.
type Ordinal struct {
	State, Table string
	Last         uint64
}

// Step is one transaction, in its order.
type Step struct {
	Type     StepType
	At       int64  // Unix nanoseconds of the world's clock, for Changes
	Child    string // of a Fork
	Part, Of int    // of a Snapshot, from 0
	Changes  []Change
	Ordinals []Ordinal
}

// Why an entry is not read.
var (
	ErrNewer   = errors.New("the entry is of a newer format: this program is too old for it")
	ErrDamaged = errors.New("the entry is damaged: its checksum is another one")
)

// An entry begins with magic; the last byte is the version. Then come the checksum of the
// rest, and the rest.
const (
	magic   = "RC"
	version = '1'
	head    = len(magic) + 1 + crc32.Size
)

// Encode writes steps as an entry of the log.
func Encode(steps []Step) []byte {
	e := encoder{to: append(make([]byte, head, 1024), 0)[:head], names: map[string]int{}}
	e.number(len(steps))
	for _, s := range steps {
		e.step(s)
	}
	copy(e.to, magic)
	e.to[len(magic)] = version
	binary.LittleEndian.PutUint32(e.to[len(magic)+1:], crc32.Checksum(e.to[head:], castagnoli()))
	return e.to
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

type encoder struct {
	to    []byte
	names map[string]int
}

func (e *encoder) number(n int)     { e.to = binary.AppendUvarint(e.to, uint64(n)) } //nolint:gosec // none is negative
func (e *encoder) ordinal(n uint64) { e.to = binary.AppendUvarint(e.to, n) }

func (e *encoder) bytes(b []byte) {
	e.number(len(b))
	e.to = append(e.to, b...)
}

func (e *encoder) text(s string) {
	e.number(len(s))
	e.to = append(e.to, s...)
}

// name writes a name that stands in many places: in full where it is new.
func (e *encoder) name(s string) {
	n, known := e.names[s]
	if !known {
		n = len(e.names)
		e.names[s] = n
	}
	e.number(n)
	if !known {
		e.text(s)
	}
}

func (e *encoder) step(s Step) {
	e.to = append(e.to, byte(s.Type))
	e.to = binary.AppendVarint(e.to, s.At)
	e.text(s.Child)
	e.number(s.Part)
	e.number(s.Of)
	e.number(len(s.Changes))
	for _, c := range s.Changes {
		flags := byte(0)
		if c.Gone {
			flags |= flagGone
		}
		if c.Private != nil {
			flags |= flagPrivate
		}
		e.to = append(e.to, flags)
		e.name(c.State)
		e.name(c.Table)
		e.text(c.ID)
		e.ordinal(c.Seq)
		if !c.Gone {
			e.bytes(c.Document)
		}
		if c.Private != nil {
			e.bytes(c.Private)
		}
	}
	e.number(len(s.Ordinals))
	for _, o := range s.Ordinals {
		e.name(o.State)
		e.name(o.Table)
		e.ordinal(o.Last)
	}
}

const (
	flagGone byte = 1 << iota
	flagPrivate
)

// Decode reads an entry. What it gives are parts of it. The error is ErrNewer, or ErrDamaged
// with what was found.
func Decode(entry []byte) ([]Step, error) {
	switch {
	case len(entry) < head || string(entry[:len(magic)]) != magic:
		return nil, fmt.Errorf("%w, or it is none", ErrDamaged)
	case entry[len(magic)] > version:
		return nil, fmt.Errorf("%w (%q)", ErrNewer, entry[len(magic)])
	case binary.LittleEndian.Uint32(entry[len(magic)+1:]) != crc32.Checksum(entry[head:], castagnoli()):
		return nil, ErrDamaged
	}
	d := decoder{from: entry[head:]}
	n := d.count()
	var steps []Step
	for range n {
		steps = append(steps, d.step())
	}
	if d.bad || len(d.from) > 0 {
		return nil, fmt.Errorf("%w, or its content is", ErrDamaged)
	}
	return steps, nil
}

// decoder reads from what is left. What is too short makes it bad, and everything empty.
type decoder struct {
	from  []byte
	names []string
	bad   bool
}

func (d *decoder) ordinal() uint64 {
	n, size := binary.Uvarint(d.from)
	if size <= 0 {
		d.bad, d.from = true, nil
		return 0
	}
	d.from = d.from[size:]
	return n
}

// count reads how many come, each of at least a byte.
func (d *decoder) count() int {
	n := d.ordinal()
	if n > uint64(len(d.from)) {
		d.bad, d.from = true, nil
		return 0
	}
	return int(n) //nolint:gosec // it is no more than a length
}

func (d *decoder) bytes() []byte {
	n := d.count()
	b := d.from[:n:n]
	d.from = d.from[n:]
	return b
}

func (d *decoder) byte() byte {
	if len(d.from) == 0 {
		d.bad = true
		return 0
	}
	b := d.from[0]
	d.from = d.from[1:]
	return b
}

func (d *decoder) name() string {
	n := d.ordinal()
	switch {
	case n < uint64(len(d.names)):
		return d.names[n]
	case n > uint64(len(d.names)):
		d.bad = true
		return ""
	}
	s := string(d.bytes())
	d.names = append(d.names, s)
	return s
}

func (d *decoder) step() (s Step) {
	s.Type = StepType(d.byte())
	d.bad = d.bad || s.Type > Snapshot
	at, size := binary.Varint(d.from)
	if size <= 0 {
		d.bad, d.from = true, nil
		return s
	}
	s.At, d.from = at, d.from[size:]
	s.Child = string(d.bytes())
	s.Part, s.Of = int(d.ordinal()), int(d.ordinal()) //nolint:gosec // written as such
	n := d.count()
	s.Changes = make([]Change, 0, n)
	for range n {
		s.Changes = append(s.Changes, d.change())
	}
	n = d.count()
	for range n {
		s.Ordinals = append(s.Ordinals, Ordinal{State: d.name(), Table: d.name(), Last: d.ordinal()})
	}
	return s
}

func (d *decoder) change() (c Change) {
	flags := d.byte()
	c.Gone = flags&flagGone != 0
	c.State, c.Table = d.name(), d.name()
	c.ID, c.Seq = string(d.bytes()), d.ordinal()
	if !c.Gone {
		c.Document = d.bytes()
	}
	if flags&flagPrivate != 0 {
		c.Private = d.bytes()
	}
	return c
}

// told is what a transaction of the store changed, as a step has it.
func told(state string, d store.Delta) (changes []Change, ordinals []Ordinal) {
	for _, c := range d.Changes {
		one := Change{State: state, Table: c.Table, ID: c.Rec.ID, Seq: c.Rec.Seq, Gone: c.Gone}
		if !c.Gone {
			one.Document, one.Private = c.Rec.Document(), c.Rec.Private()
		}
		changes = append(changes, one)
	}
	for _, n := range d.Next {
		ordinals = append(ordinals, Ordinal{state, n.Table, n.Ordinal})
	}
	return changes, ordinals
}

// delta is what of a step is one state's, for the store.
func (s *Step) delta(state string) (d store.Delta) {
	for i := range s.Changes {
		c := &s.Changes[i]
		if c.State != state {
			continue
		}
		rec := store.NewRecord(c.ID, c.Document, c.Private)
		rec.Seq = c.Seq
		d.Changes = append(d.Changes, store.Change{Table: c.Table, Rec: rec, Gone: c.Gone})
	}
	for _, o := range s.Ordinals {
		if o.State == state {
			d.Next = append(d.Next, store.Next{Table: o.Table, Ordinal: o.Last})
		}
	}
	return d
}
