package journal

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds of listening: how many requests wait for one listener, and how many listeners
// there are.
const (
	mostWaiting   = 64
	mostListeners = 32
)

// Why a listener is told nothing.
var (
	ErrFull  = errors.New("there are as many listeners as there may be")
	ErrSlow  = errors.New("requests came faster than they were read")
	ErrQuiet = errors.New("nothing came")
	ErrOver  = errors.New("the mock stops")
)

// Listeners are who is told of requests as they end. The zero value has none, and while
// there are none a request costs one look at a number.
type Listeners struct {
	count atomic.Int32
	mu    sync.Mutex
	all   map[*Listener]bool
	over  bool
}

// Listener hears of the requests of one world, or of all. It has to be closed.
type Listener struct {
	of     *Listeners
	world  string // "" for all
	teller func(world string) Teller
	known  map[string]Teller
	heard  chan heard
	slow   atomic.Bool
	ended  chan struct{}
	end    func()
}

type heard struct {
	world string
	kept  kept
}

// Listen adds a listener; the teller of a world is asked for once.
func (l *Listeners) Listen(world string, teller func(world string) Teller) (*Listener, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.over:
		return nil, ErrOver
	case len(l.all) >= mostListeners:
		return nil, ErrFull
	case l.all == nil:
		l.all = map[*Listener]bool{}
	}
	one := &Listener{of: l, world: world, teller: teller, known: map[string]Teller{}, heard: make(chan heard, mostWaiting),
		ended: make(chan struct{})}
	one.end = sync.OnceFunc(func() { close(one.ended) })
	l.all[one] = true
	l.count.Store(int32(len(l.all)))
	return one, nil
}

// Close ends the listening.
func (one *Listener) Close() {
	one.of.mu.Lock()
	defer one.of.mu.Unlock()
	delete(one.of.all, one)
	one.of.count.Store(int32(len(one.of.all)))
}

// Leave ends the listening after what was said: the next is ErrOver.
func (one *Listener) Leave() { one.end() }

// Close ends the listening of all, for good.
func (l *Listeners) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
	for one := range l.all {
		one.end()
	}
}

// tell gives a request to those who listen, and waits for none: who does not keep up is
// told no more.
func (l *Listeners) tell(world string, e *Entry, text []byte) {
	if l == nil || l.count.Load() == 0 {
		return
	}
	k := kept{*e, slices.Clone(text)}
	k.Trace.Steps = slices.Clone(e.Trace.Steps)
	l.mu.Lock()
	defer l.mu.Unlock()
	for one := range l.all {
		if one.world != "" && one.world != world || one.slow.Load() {
			continue
		}
		select {
		case one.heard <- heard{world, k}:
		default:
			one.slow.Store(true)
		}
	}
}

// Next waits for a request. It is ErrQuiet when none came for so long, ErrSlow when some
// were lost and all before them have been told, ErrOver when the mock stops.
func (one *Listener) Next(ctx context.Context, quiet time.Duration) (Request, error) {
	select {
	case h := <-one.heard:
		return one.told(h), nil
	default:
	}
	select {
	case <-one.ended:
		return Request{}, ErrOver
	default:
	}
	if one.slow.Load() {
		return Request{}, ErrSlow
	}
	timer := time.NewTimer(quiet)
	defer timer.Stop()
	select {
	case h := <-one.heard:
		return one.told(h), nil
	case <-ctx.Done():
		return Request{}, ctx.Err()
	case <-one.ended:
		return Request{}, ErrOver
	case <-timer.C:
		return Request{}, ErrQuiet
	}
}

func (one *Listener) told(h heard) Request {
	t, ok := one.known[h.world]
	if !ok {
		if len(one.known) >= mostWaiting {
			clear(one.known)
		}
		t = one.teller(h.world)
		one.known[h.world] = t
	}
	h.kept.Trace.Steps = slices.Clone(h.kept.Trace.Steps) // others tell it, too
	return t.tell(&h.kept)
}
