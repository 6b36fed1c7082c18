package mockserver

import (
	"fmt"
	"sync"
)

// coverage counts which answers of which operations were seen.
type coverage struct {
	mu   sync.Mutex
	seen map[answerCount]int
}

type answerCount struct {
	contract, operation string
	status              int
	forced              bool // by a fault or a preference: no behaviour of the contract
}

func (c *coverage) count(contract, operation string, status int, forced bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = map[answerCount]int{}
	}
	c.seen[answerCount{contract, operation, status, forced}]++
}

// all gives the counts by "contract operation status", of forced answers or of others.
func (c *coverage) all(forced bool) map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[string]int, len(c.seen))
	for s, n := range c.seen {
		if s.forced != forced {
			continue
		}
		if s.operation == "" {
			s.operation = "(no operation)"
		}
		out[fmt.Sprintf("%s %s %d", s.contract, s.operation, s.status)] = n
	}
	return out
}
