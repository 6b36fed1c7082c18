package suite

import (
	"context"
	"fmt"
	"net/http"

	"rollcall/specs/contract"
)

// probe sends the first requests of a run: reads as the default persona, until
// one could be sent. It errs when nothing comes back, and returns why nothing can
// be decided when the target refuses the credential: a target that lets nobody in
// keeps every refusal, and must not be green for it. A target that lacks what
// every read needs is not probed.
func (s *session) probe(ctx context.Context) (seen outcome, refused string, err error) {
	for _, op := range s.probed() {
		run := s.try(ctx, op)
		seen = run.outcome()
		if len(run.exchanges) == 0 {
			continue
		}
		if first := run.exchanges[0]; first.Err != nil {
			return seen, "", &Unreachable{URL: s.target.URL, Cause: first.String()}
		}
		for _, exchange := range run.exchanges {
			if exchange.Status != http.StatusUnauthorized && exchange.Status != http.StatusForbidden {
				return seen, "", nil
			}
		}
		last := run.exchanges[len(run.exchanges)-1]
		return seen, fmt.Sprintf("the target refuses the default credential (%s): check personas.%s.headers of the target",
			last, DefaultPersona), nil
	}
	return seen, "", nil
}

// try calls an operation as its sample says.
func (s *session) try(ctx context.Context, op *contract.Operation) *caseRun {
	return s.perform(ctx, Case{Title: "probe", Check: func(ctx context.Context, env *Env) {
		env.Call(ctx, op.ID, env.Sample(ctx, op.ID)...)
	}})
}

// answersVary says whether the target gave different answers of substance, as only a working
// target does. When the cases had no occasion to see them, it asks for them.
func (s *session) answersVary(ctx context.Context, outcomes []outcome) bool {
	var seen []substance
	add := func(more []substance) bool {
		for _, said := range more {
			seen = addDistinct(seen, said)
		}
		return len(seen) >= enoughDistinct
	}
	for _, one := range outcomes {
		if add(one.Substance) {
			return true
		}
	}
	for _, op := range s.contract.Operations {
		if op.Method == http.MethodGet && ctx.Err() == nil && add(s.try(ctx, op).substance) {
			return true
		}
	}
	return false
}

// probed lists the secured reads that can be sent, those that need nothing first.
func (s *session) probed() []*contract.Operation {
	var plain, sampled []*contract.Operation
	for _, op := range s.contract.Operations {
		if op.Method != http.MethodGet || !op.Secured {
			continue
		}
		if !NeedsSample(op) {
			plain = append(plain, op)
		} else if _, ok := s.samples[op.ID]; ok {
			sampled = append(sampled, op)
		}
	}
	return append(plain, sampled...)
}
