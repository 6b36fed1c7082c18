package durable

import (
	"fmt"
	"slices"

	"rollcall/mockserver/store"
)

// OwnTable is the table of what is a world's own, by name.
const OwnTable = "own"

// Draft is what a world will be once the log has it. A transaction of a world is a function
// of it, and may run more than once.
type Draft struct {
	world    *World
	parts    []store.Draft // by place of the state in the book
	open     Step          // of the transaction that runs
	steps    []Step
	children []born
	now      int64
}

// born is a child of the draft, with the states that it begins with.
type born struct {
	Child
	parts []store.Draft
}

func (w *World) draft() *Draft {
	d := &Draft{world: w, parts: make([]store.Draft, len(w.states)), now: w.book.config.Host.Time(w)}
	for i, s := range w.states {
		d.parts[i] = s.Draft()
	}
	return d
}

// try runs a transaction, and leaves nothing of one that fails.
func (d *Draft) try(f func(*Draft) error) (panicked any, err error) {
	parts, steps, children := slices.Clone(d.parts), len(d.steps), len(d.children)
	d.open = Step{At: d.now}
	defer func() {
		if p := recover(); p != nil {
			panicked = p
		}
		if err != nil || panicked != nil {
			d.parts, d.steps, d.children = parts, d.steps[:steps], d.children[:children]
		}
	}()
	if err = f(d); err != nil {
		return nil, err
	}
	d.close()
	return nil, nil
}

// close puts the step that is open behind the others.
func (d *Draft) close() {
	if d.open.Type != Changes || len(d.open.Changes)+len(d.open.Ordinals) > 0 {
		d.steps = append(d.steps, d.open)
	}
	d.open = Step{At: d.now}
}

// Update runs a transaction of one of the states.
func (d *Draft) Update(state string, f func(*store.Tx) error) error {
	return d.update(d.world.book.place(state), f)
}

func (d *Draft) update(i int, f func(*store.Tx) error) error {
	delta, err := d.parts[i].Update(f)
	if err != nil {
		return err
	}
	d.tell(i, delta)
	return nil
}

func (d *Draft) tell(i int, delta store.Delta) {
	changes, ordinals := told(d.world.book.names[i], delta)
	d.open.Changes, d.open.Ordinals = append(d.open.Changes, changes...), append(d.open.Ordinals, ordinals...)
}

// Own reads what is the world's own; nil for what is not there.
func (d *Draft) Own(id string) []byte {
	if r, ok := d.parts[0].View().Get(OwnTable, id); ok {
		return r.Document()
	}
	return nil
}

// Set keeps what is the world's own, or with nil forgets it.
func (d *Draft) Set(id string, document []byte) {
	_ = d.update(0, func(tx *store.Tx) error { // it refuses nothing
		if document == nil {
			tx.Delete(OwnTable, id)
		} else {
			tx.Put(OwnTable, store.NewRecord(id, document, nil))
		}
		return nil
	})
}

// Become gives the contracts' states those of another world, or with nil those of the data as
// it was generated; what is the world's own is gone.
func (d *Draft) Become(other *World) {
	if other == nil {
		d.close()
		d.open.Type = Reset
		for i := range d.parts {
			d.parts[i].Become(d.world.book.origin[i])
		}
		return
	}
	for i := 1; i < len(d.parts); i++ {
		delta := store.Difference(d.parts[i].View(), other.states[i].View())
		d.parts[i].Apply(delta)
		d.tell(i, delta)
	}
	for _, r := range d.parts[0].View().Everything(OwnTable) {
		d.Set(r.ID, nil)
	}
}

// Fork begins a world with the states of this moment, and with what is its own.
func (d *Draft) Fork(id string, own map[string][]byte, used int64) {
	d.close()
	d.steps = append(d.steps, Step{Type: Fork, Child: id, At: d.now})
	first := d.world.book.first(own)
	d.children = append(d.children, born{Child{Line{ID: id, Head: 1, Used: used}, first}, slices.Clone(d.parts)})
}

// first is the entry with which a world begins: what is its own.
func (b *Book) first(own map[string][]byte) Row {
	s := Step{}
	for i, id := range sortedKeys(own) {
		s.Changes = append(s.Changes, Change{State: Own, Table: OwnTable, ID: id, Seq: uint64(i) + 1, Document: own[id]})
	}
	s.Ordinals = []Ordinal{{Own, OwnTable, uint64(len(own))}}
	return Row{Seq: 1, Batch: b.batch(), Entry: Encode([]Step{s})}
}

// apply makes the steps of an entry, in the order in which they were made elsewhere.
func (d *Draft) apply(steps []Step) error {
	for i := range steps {
		s := &steps[i]
		if s.Type == Reset {
			for j := range d.parts {
				d.parts[j].Become(d.world.book.origin[j])
			}
		}
		for j, name := range d.world.book.names {
			if delta := s.delta(name); !delta.Empty() && !d.parts[j].Apply(delta) {
				return fmt.Errorf("%w: it has a table of %q that is not served here", ErrDamaged, name)
			}
		}
		for _, c := range s.Changes {
			if !slices.Contains(d.world.book.names, c.State) {
				return fmt.Errorf("%w: it has a state %q that is not served here", ErrDamaged, c.State)
			}
		}
		if s.Type == Fork {
			d.children = append(d.children, born{Child{Line: Line{ID: s.Child}}, slices.Clone(d.parts)})
		}
	}
	d.steps = append(d.steps, steps...)
	return nil
}
