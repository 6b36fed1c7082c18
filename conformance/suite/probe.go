package suite

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// probe sends the first requests of a run: reads as the default persona, until
// one could be sent. It errs when the token of that persona can't be had or nothing
// comes back, and returns why nothing can be decided when the target refuses the
// credential: a target that lets nobody in keeps every refusal, and must not be green
// for it. A target that lacks what every read needs is not probed.
func (s *session) probe(ctx context.Context) (seen outcome, refused string, err error) {
	var lost []*client.Exchange
	for _, op := range s.probed() {
		run := s.try(ctx, op)
		seen = run.outcome()
		if err := s.unsendable.Load(); err != nil {
			return seen, "", &ConfigError{Problems: []string{err.Error()}}
		}
		if err := s.noWorlds.Load(); err != nil {
			return seen, "", err
		}
		switch {
		case run.keyless && ctx.Err() == nil: // as nearly every case would be
			return seen, "", s.withoutKey(ctx, run.reason)
		case len(run.exchanges) == 0:
			continue
		}
		if first := run.exchanges[0]; first.Err != nil {
			return seen, "", s.unreachable(first)
		}
		last := run.exchanges[len(run.exchanges)-1]
		switch {
		case all(run.exchanges, http.StatusUnauthorized, http.StatusForbidden):
			return outcome{}, fmt.Sprintf("the target refuses the default credential (%s): check personas.%s of the target",
				last, DefaultPersona), nil
		case elsewhere(run.exchanges):
			return outcome{}, fmt.Sprintf(sentElsewhere, fmt.Sprintf("%s, to %s", last, last.Header.Get("Location"))), nil
		case all(run.exchanges, http.StatusNotFound):
			lost = append(lost, last)
			continue
		case last.Success():
			if why := s.catchesAll(ctx, op, last); why != "" {
				return outcome{}, why, nil
			}
			s.letIn = true
			return seen, "", nil
		}
		return seen, "", nil
	}
	if len(lost) > 0 {
		return outcome{}, fmt.Sprintf("every path was answered 404, the first of them %s: is the base path in the url "+
			"right, and do the paths need another form (paths in the target's file)?",
			lost[0]), nil
	}
	return seen, "", nil
}

// withoutKey is the error of a run that has no token to begin with. Whoever issues tokens is often
// gone together with the target, and that is the better thing to say.
func (s *session) withoutKey(ctx context.Context, why string) error {
	if _, failed := Latency(ctx, &s.target, s.transport); failed != nil {
		return s.unreachable(failed)
	}
	return &Keyless{Cause: s.fit(why)}
}

// all says whether every exchange has one of the statuses.
func all(exchanges []*client.Exchange, statuses ...int) bool {
	return !slices.ContainsFunc(exchanges, func(e *client.Exchange) bool { return !slices.Contains(statuses, e.Status) })
}

// sentElsewhere is why nothing can be decided at a target that redirects, with what shows it.
const sentElsewhere = "the target sends its callers elsewhere (%s), and no redirect is followed: check the url, and that no " +
	"sign-in page stands before it"

// elsewhere says whether every exchange was sent to another address.
func elsewhere(exchanges []*client.Exchange) bool {
	return all(exchanges, http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect,
		http.StatusPermanentRedirect)
}

// catchesAll returns why nothing can be learnt of a target that answers a path which no
// API has as it answers the one that was read: a sign-in page, or the start of a website.
func (s *session) catchesAll(ctx context.Context, op *contract.Operation, read *client.Exchange) string {
	var wild *client.Exchange
	s.perform(ctx, Case{Title: "probe", Check: func(ctx context.Context, env *Env) {
		wild = env.Send(ctx, http.MethodGet, "/"+env.Unique("no-such-path"))
	}})
	if wild == nil || !wild.Success() || !bytes.Equal(wild.Body, read.Body) {
		return ""
	}
	return fmt.Sprintf("the target answers every path alike: %s, and so %s, which no API has; is it the service, or a "+
		"page that stands before it?", read, wild)
}

// try calls an operation with what the target's file gives, else as its sample says: a
// probe had better write nothing, for what a write does to others is looked at later.
func (s *session) try(ctx context.Context, op *contract.Operation) *caseRun {
	return s.perform(ctx, Case{Title: "probe", Check: func(ctx context.Context, env *Env) {
		if options, ok := env.fromGiven(op); ok && env.Call(ctx, op.ID, options...).Success() {
			return
		}
		env.Call(ctx, op.ID, env.Sample(ctx, op.ID)...)
	}})
}

// fromGiven are the options of a call that needs nothing but what the target gives under
// the names of its parameters, if it can be made so.
func (env *Env) fromGiven(op *contract.Operation) (options []client.Option, ok bool) {
	if op.Body != nil && op.Body.Required {
		return nil, false
	}
	for _, p := range op.Parameters {
		value, given := env.Standing(p.Name)
		switch {
		case given && p.In == "path":
			options = append(options, client.Path(p.Name, value))
		case given && p.In == "query":
			options = append(options, client.Query(p.Name, value))
		case p.Required:
			return nil, false
		}
	}
	return options, true
}

// answersVary says whether the target gave different answers of substance, as only a working
// target does. When the cases had no occasion to see them, it asks for them.
func (s *session) answersVary(ctx context.Context, p *plan, outcomes []outcome) bool {
	wanted := enoughDistinct
	if len(p.cases) < p.all { // a part of the cases may have no occasion to see two shapes, and certifies nothing
		wanted = 1
	}
	var seen []substance
	add := func(more []substance) bool {
		for _, said := range more {
			seen = addDistinct(seen, said)
		}
		return len(seen) >= wanted
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
