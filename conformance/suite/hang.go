package suite

import (
	"fmt"
	"slices"
	"sync"

	"rollcall/conformance/client"
	"rollcall/conformance/judge"
	"rollcall/specs/contract"
)

// A run over a service that hangs must end, and soon: each wait costs the whole limit. An
// operation that left one request unanswered has failed, and is not asked again. After
// mostOfMethod in a row with the same method, of whatever operation or of none, nothing
// more is sent with it; after mostUnanswered in all, nothing more at all.
const (
	mostOfMethod   = 2
	mostUnanswered = 6
)

// silence is a request that had no answer within the limit.
type silence struct {
	Operation string `json:",omitempty"` // "" for a request that the document does not know
	Method    string
}

// silences counts them for all processes of a run. It is safe for concurrent use.
type silences struct {
	tell func(silence) // tells the other processes; nil when this is the only one

	mutex      sync.Mutex
	operations map[string]bool
	methods    map[string]int // in a row
	all        int
}

// note counts a silence, of this process or of another. An operation that several asked at the same
// time counts once.
func (s *silences) note(one silence) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.operations == nil {
		s.operations, s.methods = map[string]bool{}, map[string]int{}
	}
	if s.operations[one.Operation] {
		return
	}
	if one.Operation != "" {
		s.operations[one.Operation] = true
	}
	s.methods[one.Method]++
	s.all++
}

// answered notes that a method is answered after all.
func (s *silences) answered(method string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.methods, method)
}

// why says why a request is not sent, "" when it is. Its operation is "" when it is
// outside the document.
func (s *silences) why(one silence) string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	switch {
	case s.operations[one.Operation]:
		return fmt.Sprintf("not asked again: %s left a request without an answer before", one.Operation)
	case s.methods[one.Method] >= mostOfMethod:
		return fmt.Sprintf("not asked: the last %d requests with %s had no answer", mostOfMethod, one.Method)
	case s.all >= mostUnanswered:
		return fmt.Sprintf("not asked: %d requests of the run had no answer, so that it was given up", mostUnanswered)
	}
	return ""
}

// own says which operation of the document a request is, and its method.
func (env *Env) own(op *contract.Operation, request client.Request) silence {
	one := silence{Method: env.lineMethod(op, request)}
	if op != nil && request.Base == "" && request.Path == "" && (request.Method == "" || request.Method == op.Method) {
		one.Operation = op.ID
	}
	return one
}

// hung ends the case over a request that had no answer within the limit. That is a failure
// of the operation, found once.
func (env *Env) hung(exchange *client.Exchange, one silence) {
	s := env.run.session
	s.silences.note(one)
	if s.silences.tell != nil {
		s.silences.tell(one)
	}
	env.run.subject = exchange
	text := fmt.Sprintf("no answer within %s", s.limit)
	if exchange.Operation == nil {
		env.Undetermined("%s: %s", text, exchange)
	}
	if q := s.contract.Derived(one.Operation, contract.CheckPositive, true); q != nil {
		env.run.findings.note(q.ID, env.run, judge.Finding{Message: text}, exchange)
	}
	if env.run.needing || !slices.Contains(env.run.requirement.Operations, one.Operation) {
		env.Undetermined("set-up failed: %s", exchange)
	}
	env.Fail("%s: %s", text, exchange)
}
