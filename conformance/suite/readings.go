package suite

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
)

// Reading is a named way to take a contract where its documents contradict
// themselves. A target that follows it says so, and is judged by it.
type Reading struct {
	Text   string            // what it says, a sentence
	Unwrap map[string]string // operation id -> member that holds what the document puts at the top level
	// Taken says that a target which is judged by the accepting reading need not name it: the first
	// answer of one of the operations tells of all.
	Taken bool
}

// readings puts the named readings of a target together: which operations
// wrap their success, and in what. A name that the package does not know is a
// problem, in words that say what to do.
func readings(api API, t *Target) (unwrap map[string]string, problems []string) {
	unwrap = map[string]string{}
	for i, name := range t.Readings {
		reading, ok := api.Readings[name]
		if !ok {
			known := slices.Sorted(maps.Keys(api.Readings))
			has := "it has none"
			if len(known) > 0 {
				has = "it has " + strings.Join(known, ", ")
			}
			problems = append(problems, fmt.Sprintf("%s: there is no reading %q of %s: %s%s", t.At("readings", strconv.Itoa(i)),
				name, api.Contract, has, near(name, known)))
			continue
		}
		for op, member := range reading.Unwrap {
			unwrap[op] = member
		}
	}
	return unwrap, problems
}

// beside is how many members that the document names stand beside the one that wraps an answer.
// Spare ones may.
func beside(exchange *client.Exchange, member string) int {
	named := gjson.ParseBytes(exchange.Known()).Map()
	delete(named, member)
	return len(named)
}

// normalise takes an answer as the target's readings have it. One that does not follow
// them has nothing where the document wants something, and the judge says so.
func (s *session) normalise(exchange *client.Exchange) {
	if body := composed(exchange.Body); !bytes.Equal(body, exchange.Body) {
		s.spellings.learnAll(gjson.ParseBytes(exchange.Body))
		exchange.SetBody(body)
	}
	if exchange.Operation == nil || !exchange.Success() {
		return
	}
	if spell := s.api.Spell; spell != nil {
		exchange.SetBody(spell(exchange.Body, s.strict()))
	}
	member, ok := s.unwrap[exchange.Operation.ID]
	if !ok {
		s.takeWrapped(exchange)
		return
	}
	whole := gjson.ParseBytes(exchange.Body)
	inner := whole.Get(member)
	if whole.IsObject() && inner.IsObject() && beside(exchange, member) == 0 {
		exchange.SetBody([]byte(inner.Raw))
		return
	}
	exchange.SetBody([]byte("null"))
}

// takeWrapped takes an answer out of its wrapper where the accepting reading lets a target
// wrap without saying so, and the first such answer of the run was wrapped.
func (s *session) takeWrapped(exchange *client.Exchange) {
	if s.strict() {
		return
	}
	for name, reading := range s.api.Readings {
		member, ok := reading.Unwrap[exchange.Operation.ID]
		if !ok || !reading.Taken {
			continue
		}
		inner := gjson.GetBytes(exchange.Body, member)
		wrapped := inner.IsObject() && beside(exchange, member) == 0
		first, _ := s.wrapped.LoadOrStore(name, wrapped)
		if wrapped && first == true {
			exchange.SetBody([]byte(inner.Raw))
		}
	}
}
