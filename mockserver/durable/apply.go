package durable

import (
	"context"
	"errors"
	"fmt"

	"rollcall/mockserver/store"
)

// farBehind is how many entries a world may lack before a snapshot is taken in their place.
const farBehind = 5000

// sync brings the world up to a place of the log.
func (w *World) sync(ctx context.Context, upTo uint64) error {
	w.turn.Lock()
	defer w.turn.Unlock()
	return w.catchUp(ctx, upTo)
}

func (w *World) catchUp(ctx context.Context, upTo uint64) error {
	if aside := w.aside.Load(); aside != nil {
		return aside
	}
	if upTo > w.head.Load()+farBehind {
		if err := w.leap(ctx, upTo); err != nil {
			return err
		}
	}
	for w.head.Load() < upTo {
		rows, err := w.book.log.Rows(ctx, w.ID, w.head.Load())
		if err != nil {
			return err
		}
		if err := w.take(ctx, rows, upTo); err != nil {
			return err
		}
	}
	return nil
}

// take applies rows that follow on what is seen here. Where they don't, a snapshot has taken
// the place of those between, or the log has a gap.
func (w *World) take(ctx context.Context, rows []Row, upTo uint64) error {
	if len(rows) > 0 && rows[0].Seq == w.head.Load()+1 {
		return w.apply(rows)
	}
	before := w.head.Load()
	if err := w.leap(ctx, upTo); err != nil {
		return err
	}
	if w.head.Load() == before {
		return w.setAside(fmt.Errorf("the log has a gap behind entry %d", before))
	}
	return nil
}

// apply applies rows in their order, and publishes them together.
func (w *World) apply(rows []Row) error {
	d := w.draft()
	var last Row
	for i, row := range rows {
		if row.Seq != rows[0].Seq+uint64(i) { //nolint:gosec // it counts rows
			return w.setAside(fmt.Errorf("the log has a gap before entry %d", row.Seq))
		}
		steps, err := Decode(row.Entry)
		if err == nil {
			err = d.apply(steps)
		}
		if err != nil {
			if i > 0 {
				w.publish(d, last)
			}
			return w.setAside(fmt.Errorf("entry %d: %w", row.Seq, err))
		}
		last = row
	}
	w.publish(d, last)
	return nil
}

// setAside takes a world out of use whose log can't be read; the others go on.
func (w *World) setAside(why error) error {
	aside := &store.Unavailable{Why: fmt.Sprintf("the world %q is set aside: %v; `rollcall state verify` tells more", w.ID, why)}
	w.aside.Store(aside)
	w.book.config.Logger.Error("a world is set aside", "world", w.ID, "head", w.head.Load(), "why", why.Error())
	return aside
}

// publish lets everybody see a draft that the log has.
func (w *World) publish(d *Draft, row Row) {
	for _, c := range d.children {
		w.book.keep(c, row.Seq, w.ID)
	}
	for i, s := range w.states {
		s.Publish(d.parts[i])
	}
	w.last = row.Batch
	for i := range d.steps {
		w.note(&d.steps[i])
	}
	w.head.Store(row.Seq)
	w.book.grown(w)
}

// note tells the host what of the world's own a step has changed.
func (w *World) note(s *Step) {
	host := w.book.config.Host
	if s.At > w.floor.Load() {
		w.floor.Store(s.At)
	}
	if s.Type == Reset {
		w.floor.Store(0)
		host.Noted(w, "", nil)
	}
	for _, c := range s.Changes {
		if c.State != Own {
			continue
		}
		if c.ID == OwnClock {
			w.floor.Store(0) // it may have been put back
		}
		host.Noted(w, c.ID, c.Document)
	}
}

// OwnClock is the name of the clock among what is a world's own.
const OwnClock = "clock"

// leap takes the newest snapshot up to a place, if it is ahead of what is seen here.
func (w *World) leap(ctx context.Context, upTo uint64) error {
	places, err := w.book.log.Snapshots(ctx, w.ID)
	if err != nil {
		return err
	}
	for _, seq := range places {
		if seq > upTo {
			continue
		}
		if seq <= w.head.Load() {
			return nil
		}
		return w.from(ctx, seq)
	}
	return nil
}

// from begins anew with a snapshot.
func (w *World) from(ctx context.Context, seq uint64) error {
	parts, err := w.book.log.Snapshot(ctx, w.ID, seq)
	if err != nil {
		return err
	}
	steps, err := Whole(parts)
	d := w.draft()
	for i := range d.parts {
		d.parts[i].Become(w.book.origin[i])
	}
	if err == nil {
		err = d.apply(steps)
	}
	if err != nil {
		return w.setAside(fmt.Errorf("the snapshot at %d: %w", seq, err))
	}
	w.book.config.Host.Noted(w, "", nil)
	w.newest.Store(seq)
	w.publish(d, Row{Seq: seq})
	return nil
}

// unavailable is what callers are told of an error of the log.
func (b *Book) unavailable(err error) *store.Unavailable {
	var already *store.Unavailable
	switch {
	case errors.As(err, &already):
		return &store.Unavailable{Why: already.Why}
	case IsTrouble(err, NoWorld):
		return &store.Unavailable{Why: err.Error()}
	}
	return &store.Unavailable{Why: "state store unreachable: " + b.log.Name()}
}
