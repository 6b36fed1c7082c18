package engine

import (
	"time"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// Tick brings every record up to date whose derived members depend on the date
// and change on this day or before. Without any, it costs one look at an index.
func (e *Engine) Tick(w *store.World, now time.Time) {
	day := now.UTC().Format(time.DateOnly)
	for _, t := range e.plan.API.Ticks {
		s, ok := e.plan.Resource(t.Resource)
		if !ok || !due(w.View(), s, t, day) {
			continue
		}
		_ = w.Update(func(tx *store.Tx) error {
			c := &behavior.Call{State: tx.Snapshot, Tx: tx, Now: now, Host: host{&run{Engine: e}}}
			for due(tx, s, t, day) {
				tx.Put(s.Name, s.Derive(c, tx.Scan(s.Name, t.Index, "").At(0)))
			}
			return nil
		})
	}
}

// due tells whether the first record of the index changes on the day or before.
func due(from store.Reader, s *behavior.Shelf, t behavior.Tick, day string) bool {
	run := from.Scan(s.Name, t.Index, "")
	return run.Len() > 0 && t.Due(run.At(0)) <= day
}
