package durable

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/mockserver/store"
)

// World is a world whose transactions the log has.
type World struct {
	ID     string
	book   *Book
	states []*store.State // by place in the book's names; the first is the world's own

	mu    sync.Mutex // around queue and busy
	queue []*intent
	busy  bool

	turn      sync.Mutex // around what follows, and publishing
	head      atomic.Uint64
	last      [16]byte // batch of the head, if it is known
	contended int      // rounds that will ask who else appends before they run

	newest     atomic.Uint64 // the place of the newest snapshot, as far as is known
	compacting atomic.Bool

	floor atomic.Int64 // the latest time of its clock that the log has, in Unix nanoseconds
	aside atomic.Pointer[store.Unavailable]
}

// intent is a transaction that waits for its round.
type intent struct {
	f        func(*Draft) error
	err      error
	panicked any
	done     chan struct{}
}

// atOnce bounds the transactions of a round.
const atOnce = 64

// settleWithin is how long it is asked what became of a round whose outcome is not known, and
// how long one is tried again that others came before.
const settleWithin = 10 * time.Second

// State gives one of the states, to be read and, through the log, written.
func (w *World) State(name string) *store.State { return w.states[w.book.place(name)] }

// Head is the place of the last entry that is seen here.
func (w *World) Head() uint64 { return w.head.Load() }

// Floor is the latest time of the world's clock that the log has, in Unix nanoseconds: no
// replica's may be earlier.
func (w *World) Floor() int64 { return w.floor.Load() }

// Own reads what is the world's own; nil for what is not there.
func (w *World) Own(id string) []byte {
	if r, ok := w.states[0].View().Get(OwnTable, id); ok {
		return r.Document()
	}
	return nil
}

// Do runs a transaction and gives its error once the log has what it changed, or an
// *store.Unavailable. It may run more than once, and on another goroutine.
func (w *World) Do(f func(*Draft) error) error {
	i := &intent{f: f, done: make(chan struct{})}
	w.mu.Lock()
	w.queue = append(w.queue, i)
	begin := !w.busy
	w.busy = true
	w.mu.Unlock()
	if begin {
		go w.rounds()
	}
	<-i.done
	if i.panicked != nil {
		panic(i.panicked)
	}
	return i.err
}

// appender is that of one state.
type appender struct {
	world *World
	place int
}

// Update runs a transaction of the state.
func (a appender) Update(f func(*store.Tx) error) error {
	return a.world.Do(func(d *Draft) error { return d.update(a.place, f) })
}

// rounds runs as long as somebody waits.
func (w *World) rounds() {
	for {
		w.mu.Lock()
		batch := w.queue
		if len(batch) == 0 {
			w.busy, w.queue = false, nil
			w.mu.Unlock()
			return
		}
		if len(batch) > atOnce {
			batch = batch[:atOnce]
		}
		w.queue = w.queue[len(batch):]
		w.mu.Unlock()
		w.round(batch)
		for _, i := range batch {
			close(i.done)
		}
	}
}

// round settles a batch: all of it is in the log, or each has an error of its own.
func (w *World) round(batch []*intent) {
	w.turn.Lock()
	defer w.turn.Unlock()
	r := &round{World: w, batch: batch}
	until := time.Now().Add(settleWithin)
	for try := 0; ; try++ {
		err := r.attempt()
		w.book.noted(err)
		again := IsTrouble(err, Behind) || IsTrouble(err, Again) || IsTrouble(err, Unknown) || r.lost != nil && IsTrouble(err,
			Unreachable)
		if again && time.Now().Before(until) {
			time.Sleep(pause(try))
			continue
		}
		if err != nil {
			r.fail(err)
		}
		return
	}
}

// pause is how long is waited before a try.
func pause(try int) time.Duration {
	if try < 3 {
		return 0
	}
	return min(time.Duration(try)*5*time.Millisecond, 200*time.Millisecond)
}

func (r *round) fail(err error) {
	var aside *store.Unavailable
	if !errors.As(err, &aside) {
		aside = r.book.unavailable(err)
		aside.Unknown = r.lost != nil
	}
	for _, i := range r.batch {
		i.err = aside
	}
}

