package database

import (
	"context"
	"sync"

	"rollcall/mockserver/durable"
)

// group commits what several worlds append in one transaction.
type group struct {
	keep  func(ctx context.Context, all []*waiting) error
	mu    sync.Mutex
	queue []*waiting
	busy  bool
}

// waiting is a batch that waits to be kept.
type waiting struct {
	batch durable.Batch
	err   error
	done  chan struct{}
}

func (g *group) append(ctx context.Context, b durable.Batch) error {
	w := &waiting{batch: b, done: make(chan struct{})}
	g.mu.Lock()
	g.queue = append(g.queue, w)
	begin := !g.busy
	g.busy = true
	g.mu.Unlock()
	if begin {
		// What others wait for does not end with the context of one.
		go g.run(context.WithoutCancel(ctx))
	}
	<-w.done
	return w.err
}

func (g *group) run(ctx context.Context) {
	for {
		g.mu.Lock()
		all := g.queue
		g.queue = nil
		if len(all) == 0 {
			g.busy = false
			g.mu.Unlock()
			return
		}
		g.mu.Unlock()
		if err := g.keep(ctx, all); err != nil {
			for _, w := range all {
				w.err = err
			}
		}
		for _, w := range all {
			close(w.done)
		}
	}
}
