package durable

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/mockserver/store"
)

// Host is the server whose worlds a book keeps.
type Host interface {
	// Opened tells of a world that is there now; nobody uses it before that returns.
	Opened(w *World)
	// Closed tells of one that is no more, and why.
	Closed(id, why string)
	// Noted tells what is a world's own now: nil for what is not there any more; of all of it
	// when the id is empty.
	Noted(w *World, id string, document []byte)
	// Time is that of a world's clock, in Unix nanoseconds.
	Time(w *World) int64
	// Used gives when worlds were used here, in Unix nanoseconds, of those that may be forgotten.
	Used() map[string]int64
	// Lost tells that the log is not what it was, so that nothing here can be trusted.
	Lost(err error)
}

// Config says what a book keeps, and how.
type Config struct {
	Log    Log
	Host   Host
	Origin map[string]store.Snapshot // by state: the data as it was generated
	Local  bool                      // reads of a shared log don't ask what others have appended
	Logger *slog.Logger
	// how many entries make a snapshot worth while; 0 means some thousands
	Entries uint64
	// the world that there always is, and what is its own at first
	Default string
	Own     map[string][]byte
}

// Book keeps the worlds of a server in a log.
type Book struct {
	config  Config
	log     Log
	strict  bool // of a log that others append to
	names   []string
	origin  []store.Snapshot
	process [8]byte // begins the names of batches
	batches atomic.Uint64
	heads   heads
	health  health

	mu     sync.Mutex
	worlds map[string]*World
	bases  map[string]base // of worlds that nobody has asked for here
	stop   context.CancelFunc
	done   sync.WaitGroup
}

// base is what a fork begins with.
type base struct {
	parts  []store.Draft
	parent string
	seq    uint64
}

// manyEntries is after how many entries a snapshot is made.
const manyEntries = 10_000

// Open reads the worlds that a log has. The context ends the reading alone.
func Open(ctx context.Context, c Config) (*Book, error) {
	b := &Book{config: c, log: c.Log, strict: c.Log.Shared() && !c.Local, worlds: map[string]*World{}, bases: map[string]base{}}
	if b.config.Entries == 0 {
		b.config.Entries = manyEntries
	}
	_, _ = rand.Read(b.process[:]) // it never fails
	schema, err := store.NewSchema([]store.Table{{Name: OwnTable}})
	if err != nil {
		return nil, err
	}
	b.names, b.origin = []string{Own}, []store.Snapshot{store.New(schema).View()}
	for _, name := range slices.Sorted(maps.Keys(c.Origin)) {
		b.names, b.origin = append(b.names, name), append(b.origin, c.Origin[name])
	}
	b.heads.log = c.Log
	if err := b.log.Create(ctx, Child{Line{ID: c.Default, Head: 1}, b.first(c.Own)}); err != nil {
		return nil, err
	}
	if err := b.load(ctx); err != nil {
		return nil, err
	}
	running, stop := context.WithCancel(context.Background())
	b.stop = stop
	b.done.Go(func() { b.watch(running) })
	return b, nil
}

// Close ends what runs beside the calls, and closes the log.
func (b *Book) Close() error {
	b.stop()
	b.done.Wait()
	return b.log.Close()
}

// place is where a state stands; an unknown one is a bug of ours.
func (b *Book) place(state string) int {
	i := slices.Index(b.names, state)
	if i < 0 {
		panic(fmt.Sprintf("durable: no state %q", state))
	}
	return i
}

// batch names a batch as no other is named.
func (b *Book) batch() (id [16]byte) {
	copy(id[:], b.process[:])
	binary.BigEndian.PutUint64(id[8:], b.batches.Add(1))
	return id
}

// begin makes a world that begins with states.
func (b *Book) begin(id string, parts []store.Draft) *World {
	w := &World{ID: id, book: b}
	for i := range b.names {
		from := b.origin[i]
		if parts != nil && i > 0 {
			from = parts[i].View()
		}
		s := store.NewAt(from)
		s.Through(appender{w, i})
		w.states = append(w.states, s)
	}
	return w
}

// keep remembers what a child begins with, until somebody asks for it.
func (b *Book) keep(c born, seq uint64, parent string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bases[c.Line.ID] = base{c.parts, parent, seq}
}

// Worlds lists the worlds that there are in the log.
func (b *Book) Worlds(ctx context.Context) (ids []string, err error) {
	lines, err := b.log.Worlds(ctx)
	b.noted(err)
	if err != nil {
		return nil, b.unavailable(err)
	}
	for _, l := range lines {
		if l.Gone == "" {
			ids = append(ids, l.ID)
		}
	}
	return ids, nil
}

// Get gives a world as it is seen here.
func (b *Book) Get(id string) (*World, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	w, ok := b.worlds[id]
	return w, ok
}