// round is a batch on its way into the log.
type round struct {
	*World
	batch []*intent
	lost  *Batch // appended, and the engine was lost before it said so
}

// within is how long the engine may take for one thing.
const within = 5 * time.Second

func (r *round) attempt() error {
	if aside := r.aside.Load(); aside != nil {
		return aside
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	if r.lost != nil || r.contended > 0 {
		r.contended = max(r.contended-1, 0)
		return r.held(ctx)
	}
	d := r.run()
	if len(d.steps) == 0 {
		return r.stillHead(ctx)
	}
	b := r.batchOf(d)
	err := r.book.log.Append(ctx, b)
	return r.appended(ctx, d, b, err)
}

// appended publishes what the log has.
func (r *round) appended(ctx context.Context, d *Draft, b Batch, err error) error {
	switch {
	case err == nil:
		r.lost = nil
		r.book.wrote(nil)
		r.publish(d, b.Row)
		return nil
	case IsTrouble(err, Behind):
		r.contended = contention
	case IsTrouble(err, Unknown):
		r.lost = &b
	}
	return err
}

// contention is how many rounds a replica asks first who else appends, once somebody did.
const contention = 32

// run runs the batch on what is seen here.
func (r *round) run() *Draft {
	d := r.draft()
	for _, i := range r.batch {
		i.panicked, i.err = d.try(i.f)
	}
	return d
}

func (r *round) batchOf(d *Draft) Batch {
	b := Batch{World: r.ID, Row: Row{Seq: r.head.Load() + 1, Batch: r.book.batch(), Entry: Encode(d.steps)}}
	for _, c := range d.children {
		c.Line.Parent, c.Line.ParentSeq = r.ID, b.Row.Seq
		b.Children = append(b.Children, c.Child)
	}
	return b
}

// stillHead tells whether what was refused, or changed nothing, was so by what is the state
// now: by another replica's it may be otherwise.
func (r *round) stillHead(ctx context.Context) error {
	if !r.book.strict {
		return nil
	}
	line, err := r.book.heads.ask(ctx, r.ID)
	switch {
	case err != nil:
		return err
	case line.Head > r.head.Load():
		r.contended = 1
		return Troublef(Behind, "another replica has appended to %q", r.ID)
	}
	return r.alive(line)
}

// held is an attempt that lets nobody else in between.
func (r *round) held(ctx context.Context) error {
	held, err := r.book.log.Hold(ctx, r.ID)
	if err != nil {
		return err
	}
	defer held.Release()
	if err := r.alive(held.Line()); err != nil {
		return err
	}
	found, err := r.follow(ctx, held.Line().Head, held.Rows)
	if err != nil {
		return err
	}
	if found { // what was lost has come to the log, and these are the answers of its run
		r.lost = nil
		return nil
	}
	d := r.run()
	if len(d.steps) == 0 && r.lost == nil {
		return nil
	}
	// After a loss something is appended in any case: what was lost may still be on its way,
	// and comes too late then.
	b := r.batchOf(d)
	return r.appended(ctx, d, b, held.Append(ctx, b))
}

// alive tells what is wrong with the line of the world, compared with what was seen here.
func (w *World) alive(line Line) error {
	switch {
	case line.Gone != "":
		w.book.closed(w.ID, line.Gone)
		return Troublef(NoWorld, "the world %q %s", w.ID, line.Gone)
	case line.Head < w.head.Load():
		return w.book.wentBack(w.ID, w.head.Load(), line.Head)
	}
	return nil
}

// follow applies what others have appended up to a place, and tells whether what was lost is
// among it.
func (r *round) follow(
	ctx context.Context, upTo uint64, more func(context.Context, uint64) ([]Row, error),
) (found bool, err error) {
	for r.head.Load() < upTo {
		rows, err := more(ctx, r.head.Load())
		if err != nil {
			return false, err
		}
		for _, row := range rows {
			found = found || r.lost != nil && row.Batch == r.lost.Row.Batch
		}
		if err := r.take(ctx, rows, upTo); err != nil {
			return false, err
		}
	}
	return found, nil
}
