package mockserver

import (
	"fmt"
	"sync"
)

// coverage counts which answers of which operations were seen.
type coverage struct {
	mu   sync.Mutex
	seen map[string]int
}

func (c *coverage) count(contract, operation string, status int) {
	if operation == "" {
		operation = "(no operation)"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = map[string]int{}
	}
	c.seen[fmt.Sprintf("%s %s %d", contract, operation, status)]++
}
