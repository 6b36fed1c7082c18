package durable

import (
	"context"
	"sync"
	"time"
)

// health is whether the log could be used when it was last.
type health struct {
	mu   sync.Mutex
	why  error // nil: it could
	good time.Time
}

// noted remembers how a use of the log ended.
func (b *Book) noted(err error) {
	h := &b.health
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case err == nil && h.why == nil:
		h.good = time.Now()
	case err == nil: // it may be that reads go and writes don't: see wrote
	case IsTrouble(err, Unreachable), IsTrouble(err, Unknown), IsTrouble(err, InUse):
		if h.why == nil {
			b.config.Logger.Error("the state store can't be used", "store", b.log.Name(), "why", err.Error())
		}
		h.why = err
	}
}

// wrote remembers how a write ended: one that goes shows that the log can be used.
func (b *Book) wrote(err error) {
	if err != nil {
		b.noted(err)
		return
	}
	h := &b.health
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.why != nil {
		b.config.Logger.Info("the state store can be used again", "store", b.log.Name())
	}
	h.why, h.good = nil, time.Now()
}

// Trouble tells when the log could be used last, and why it can't be now; nil when it can.
func (b *Book) Trouble() (since time.Time, why error) {
	b.health.mu.Lock()
	defer b.health.mu.Unlock()
	return b.health.good, b.health.why
}

// State is what is told of the log.
type State struct {
	Engine      string       `json:"engine"`
	Replica     string       `json:"replica,omitempty"`
	Store       string       `json:"store"` // without a secret
	Reads       string       `json:"reads"`
	Healthy     bool         `json:"healthy"`
	Why         string       `json:"why,omitempty"`
	LastSuccess time.Time    `json:"last_success,omitzero"`
	Bytes       int64        `json:"bytes"`
	Worlds      []WorldState `json:"worlds"`
	SetAside    int          `json:"set_aside"`
}

// WorldState is what is told of a world's log.
type WorldState struct {
	World    string `json:"world"`
	Head     uint64 `json:"head"`     // entries that the log has
	Seen     uint64 `json:"seen"`     // and those that are seen here
	Lag      uint64 `json:"lag"`      // the difference
	Snapshot uint64 `json:"snapshot"` // the entry up to which a snapshot has taken their place, as far as is known
	Aside    string `json:"set_aside,omitempty"`
}

// State tells how the log is. What it can't say now it leaves out.
func (b *Book) State(ctx context.Context) State {
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	s := State{Engine: b.log.Engine(), Store: b.log.Name(), Reads: "local", Worlds: []WorldState{}}
	if b.strict {
		s.Reads = "strict"
	}
	lines, err := b.log.Worlds(ctx)
	b.noted(err)
	byID := map[string]Line{}
	for _, l := range lines {
		byID[l.ID] = l
	}
	s.Bytes, _ = b.log.Bytes(ctx)
	b.mu.Lock()
	for _, id := range sortedKeys(b.worlds) {
		w := b.worlds[id]
		one := WorldState{World: id, Seen: w.Head(), Head: max(byID[id].Head, w.Head()), Snapshot: w.newest.Load()}
		one.Lag = one.Head - one.Seen
		if aside := w.aside.Load(); aside != nil {
			one.Aside = aside.Why
			s.SetAside++
		}
		s.Worlds = append(s.Worlds, one)
	}
	b.mu.Unlock()
	good, why := b.Trouble()
	s.Healthy, s.LastSuccess = why == nil, good.UTC()
	if why != nil {
		s.Why = why.Error()
	}
	return s
}

// SetAside lists the worlds whose log can't be read, with why.
func (b *Book) SetAside() (all []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range sortedKeys(b.worlds) {
		if aside := b.worlds[id].aside.Load(); aside != nil {
			all = append(all, aside.Why)
		}
	}
	return all
}

// How often is looked at what others do, and whether a log that was lost is back; and how
// often at what may be forgotten.
const (
	lookEvery  = 50 * time.Millisecond
	probeEvery = 500 * time.Millisecond
	sweepEvery = 30 * time.Second
)

// watch follows what others append, where reads don't ask, and finds out when the log is back.
func (b *Book) watch(ctx context.Context) {
	look, probe, sweep := time.NewTicker(lookEvery), time.NewTicker(probeEvery), time.NewTicker(sweepEvery)
	defer look.Stop()
	defer probe.Stop()
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			if b.log.Shared() && !b.strict {
				b.look(ctx)
			}
		case <-probe.C:
			b.probe(ctx)
		case <-sweep.C:
			b.sweep(ctx)
		}
	}
}

// look brings every world up to what the log has.
func (b *Book) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	lines, err := b.log.Worlds(ctx)
	b.noted(err)
	if err != nil {
		return
	}
	for _, l := range lines {
		w, known := b.Get(l.ID)
		switch {
		case l.Gone != "":
			b.closed(l.ID, l.Gone)
		case !known:
			if w, err = b.open(ctx, l); err != nil {
				b.noted(err)
				continue
			}
			fallthrough
		case w.Head() < l.Head:
			b.noted(w.sync(ctx, l.Head))
		}
	}
}

// probe asks a log that could not be used whether it can be, and any other one whether it is
// there, so that who asks whether this process is ready gets an answer of now.
func (b *Book) probe(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	good, why := b.Trouble()
	switch {
	case why != nil:
		b.wrote(b.log.Probe(ctx))
	case b.log.Shared() && time.Since(good) > probeEvery:
		_, err := b.log.Heads(ctx, nil)
		b.noted(err)
	}
}

// sweep forgets what no world needs any more.
func (b *Book) sweep(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if b.log.Sweep(ctx) != nil || b.log.Touch(ctx, b.config.Host.Used()) != nil {
		return
	}
	lines, err := b.log.Worlds(ctx)
	if err != nil {
		return
	}
	there := map[string]bool{}
	for _, l := range lines {
		there[l.ID] = l.Gone == ""
		if l.Gone != "" {
			b.closed(l.ID, l.Gone)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for id := range b.bases {
		if !there[id] {
			delete(b.bases, id)
		}
	}
}
