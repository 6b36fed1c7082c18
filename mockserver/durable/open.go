package durable

import (
	"context"
	"maps"
	"slices"

	"rollcall/mockserver/store"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// load opens every world of the log, parents first, so that each child begins with what its
// parent's entries come to at that place.
func (b *Book) load(ctx context.Context) error {
	lines, err := b.log.Worlds(ctx)
	if err != nil {
		return err
	}
	byID := map[string]Line{}
	for _, l := range lines {
		byID[l.ID] = l
	}
	ghosts, done := []string{}, map[string]bool{}
	var visit func(Line) error
	visit = func(l Line) error {
		if done[l.ID] {
			return nil
		}
		done[l.ID] = true
		if parent, ok := byID[l.Parent]; ok && l.Parent != "" {
			if err := visit(parent); err != nil {
				return err
			}
		}
		if l.Gone != "" && !slices.ContainsFunc(lines, func(c Line) bool { return c.Parent == l.ID }) {
			return nil
		}
		first := l.Head
		for _, c := range lines {
			if c.Parent == l.ID {
				first = min(first, c.ParentSeq-1)
			}
		}
		if l.Gone != "" {
			ghosts = append(ghosts, l.ID)
		}
		return b.replay(ctx, l, first)
	}
	for _, l := range lines {
		if err := visit(l); err != nil {
			return err
		}
	}
	for _, id := range ghosts {
		b.closed(id, byID[id].Gone)
	}
	return nil
}

// replay opens a world from the newest snapshot up to a place, or from its beginning, and all
// entries that follow.
func (b *Book) replay(ctx context.Context, l Line, first uint64) error {
	begins, known := b.base(l.ID)
	places, err := b.log.Snapshots(ctx, l.ID)
	if err != nil {
		return err
	}
	w := b.show(b.begin(l.ID, begins.parts))
	for i, seq := range places {
		if seq <= first || i == len(places)-1 {
			err = w.from(ctx, seq)
			known = true
			break
		}
	}
	if err == nil && l.Parent != "" && !known {
		err = w.setAside(Troublef(Broken, "the entries of %q that it begins with are not there", l.Parent))
	}
	if err == nil {
		err = w.sync(ctx, l.Head)
	}
	if w.aside.Load() != nil {
		return nil // the others go on
	}
	return err
}

// show makes a world known; one that is known already stays.
func (b *Book) show(w *World) *World {
	b.mu.Lock()
	defer b.mu.Unlock()
	if first, known := b.worlds[w.ID]; known {
		return first
	}
	delete(b.bases, w.ID)
	b.worlds[w.ID] = w
	b.config.Host.Opened(w)
	return w
}

// open gives the world of a line that another replica may have made.
func (b *Book) open(ctx context.Context, l Line) (*World, error) {
	if w, known := b.Get(l.ID); known {
		return w, nil
	}
	begins, kept := b.base(l.ID)
	if parent, known := b.Get(l.Parent); known && !kept && parent.Head() < l.ParentSeq {
		if err := parent.sync(ctx, l.ParentSeq); err != nil {
			return nil, err
		}
		begins, kept = b.base(l.ID)
	}
	if !kept && l.Parent != "" {
		parts, err := b.rebuild(ctx, l.Parent, l.ParentSeq)
		if err != nil {
			return nil, err
		}
		begins = base{parts: parts}
	}
	w := b.begin(l.ID, begins.parts)
	w.turn.Lock()
	defer w.turn.Unlock()
	if first := b.show(w); first != w {
		return first, nil
	}
	if !kept && l.Parent == "" { // a world that lost its parent begins with a snapshot, not as the data was generated
		return w, w.leap(ctx, l.Head)
	}
	return w, nil
}

func (b *Book) base(id string) (base, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	begins, kept := b.bases[id]
	return begins, kept
}

// rebuild gives the states that a world had at a place of its log, without opening it.
func (b *Book) rebuild(ctx context.Context, id string, upTo uint64) ([]store.Draft, error) {
	lines, err := b.log.Heads(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, Troublef(Broken, "the world %q, with which another one begins, is not there", id)
	}
	var parts []store.Draft
	if l := lines[0]; l.Parent != "" {
		if parts, err = b.rebuild(ctx, l.Parent, l.ParentSeq); err != nil {
			return nil, err
		}
	}
	quiet := &Book{config: b.config, log: b.log, names: b.names, origin: b.origin, bases: map[string]base{}}
	quiet.config.Host = nobody{}
	w := quiet.begin(id, parts)
	if err := w.leap(ctx, upTo); err != nil {
		return nil, err
	}
	for at := w.Head(); at < upTo; at = w.Head() {
		rows, err := b.log.Rows(ctx, id, at)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 || rows[0].Seq != at+1 {
			return nil, Troublef(Broken, "the log of %q has a gap behind entry %d", id, at)
		}
		rows = slices.DeleteFunc(rows, func(r Row) bool { return r.Seq > upTo })
		if err := w.apply(rows); err != nil {
			return nil, err
		}
	}
	return w.draft().parts, nil
}

// nobody is the host of worlds that are looked at alone.
type nobody struct{}

// Opened does nothing.
func (nobody) Opened(*World) {}

// Closed does nothing.
func (nobody) Closed(string, string) {}

// Noted does nothing.
func (nobody) Noted(*World, string, []byte) {}

// Time is none.
func (nobody) Time(*World) int64 { return 0 }

// Used are none.
func (nobody) Used() map[string]int64 { return nil }

// Lost does nothing.
func (nobody) Lost(error) {}
