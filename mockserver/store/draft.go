package store

import "bytes"

// Appender carries out the transactions of a state where a change has to be kept
// somewhere else before anybody sees it. Its error is f's, or an *Unavailable.
type Appender interface {
	Update(f func(*Tx) error) error
}

// Unavailable is why a transaction was not made to last. With Unknown it may have been.
type Unavailable struct {
	Why     string
	Unknown bool
}

// Error says why.
func (u *Unavailable) Error() string { return u.Why }

// Through has every Commit of the state carried out by an appender. It is for a state that
// nobody uses yet.
func (s *State) Through(a Appender) { s.appender = a }

// Lasting tells whether there is an appender.
func (s *State) Lasting() bool { return s.appender != nil }

// Commit is Update for a state with or without an appender. With one, f may run more than once,
// each time as if it had not run before, and on another goroutine.
func (s *State) Commit(f func(*Tx) error) error {
	if s.appender != nil {
		return s.appender.Update(f)
	}
	return s.Update(f)
}

// Change is a write as it is kept: a record that was put into a table, or taken away.
type Change struct {
	Table string
	Rec   *Record
	Gone  bool
}

// Next is the number that was given last in a table.
type Next struct {
	Table   string
	Ordinal uint64
}

// Delta is what a transaction changed, in its order.
type Delta struct {
	Changes []Change
	Next    []Next
}

// Empty tells whether nothing was changed.
func (d Delta) Empty() bool { return len(d.Changes)+len(d.Next) == 0 }

// Draft is a state to come: transactions build on each other in it, and nobody sees them
// before it is published. It is a value: a copy is a place to go back to.
type Draft struct{ root, before *root }

// Draft begins with the state of this moment.
func (s *State) Draft() Draft { return Draft{s.current.Load(), s.before.Load()} }

// View gives the state of the draft.
func (d Draft) View() Snapshot { return Snapshot{d.root} }

// Update runs f as one transaction, and gives what it changed. With f's error the draft is as
// it was.
func (d *Draft) Update(f func(*Tx) error) (Delta, error) {
	tx := begin(d.root)
	kept := []Change{}
	tx.kept = &kept
	if err := f(tx); err != nil {
		return Delta{}, err
	}
	delta := Delta{Changes: kept}
	for i, own := range tx.own {
		if now := tx.root.tables[i]; own && now.next != d.root.tables[i].next {
			delta.Next = append(delta.Next, Next{now.table().Name, now.next})
		}
	}
	if !delta.Empty() {
		d.before, d.root = d.root, tx.root
	}
	return delta, nil
}

// manyChanges is from where on changes go straight into the trees.
const manyChanges = mostChanges

// Apply makes the changes that a transaction made elsewhere. Its records must be no other
// state's. A table that the schema does not have is told by false, and nothing is done.
func (d *Draft) Apply(delta Delta) bool {
	for _, c := range delta.Changes {
		if !d.root.schema.Has(c.Table) {
			return false
		}
	}
	for _, n := range delta.Next {
		if !d.root.schema.Has(n.Table) {
			return false
		}
	}
	tx := begin(d.root)
	byTable := make([][]change, len(tx.root.tables))
	for _, c := range delta.Changes {
		i := tx.place(c.Table)
		byTable[i] = append(byTable[i], change{rec: c.Rec, gone: c.Gone})
	}
	for i, changes := range byTable {
		if len(changes) > 0 {
			tx.table(tx.root.tables[i].table().Name).applyAll(changes)
		}
	}
	for _, n := range delta.Next {
		tx.table(n.Table).next = n.Ordinal
	}
	d.before, d.root = d.root, tx.root
	return true
}

// applyAll makes changes whose records have no keys yet.
func (s *tableState) applyAll(changes []change) {
	if len(changes) <= manyChanges {
		for _, c := range changes {
			if c.gone {
				s.delete(c.rec.ID)
			} else {
				s.put(c.rec)
			}
		}
		return
	}
	for _, c := range changes {
		if !c.gone {
			s.key(c.rec)
		}
	}
	s.settle()
	s.base = s.base.copy()
	s.base.apply(changes)
}

// Become makes the draft another state of the same schema.
func (d *Draft) Become(s Snapshot) { d.root, d.before = s.root, s.root }

// Publish makes a draft the state that everybody sees. Only one draft of a state may be on its
// way at a time.
func (s *State) Publish(d Draft) {
	s.before.Store(d.before)
	s.current.Store(d.root)
}

// NewAt makes a state that begins with what a snapshot shows.
func NewAt(s Snapshot) *State { return newState(s.root) }

// Difference gives what has to change for a state to become another one of the same schema.
func Difference(from, to Snapshot) (d Delta) {
	for i, now := range to.root.tables {
		was := from.root.tables[i]
		if was == now {
			continue
		}
		name := now.table().Name
		left := map[string]*Record{}
		for _, r := range from.Everything(name) {
			left[r.ID] = r
		}
		for _, r := range to.Everything(name) {
			old := left[r.ID]
			delete(left, r.ID)
			if old == nil || !old.same(r) {
				d.Changes = append(d.Changes, Change{Table: name, Rec: r.again()})
			}
		}
		for _, r := range from.Everything(name) {
			if left[r.ID] != nil {
				d.Changes = append(d.Changes, Change{Table: name, Rec: r, Gone: true})
			}
		}
		if was.next != now.next {
			d.Next = append(d.Next, Next{name, now.next})
		}
	}
	return d
}

func (r *Record) same(as *Record) bool {
	return r == as || r.Seq == as.Seq && bytes.Equal(r.Document(), as.Document()) && bytes.Equal(r.Private(), as.Private())
}

// again gives the record for a table of another state.
func (r *Record) again() *Record {
	return &Record{ID: r.ID, Seq: r.Seq, body: r.body, private: r.private, words: r.words}
}

// Ordinals gives for each table the number that was given last.
func (s Snapshot) Ordinals() (all []Next) {
	for _, t := range s.root.tables {
		all = append(all, Next{t.table().Name, t.next})
	}
	return all
}

// Tables lists the tables' names.
func (s Snapshot) Tables() (names []string) {
	for _, t := range s.root.schema.tables {
		names = append(names, t.Name)
	}
	return names
}
