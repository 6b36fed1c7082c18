package mockserver

import (
	"net/url"
	"strings"
	"sync"

	"rollcall/specs/contract"
)

// coverage counts what of the contracts the calls of a world have met.
type coverage struct {
	mu sync.Mutex
	of map[place]*counts
}

// place is one operation of one contract; without a name, what is none.
type place struct{ contract, operation string }

// counts is what the calls of one operation have met, by what is quick to look up: a call meets
// a dozen requirements.
type counts struct {
	answers                  map[answered]int
	parameters, requirements map[string]int
}

// answered is an answer.
type answered struct {
	status int
	forced bool // by a fault or a preference: no behaviour of the contract
}

// met is an answer, a parameter that was sent (those of the path always are, and are not
// counted), or a requirement that was asked or refused.
type met struct {
	contract, operation string
	what                metWhat
	name                string // of the parameter or requirement
	status              int    // of the answer
	forced              bool
}

// metWhat is what of an operation a call has met.
type metWhat byte

const (
	metAnswer metWhat = iota
	metParameter
	metRequirement
)

// at gives the counts of an operation. The caller holds the lock.
func (c *coverage) at(p place) *counts {
	n := c.of[p]
	if n == nil {
		if c.of == nil {
			c.of = map[place]*counts{}
		}
		n = &counts{map[answered]int{}, map[string]int{}, map[string]int{}}
		c.of[p] = n
	}
	return n
}

// covered counts a call that was answered.
func (c call) covered(status int, forced bool) {
	cover := &c.world.coverage
	cover.mu.Lock()
	defer cover.mu.Unlock()
	n := cover.at(place{c.mount.name, c.entry.Operation})
	n.answers[answered{status, forced}]++
	if forced {
		return
	}
	for _, step := range c.entry.Trace.Steps {
		name := strings.TrimPrefix(step.Name, "refusal ")
		if strings.HasPrefix(name, c.mount.plan.Contract.Prefix) {
			n.requirements[name]++
		}
	}
	op, ok := c.mount.plan.Contract.Operation(c.entry.Operation)
	query := c.http.URL.RawQuery
	for i := 0; ok && i < len(op.Parameters); i++ {
		if (query != "" || op.Parameters[i].In != "query") && c.sends(op.Parameters[i]) {
			n.parameters[op.Parameters[i].Name]++
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
	escaped := strings.IndexByte(query, '%') >= 0
	for rest := query; rest != "" && name != ""; {
		at := strings.Index(rest, name)
		if at < 0 {
			break
		}
		begins := at == 0 && len(rest) == len(query) || at > 0 && rest[at-1] == '&'
		rest = rest[at+len(name):]
		if begins && (rest == "" || strings.IndexByte("=[&", rest[0]) >= 0) {
			return true
		}
	}
	return escaped && inEscaped(query, name)
}

// inEscaped is inQuery of names that are sent with an escape.
func inEscaped(query, name string) bool {
	for part := range strings.SplitSeq(query, "&") {
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
	for m, times := range seen {
		n := c.at(place{m.contract, m.operation})
		switch m.what {
		case metAnswer:
			n.answers[answered{m.status, m.forced}] += times
		case metParameter:
			n.parameters[m.name] += times
		case metRequirement:
			n.requirements[m.name] += times
		}
	}
}

// copied lists all that was counted.
func (c *coverage) copied() map[met]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := map[met]int{}
	for p, n := range c.of {
		for a, times := range n.answers {
			seen[met{contract: p.contract, operation: p.operation, status: a.status, forced: a.forced}] = times
		}
		for name, times := range n.parameters {
			seen[met{contract: p.contract, operation: p.operation, what: metParameter, name: name}] = times
		}
		for name, times := range n.requirements {
			seen[met{contract: p.contract, operation: p.operation, what: metRequirement, name: name}] = times
		}
	}
	return seen
}
