package suite

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"rollcall/conformance/client"
	"rollcall/reports"
)

// A target may stop to serve the run half way: a token dies, a route is taken down. From then on it
// keeps every refusal and fails the rest, for no fault of the service. So a case that was refused
// as its own caller is followed by the first read of the run, which was let in then; where that is
// refused, too, the case says nothing and nothing more is sent.

// looks is how often the first read is asked again: one refusal may be the fault of the target.
const looks = 2

// dismissed returns why nothing more can be learnt after a case, "" where the run can go on.
func (s *session) dismissed(ctx context.Context, run *caseRun) string {
	if !s.letIn || ctx.Err() != nil || !run.keyless && !turnedAway(run) {
		return ""
	}
	why := ""
	for range looks {
		if why = s.tokenGone(ctx); why == "" && !run.keyless {
			why = s.lookAgain(ctx)
		}
		if why == "" {
			return ""
		}
	}
	s.over.Store(&why)
	return why
}

// tokenGone returns why there is no token for the default persona any more, "" where there is one.
func (s *session) tokenGone(ctx context.Context) string {
	if _, _, err := s.tokens.Header(ctx, DefaultPersona); err != nil {
		return s.fit(fmt.Sprintf("from the middle of the run on there is no token: %v", err))
	}
	return ""
}

// turnedAway says whether a case looks as if nobody had been let in: the caller's own credential
// was refused, or the case did not come through, and saw a path that is not there or a door that was shut.
func turnedAway(run *caseRun) bool {
	own := slices.DeleteFunc(slices.Clone(run.exchanges), func(e *client.Exchange) bool {
		return e.Operation == nil || !e.Operation.Secured || e.Spoilt != "" || e.Persona != DefaultPersona || e.Err != nil
	})
	saw := func(statuses ...int) bool {
		return slices.ContainsFunc(own, func(e *client.Exchange) bool { return slices.Contains(statuses, e.Status) })
	}
	return saw(http.StatusUnauthorized) || run.verdict != reports.Pass && saw(http.StatusNotFound, http.StatusForbidden)
}

// lookAgain makes the reads of the probe, and returns why all of them are refused, "" when one is not.
func (s *session) lookAgain(ctx context.Context) (why string) {
	for _, op := range s.probed() {
		run := s.try(ctx, op)
		switch {
		case len(run.exchanges) == 0:
			continue
		case all(run.exchanges, http.StatusUnauthorized, http.StatusForbidden):
			return fmt.Sprintf("from the middle of the run on the target refuses the default credential: give one that lasts, "+
				"or say how to fetch it (personas.%s.token); the first read, which was let in: %s",
				DefaultPersona, run.exchanges[0])
		case !all(run.exchanges, http.StatusNotFound):
			return ""
		}
		why = fmt.Sprintf("from the middle of the run on every path is answered 404: is the service still there? The first "+
			"read, which was answered: %s", run.exchanges[0])
	}
	return why
}
