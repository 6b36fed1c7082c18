package mockserver

import (
	"bytes"
	"crypto/sha256"
	"net/http"
	"slices"
	"sync"

	"rollcall/mockserver/behavior"
)

// IdempotencyKey is the header by which a caller marks a request that it may send again.
const IdempotencyKey = "Idempotency-Key"

// mostReplays bounds how many answers a world keeps for being asked again, the newest.
const mostReplays = 1000

// replays are the answers of a world to requests with a key.
type replays struct {
	mu    sync.Mutex // held while a request is answered: one that comes meanwhile waits
	known map[string]replay
	order []string
}

type replay struct {
	request [sha256.Size]byte
	answer  behavior.Answer
}

// repeated tells whether a request is one whose answer is kept.
func (c call) repeated() bool {
	return c.server.config.Idempotency && c.http.Method != http.MethodGet && c.http.Header.Get(IdempotencyKey) != ""
}

// once answers a request with a key as it was answered before, or has it answered. The same
// key for another request is refused; what failed by a fault of the server may be tried again.
func (c call) once(body []byte, answer func() behavior.Answer) behavior.Answer {
	h := sha256.New()
	for _, part := range []string{c.mount.name, c.http.Method, c.http.URL.RequestURI(), c.http.Header.Get("Authorization"),
		c.http.Header.Get("X-Api-Key"), string(body)} {
		h.Write([]byte(part)) //nolint:errcheck // a hash takes everything
		h.Write([]byte{0})    //nolint:errcheck // as above
	}
	sum, key, r := [sha256.Size]byte(h.Sum(nil)), c.http.Header.Get(IdempotencyKey), &c.world.replays
	r.mu.Lock()
	defer r.mu.Unlock()
	before, ok := r.known[key]
	switch {
	case ok && before.request != sum:
		return c.refuse(&behavior.Refusal{Status: http.StatusUnprocessableEntity, In: "header", Pointer: "/" + IdempotencyKey,
			Message: "this key was sent with another request", Hint: "make a new " + IdempotencyKey + " for each request"})
	case ok:
		again := before.answer
		again.Header = again.Header.Clone()
		if again.Header == nil {
			again.Header = http.Header{}
		}
		again.Header.Set("Idempotency-Replayed", "true")
		return again
	}
	a := answer()
	if a.Status >= http.StatusInternalServerError {
		return a
	}
	kept := a
	kept.Body, kept.Borrowed = bytes.Clone(a.Body), false
	if r.known == nil {
		r.known = map[string]replay{}
	}
	if len(r.order) >= mostReplays {
		delete(r.known, r.order[0])
		r.order = slices.Delete(r.order, 0, 1)
	}
	r.known[key], r.order = replay{sum, kept}, append(r.order, key)
	return a
}

func (r *replays) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known, r.order = nil, nil
}
