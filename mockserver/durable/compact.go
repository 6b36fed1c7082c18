package durable

import (
	"context"
	"time"
)

// keepEntries is how many of the newest entries stay beside a snapshot, for replicas that are
// behind, and for who asks what became of a batch.
const keepEntries = 1000

// mostDetached bounds the worlds that get a snapshot of their own because they begin with
// entries that are to go.
const mostDetached = 8

// grown makes a snapshot of a world that has many entries since the last one.
func (b *Book) grown(w *World) {
	head := w.head.Load()
	if newest := w.newest.Load(); b.stop == nil || head < newest+b.config.Entries || !w.compacting.CompareAndSwap(false, true) {
		return
	}
	go func() {
		defer w.compacting.Store(false)
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		seq, err := Compact(ctx, b.log, w.ID, min(keepEntries, b.config.Entries/2))
		if err != nil {
			b.config.Logger.Warn("no snapshot could be made", "world", w.ID, "why", err.Error())
		}
		// Also when nothing could be done: it is tried again after as many entries.
		w.newest.Store(max(seq, head-min(head, b.config.Entries/2)))
	}()
}

// Compact puts a snapshot in place of the entries of a world but the newest, as far as no other
// world begins with one of them, and gives up to which.
func Compact(ctx context.Context, log Log, id string, keep uint64) (uint64, error) {
	lines, err := log.Worlds(ctx)
	if err != nil {
		return 0, err
	}
	f := folder{log: log, lines: map[string]Line{}}
	for _, l := range lines {
		f.lines[l.ID] = l
	}
	upTo := f.lines[id].Head - min(keep, f.lines[id].Head)
	detached := map[string][][]byte{}
	for _, l := range lines { // the oldest first
		switch {
		case l.Parent != id || l.ParentSeq > upTo:
		case len(detached) < mostDetached:
			fold, err := f.fold(ctx, l.ID, 1)
			if err != nil {
				return 0, err
			}
			detached[l.ID] = fold.Snapshot()
		default:
			upTo = min(upTo, l.ParentSeq-1)
		}
	}
	if upTo == 0 {
		return 0, nil
	}
	fold, err := f.fold(ctx, id, upTo)
	if err != nil {
		return 0, err
	}
	return upTo, log.Compact(ctx, id, upTo, fold.Snapshot(), detached)
}

// folder folds entries of a log.
type folder struct {
	log   Log
	lines map[string]Line
}

// fold gives what the entries of a world come to up to a place.
func (f folder) fold(ctx context.Context, id string, upTo uint64) (*Fold, error) {
	fold, at, err := f.begin(ctx, id, upTo)
	for err == nil && at < upTo {
		var rows []Row
		if rows, err = f.log.Rows(ctx, id, at); err != nil {
			return nil, err
		}
		if len(rows) == 0 || rows[0].Seq != at+1 {
			return nil, Troublef(Broken, "world %q: the log has a gap behind entry %d", id, at)
		}
		for _, row := range rows {
			switch {
			case row.Seq > upTo:
				return fold, nil
			case row.Seq != at+1:
				return nil, Troublef(Broken, "world %q: the log has a gap behind entry %d", id, at)
			}
			if err = fold.Add(row.Entry, nil); err != nil {
				return nil, Troublef(Broken, "world %q, entry %d: %w", id, row.Seq, err)
			}
			at = row.Seq
		}
	}
	return fold, err
}

// begin gives what a world begins with: the newest snapshot up to a place, or what its parent's
// entries come to.
func (f folder) begin(ctx context.Context, id string, upTo uint64) (*Fold, uint64, error) {
	places, err := f.log.Snapshots(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	for _, seq := range places {
		if seq > upTo {
			continue
		}
		parts, err := f.log.Snapshot(ctx, id, seq)
		if err != nil {
			return nil, 0, err
		}
		steps, err := Whole(parts)
		if err != nil {
			return nil, 0, Troublef(Broken, "world %q, the snapshot at %d: %w", id, seq, err)
		}
		fold := NewFold()
		for i := range steps {
			fold.step(&steps[i], nil)
		}
		return fold, seq, nil
	}
	l := f.lines[id]
	if l.Parent == "" {
		return NewFold(), 0, nil
	}
	if _, there := f.lines[l.Parent]; !there {
		return nil, 0, Troublef(Broken, "world %q begins with one that is not there, %q", id, l.Parent)
	}
	fold, err := f.fold(ctx, l.Parent, l.ParentSeq)
	if err != nil {
		return nil, 0, err
	}
	return fold.child(), 0, nil
}

// Verify reads everything that a log has, and gives what is wrong, world by world, and what
// each world comes to.
func Verify(ctx context.Context, log Log) (folds map[string]*Fold, wrong []error, err error) {
	lines, err := log.Worlds(ctx)
	if err != nil {
		return nil, nil, err
	}
	f := folder{log: log, lines: map[string]Line{}}
	for _, l := range lines {
		f.lines[l.ID] = l
	}
	folds = map[string]*Fold{}
	for _, l := range lines {
		fold, err := f.fold(ctx, l.ID, l.Head)
		switch {
		case IsTrouble(err, Broken):
			wrong = append(wrong, err)
		case err != nil:
			return nil, nil, err
		default:
			folds[l.ID] = fold
		}
	}
	return folds, wrong, nil
}
