package independent_test

import (
	"testing"

	"rollcall/conformance/internal/independent/identity"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

// A service that does not take a record back as a case found it, and has no worlds either, is judged by the cases that come
// after as if it had: what the run left is what it goes on with.
func TestWhatCannotBeTakenBack(t *testing.T) {
	for _, name := range []string{"password-history", "locked-423"} {
		t.Run(name, func(t *testing.T) {
			run := judgedAt(t, identity.Implementation(), suite.Accepting, nil, true, name)
			if run.Exit() != 0 {
				t.Errorf("%s:\n%s", run.Outcome(), reasons(run, append(verdicts(run, reports.Fail), openMusts(run)...)))
			}
		})
	}
}
