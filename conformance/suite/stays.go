package suite

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// tally counts by operation, for several cases at once.
type tally struct {
	mutex sync.Mutex
	count map[string]int
}

func (t *tally) add(more map[string]int) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for operation, n := range more {
		if t.count == nil {
			t.count = map[string]int{}
		}
		t.count[operation] += n
	}
}

// take returns the count, and begins anew.
func (t *tally) take() map[string]int {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	count := t.count
	t.count = nil
	return count
}

// makes says whether an answer tells that something new is there now: that of a POST to
// what has items, or one that says so by its status, as a PUT to what was not there may, too.
func (c *caseRun) makes(exchange *client.Exchange) bool {
	op := exchange.Operation
	if op == nil || op.Reads() || !exchange.Success() {
		return false
	}
	if op.Method != http.MethodPost {
		return op.Method == http.MethodPut && exchange.Status == http.StatusCreated
	}
	return exchange.Status == http.StatusCreated || slices.ContainsFunc(c.session.contract.Operations,
		func(item *contract.Operation) bool {
			inner, below := strings.CutPrefix(item.Path, op.Path+"/{")
			return below && !strings.Contains(inner, "/")
		})
}

// stays counts what the case has made and left at a target without worlds, by operation.
func (c *caseRun) stays() map[string]int {
	count := map[string]int{}
	for _, sent := range c.writes {
		if sent.stays && c.session.target.Worlds == "" {
			count[sent.exchange.Operation.ID]++
		}
	}
	return count
}
