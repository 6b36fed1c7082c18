package client

import (
	"errors"
	"net/http"
	"sync"
	"time"
)

// ErrThrottled is why nothing is sent any more: the target went on limiting the rate.
var ErrThrottled = errors.New("the target has limited the rate (429) for as long as the run waits, and did not relent")

// throttle knows how long a target has been answering 429 and nothing else.
type throttle struct {
	mutex   sync.Mutex
	waited  time.Duration
	waits   int
	refused bool // a wait, since the last other answer
}

// mostWaits is how often a target is waited for in a row.
const mostWaits = 20

// record notes an answer: any other than a 429 means that the target lets calls through.
func (t *throttle) record(exchange *Exchange) {
	if exchange.Status == 0 || exchange.Status == http.StatusTooManyRequests {
		return
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.waited, t.waits, t.refused = 0, 0, false
}

// allows says whether one more wait is bearable, and counts it.
func (t *throttle) allows(wait, most time.Duration) bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if wait > most || t.waited+wait > most || t.waits == mostWaits {
		t.refused = true
		return false
	}
	t.waited += wait
	t.waits++
	return true
}

// over returns ErrThrottled once a wait was refused and nothing came through since.
func (t *throttle) over() error {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.refused && t.waits > 0 {
		return ErrThrottled
	}
	return nil
}