// Fork makes a world that begins with the state of another one, or with nil as the data was
// generated, and with what is its own. The error is an *store.Unavailable.
func (b *Book) Fork(ctx context.Context, from *World, id string, own map[string][]byte, used int64) error {
	line := Line{ID: id, Head: 1, Used: used}
	if from == nil {
		err := b.log.Create(ctx, Child{line, b.first(own)})
		b.noted(err)
		if err != nil {
			return b.unavailable(err)
		}
	} else {
		if err := from.Do(func(d *Draft) error { d.Fork(id, own, used); return nil }); err != nil {
			return err
		}
		begins, _ := b.base(id)
		line.Parent, line.ParentSeq = from.ID, begins.seq
	}
	_, _, err := b.upTo(ctx, line, 0)
	return err
}

// Bury ends a world, and keeps why. The error is an *store.Unavailable.
func (b *Book) Bury(ctx context.Context, id, why string) error {
	err := b.log.Bury(ctx, id, why)
	b.noted(err)
	if err != nil {
		return b.unavailable(err)
	}
	b.closed(id, why)
	return nil
}

// Number counts, over all that share the log. The error is an *store.Unavailable.
func (b *Book) Number(ctx context.Context) (uint64, error) {
	n, err := b.log.Number(ctx)
	b.noted(err)
	if err != nil {
		return 0, b.unavailable(err)
	}
	return n, nil
}

// Used gives when the worlds of the log were last used, by any process, in Unix nanoseconds.
func (b *Book) Used(ctx context.Context) (map[string]int64, error) {
	err := b.log.Touch(ctx, b.config.Host.Used())
	var lines []Line
	if err == nil {
		lines, err = b.log.Worlds(ctx)
	}
	b.noted(err)
	if err != nil {
		return nil, b.unavailable(err)
	}
	used := map[string]int64{}
	for _, l := range lines {
		if l.Gone == "" {
			used[l.ID] = l.Used
		}
	}
	return used, nil
}

// Strict tells whether every read asks what others have appended.
func (b *Book) Strict() bool { return b.strict }

// Shared tells whether others may append.
func (b *Book) Shared() bool { return b.log.Shared() }

// readWithin is how long a read waits for what others have appended.
const readWithin = 2 * time.Second

// Fresh gives a world with all that was appended before the call; without strict reads, as it
// is seen here. There may be none. The error is an *store.Unavailable.
func (b *Book) Fresh(ctx context.Context, id string) (*World, bool, error) {
	w, known := b.Get(id)
	if known && !b.strict {
		return w, true, b.readable(w)
	}
	if !b.log.Shared() {
		return nil, false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	seen := uint64(0)
	if known {
		seen = w.head.Load()
	}
	line, err := b.heads.ask(ctx, id)
	b.noted(err)
	if IsTrouble(err, NoWorld) {
		if known {
			b.closed(id, "was deleted")
		}
		return nil, false, nil
	}
	if err != nil {
		return nil, false, b.unavailable(err)
	}
	return b.upTo(ctx, line, seen)
}

// AtLeast brings a world up to a place of the log, which may not be there yet; nil once it is.
func (b *Book) AtLeast(ctx context.Context, w *World, seq uint64) *store.Unavailable {
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	for w.Head() < seq {
		line, err := b.heads.ask(ctx, w.ID)
		if err == nil && line.Head > w.Head() {
			err = w.sync(ctx, line.Head)
		}
		if b.noted(err); err != nil {
			return b.unavailable(err)
		}
		if w.Head() >= seq {
			return nil
		}
		select {
		case <-ctx.Done():
			return &store.Unavailable{Why: fmt.Sprintf("entry %d of the world %q is not there; it has %d", seq, w.ID, w.Head())}
		case <-time.After(lookEvery):
		}
	}
	return nil
}

// upTo gives the world of a line, with all its entries.
func (b *Book) upTo(ctx context.Context, line Line, seen uint64) (*World, bool, error) {
	if line.Gone != "" {
		b.closed(line.ID, line.Gone)
		return nil, false, nil
	}
	if line.Head < seen {
		return nil, false, b.unavailable(b.wentBack(line.ID, seen, line.Head))
	}
	w, err := b.open(ctx, line)
	if err == nil && w.head.Load() < line.Head {
		err = w.sync(ctx, line.Head)
	}
	b.noted(err)
	if err != nil {
		return nil, false, b.unavailable(err)
	}
	return w, true, b.readable(w)
}

func (b *Book) readable(w *World) error {
	if aside := w.aside.Load(); aside != nil {
		return aside
	}
	return nil
}

// closed forgets a world that is gone.
func (b *Book) closed(id, why string) {
	b.mu.Lock()
	_, known := b.worlds[id]
	delete(b.worlds, id)
	delete(b.bases, id)
	b.mu.Unlock()
	if known {
		b.config.Host.Closed(id, why)
	}
}

// wentBack is for a log that lost entries which were seen here.
func (b *Book) wentBack(id string, seen, head uint64) error {
	err := fmt.Errorf("the state store %s went back: its world %q has %d entries, and %d were seen here."+
		" It has lost what it said was kept; a standby that takes over must be a synchronous one", b.log.Name(), id, head, seen)
	b.config.Host.Lost(err)
	return &Trouble{Refused, err}
}
