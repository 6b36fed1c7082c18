package durable

import (
	"context"
	"sync"
)

// heads asks for the heads of worlds in rounds: who asks gets the answer of a round that began
// after it asked, and one query serves all that wait.
type heads struct {
	log     Log
	mu      sync.Mutex
	next    *asking
	running bool
}

// asking is one round.
type asking struct {
	ids   map[string]bool
	lines map[string]Line
	err   error
	done  chan struct{}
}

// ask gives the line of a world as it is now, or later than the call.
func (h *heads) ask(ctx context.Context, id string) (Line, error) {
	h.mu.Lock()
	if h.next == nil {
		h.next = &asking{ids: map[string]bool{}, done: make(chan struct{})}
	}
	r := h.next
	r.ids[id] = true
	begin := !h.running
	h.running = true
	h.mu.Unlock()
	if begin {
		go h.rounds()
	}
	select {
	case <-r.done:
	case <-ctx.Done():
		return Line{}, Troublef(Unreachable, "the state store gave no answer: %w", ctx.Err())
	}
	if r.err != nil {
		return Line{}, r.err
	}
	line, ok := r.lines[id]
	if !ok {
		return Line{}, Troublef(NoWorld, "there is no world %q in the state store", id)
	}
	return line, nil
}

func (h *heads) rounds() {
	for {
		h.mu.Lock()
		r := h.next
		h.next = nil
		if r == nil {
			h.running = false
			h.mu.Unlock()
			return
		}
		h.mu.Unlock()
		r.run(h.log)
	}
}

func (r *asking) run(log Log) {
	defer close(r.done)
	ctx, cancel := context.WithTimeout(context.Background(), readWithin)
	defer cancel()
	lines, err := log.Heads(ctx, sortedKeys(r.ids))
	r.lines, r.err = make(map[string]Line, len(lines)), err
	for _, l := range lines {
		r.lines[l.ID] = l
	}
}
