package durable

import (
	"maps"
	"slices"
)

// Fold is what a world's entries come to: the last change of each record since the data was
// generated. It needs no data, so that a log is compacted, checked and moved without any.
type Fold struct {
	changes  map[[3]string]Change
	ordinals map[[2]string]uint64
	at       int64
}

// NewFold is that of a world as its data was generated.
func NewFold() *Fold {
	return &Fold{changes: map[[3]string]Change{}, ordinals: map[[2]string]uint64{}}
}

// Own is the state in which a world keeps what is not its contracts': clock, faults, limits.
const Own = ""

// Add adds an entry; each is told of a fork, at its place.
func (f *Fold) Add(entry []byte, each func(child string, of *Fold)) error {
	steps, err := Decode(entry)
	if err != nil {
		return err
	}
	for i := range steps {
		f.step(&steps[i], each)
	}
	return nil
}

func (f *Fold) step(s *Step, each func(string, *Fold)) {
	if s.Type == Reset {
		clear(f.changes)
		clear(f.ordinals)
	}
	if s.At != 0 {
		f.at = s.At
	}
	for _, c := range s.Changes {
		f.changes[[3]string{c.State, c.Table, c.ID}] = c
	}
	for _, o := range s.Ordinals {
		f.ordinals[[2]string{o.State, o.Table}] = o.Last
	}
	if s.Type == Fork && each != nil {
		each(s.Child, f.child())
	}
}

// child is what a fork of the world begins with: all but what is the world's own.
func (f *Fold) child() *Fold {
	c := &Fold{changes: maps.Clone(f.changes), ordinals: maps.Clone(f.ordinals), at: f.at}
	maps.DeleteFunc(c.changes, func(k [3]string, _ Change) bool { return k[0] == Own })
	maps.DeleteFunc(c.ordinals, func(k [2]string, _ uint64) bool { return k[0] == Own })
	return c
}

// partSize is what a part of a snapshot holds of documents, in bytes.
const partSize = 1 << 20

// Snapshot writes what there is, in parts.
func (f *Fold) Snapshot() [][]byte {
	keys := slices.SortedFunc(maps.Keys(f.changes), func(a, b [3]string) int { return slices.Compare(a[:], b[:]) })
	var steps []Step
	now, size := Step{Type: Snapshot, At: f.at}, 0
	for _, k := range keys {
		c := f.changes[k]
		if c.Gone && k[0] == Own {
			continue // nothing of a world's own is generated
		}
		if size += len(c.Document) + len(c.Private); size > partSize {
			steps = append(steps, now)
			now, size = Step{Type: Snapshot, At: f.at}, 0
		}
		now.Changes = append(now.Changes, c)
	}
	for _, k := range slices.SortedFunc(maps.Keys(f.ordinals), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		now.Ordinals = append(now.Ordinals, Ordinal{k[0], k[1], f.ordinals[k]})
	}
	steps = append(steps, now)
	parts := make([][]byte, len(steps))
	for i, s := range steps {
		s.Part, s.Of = i, len(steps)
		parts[i] = Encode([]Step{s})
	}
	return parts
}

// Whole reads the parts of a snapshot; one that is missing, damaged or in another place is an
// error.
func Whole(parts [][]byte) ([]Step, error) {
	var all []Step
	for i, part := range parts {
		steps, err := Decode(part)
		if err != nil {
			return nil, err
		}
		if len(steps) != 1 || steps[0].Type != Snapshot || steps[0].Part != i || steps[0].Of != len(parts) {
			return nil, ErrDamaged
		}
		all = append(all, steps...)
	}
	if len(all) == 0 {
		return nil, ErrDamaged
	}
	return all, nil
}

// Records counts the records that are other than generated.
func (f *Fold) Records() int { return len(f.changes) }
