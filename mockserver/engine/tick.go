package engine

import (
	"bytes"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
	"rollcall/mockserver/store"
)

// Tick brings every record up to date whose computed members depend on the date
// and change on this day or before. Without any, it costs one look at an index.
func (e *Engine) Tick(w *store.State, now time.Time) {
	if len(e.plan.API.Ticks) == 0 {
		return
	}
	seen := settledDay{w.View().Version(), now.Unix() / secondsOfDay}
	if last := e.upToDate.Load(); last != nil && *last == seen {
		return
	}
	e.tick(w, now)
	if w.View().Version() == seen.version { // nothing was due, and nobody wrote meanwhile
		e.upToDate.Store(&seen)
	}
}

// settledDay says of which state it is known that nothing in it has to change on
// a day, counted from 1970.
type settledDay struct {
	version any
	day     int64
}

const secondsOfDay = 24 * 60 * 60

func (e *Engine) tick(w *store.State, now time.Time) {
	day := now.UTC().Format(time.DateOnly)
	for _, t := range e.plan.API.Ticks {
		s, ok := e.plan.Resource(t.Resource)
		if first, any := w.View().First(t.Resource, t.Index, ""); !ok || !any || t.Due(first) > day {
			continue
		}
		_ = w.Commit(func(tx *store.Tx) error {
			var last *store.Record
			for late := due(tx, s, t, day, tickAtOnce); len(late) > 0 &&
				!stays(last, late[0]); late = due(tx, s, t, day, tickAtOnce) {
				last = late[0]
				e.computeAll(s, tx, now, late)
				for _, r := range late {
					tx.Put(s.Name, r)
				}
			}
			return nil
		})
	}
}

// Settle brings every record up to date whose computed members depend on the date,
// whichever day they were computed for.
func (e *Engine) Settle(w *store.State, now time.Time) {
	for _, t := range e.plan.API.Ticks {
		s, ok := e.plan.Resource(t.Resource)
		if !ok {
			continue
		}
		_ = w.Commit(func(tx *store.Tx) error {
			for all := range slices.Chunk(slices.Clone(tx.Everything(s.Name)), tickAtOnce) {
				e.computeAll(s, tx, now, all)
				for _, r := range all {
					tx.Put(s.Name, r)
				}
			}
			return nil
		})
	}
}

// stays tells whether the record that was first due is so still, and unchanged: a defect of
// what is computed may leave it so, and it would be found again for ever.
func stays(last, first *store.Record) bool {
	return last != nil && last.ID == first.ID &&
		bytes.Equal(last.Document(), first.Document()) && bytes.Equal(last.Private(), first.Private())
}

// How many records are brought up to date before they are written, and how many
// of them are worth a processor.
const (
	tickAtOnce = 20_000
	tickShare  = 500
)

// due gives the first records of the index that change on the day or before.
func due(from store.Reader, s *behavior.CompiledResource, t behavior.Tick, day string, most int) (late []*store.Record) {
	from.Each(s.Name, t.Index, "", func(r *store.Record) bool {
		if t.Due(r) > day {
			return false
		}
		late = append(late, r)
		return len(late) < most
	})
	return late
}

// computeAll computes every record anew, in its place. Each sees the others as they
// were before. What panics does so for the caller, who may have a way to go on.
func (e *Engine) computeAll(s *behavior.CompiledResource, tx *store.Tx, now time.Time, all []*store.Record) {
	from := clock{e, tx, now.UTC().Format(time.DateOnly)}
	var working sync.WaitGroup
	var broken atomic.Pointer[any]
	for chunk := range slices.Chunk(all, max(tickShare, len(all)/runtime.GOMAXPROCS(0)+1)) {
		working.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					broken.Store(&p)
				}
			}()
			for i, r := range chunk {
				chunk[i] = s.Compute(from, r)
			}
		})
	}
	working.Wait()
	if p := broken.Load(); p != nil {
		panic(*p)
	}
}

// clock is what members are computed from when nobody calls and only the date has
// changed.
type clock struct {
	engine *Engine
	tx     *store.Tx
	today  string
}

// Holds tells whether what a requirement asks for is in force: a defect of it in any
// operation counts, for there is none here.
func (c clock) Holds(by behavior.By) bool {
	c.engine.declared(string(by), defect.Omit)
	_, omit := c.engine.active.On(string(by), "", defect.Omit)
	return by == "" || !omit
}

// Reader gives the records as they were before any of them was computed.
func (c clock) Reader() store.Reader { return c.tx }

// Today is the day that has begun.
func (c clock) Today() string { return c.today }
