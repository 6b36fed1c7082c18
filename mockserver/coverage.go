package mockserver

import (
	"maps"
	"net/url"
	"strings"
	"sync"

	"rollcall/specs/contract"
)

// coverage counts what of the contracts the calls of a world have met.
type coverage struct {
	mu   sync.Mutex
	seen map[met]int
}

// met is an answer, a parameter that was sent (those of the path always are, and are not
// counted), or a requirement that was asked or refused.
type met struct {
	contract, operation string
	what                metWhat
	name                string // of the parameter or requirement
	status              int    // of the answer
	forced              bool   // by a fault or a preference: no behaviour of the contract
}

// metWhat is what of an operation a call has met.
type metWhat byte

const (
	metAnswer metWhat = iota
	metParameter
	metRequirement
)

// covered counts a call that was answered.
func (c call) covered(status int, forced bool) {
	cover := &c.world.coverage
	cover.mu.Lock()
	defer cover.mu.Unlock()
	if cover.seen == nil {
		cover.seen = map[met]int{}
	}
	at := met{contract: c.mount.name, operation: c.entry.Operation}
	answer := at
	answer.status, answer.forced = status, forced
	cover.seen[answer]++
	if forced {
		return
	}
	at.what = metRequirement
	for _, step := range c.entry.Trace.Steps {
		name := strings.TrimPrefix(step.Name, "refusal ")
		if strings.HasPrefix(name, c.mount.plan.Contract.Prefix) {
			at.name = name
			cover.seen[at]++
		}
	}
	at.what = metParameter
	op, ok := c.mount.plan.Contract.Operation(at.operation)
	for i := 0; ok && i < len(op.Parameters); i++ {
		if c.sends(op.Parameters[i]) {
			at.name = op.Parameters[i].Name
			cover.seen[at]++
		}
	}
}

// sends tells whether the call has a parameter of the query or a header.
func (c call) sends(p *contract.Parameter) bool {
	switch p.In {
	case "query":
		return c.http.URL.RawQuery != "" && inQuery(c.http.URL.RawQuery, p.Name)
	case "header":
		return c.http.Header.Get(p.Name) != ""
	}
	return false
}

// inQuery finds a parameter, also one of several names (filter[name]). Most names are sent
// without an escape, and are not decoded.
func inQuery(query, name string) bool {
	for part := range strings.SplitSeq(query, "&") {
		rest, ok := strings.CutPrefix(part, name)
		if ok && (rest == "" || rest[0] == '=' || rest[0] == '[') {
			return true
		}
		written, _, _ := strings.Cut(part, "=")
		if strings.Contains(written, "%") {
			if plain, err := url.QueryUnescape(written); err == nil && (plain == name || strings.HasPrefix(plain, name+"[")) {
				return true
			}
		}
	}
	return false
}

// add counts what another account has counted.
func (c *coverage) add(other *coverage) {
	seen := other.copied()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = map[met]int{}
	}
	for m, n := range seen {
		c.seen[m] += n
	}
}

func (c *coverage) copied() map[met]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.seen)
}
