package suite

import (
	"fmt"

	"rollcall/conformance/client"
	"rollcall/conformance/judge"
	"rollcall/specs/contract"
)

// hung ends the case over a request of the document that had no answer within the limit.
// That is a failure of the operation, found once: it is not asked again, so that a run
// over a service that hangs comes to an end.
func (env *Env) hung(exchange *client.Exchange) {
	s, op := env.run.session, exchange.Operation.ID
	s.hanging.Store(op, true)
	text := fmt.Sprintf("no answer within %s", s.limit)
	if q := s.contract.Derived(op, contract.CheckPositive, true); q != nil {
		env.run.findings.note(q.ID, env.run.item, judge.Finding{Message: text}, exchange)
	}
	env.run.subject = exchange
	if env.run.needing {
		env.Undetermined("set-up failed: %s", exchange)
	}
	env.Fail("%s: %s", text, exchange)
}

// hangs says whether an operation has left a request without an answer.
func (s *session) hangs(operation string) bool {
	_, yes := s.hanging.Load(operation)
	return yes
}
