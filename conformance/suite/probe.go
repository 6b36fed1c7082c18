package suite

import (
	"context"
	"fmt"
	"net/http"

	"rollcall/specs/contract"
)

// probe sends the first request of a run: a read as the default persona. It
// errs when nothing comes back, and returns why nothing can be decided when the
// target refuses the credential: a target that lets nobody in keeps every
// refusal, and must not be green for it.
func (s *session) probe(ctx context.Context) (refused string, err error) {
	op := s.probed()
	if op == nil {
		return "", nil
	}
	run := s.perform(ctx, Case{Title: "probe", Check: func(ctx context.Context, env *Env) {
		env.Call(ctx, op.ID, env.Sample(ctx, op.ID)...)
	}})
	if len(run.exchanges) == 0 {
		return "", &Unreachable{URL: s.target.URL, Cause: run.reason}
	}
	if first := run.exchanges[0]; first.Err != nil {
		return "", &Unreachable{URL: s.target.URL, Cause: first.String()}
	}
	for _, exchange := range run.exchanges {
		if exchange.Status != http.StatusUnauthorized && exchange.Status != http.StatusForbidden {
			return "", nil
		}
	}
	last := run.exchanges[len(run.exchanges)-1]
	return fmt.Sprintf("the target refuses the default credential (%s): check personas.%s.headers of the target",
		last, DefaultPersona), nil
}

// probed picks the first secured read that needs nothing, else the first that
// has a sample; nil when there is none.
func (s *session) probed() *contract.Operation {
	var sampled *contract.Operation
	for _, op := range s.contract.Operations {
		if op.Method != http.MethodGet || !op.Secured {
			continue
		}
		if !NeedsSample(op) {
			return op
		}
		if _, ok := s.samples[op.ID]; ok && sampled == nil {
			sampled = op
		}
	}
	return sampled
}
