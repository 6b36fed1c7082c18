package conformance

import (
	"context"
	"testing"

	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/brought"
	"rollcall/specs/target"
)

// version is the suite's in a run that a Go program has made.
const version = "go"

// Option changes how Decide and Test run. Those of this package are the usual ones; a
// function of one's own may set any member of the configuration.
type Option func(*suite.Config)

// Only decides only the requirements that a pattern names, by their ids or by one of
// their operations, as path.Match reads it: "COU-WARD-*", "createWard". A pattern that
// names nothing is an error of the run.
func Only(patterns ...string) Option {
	return func(c *suite.Config) { c.Only = append(c.Only, patterns...) }
}

// FailOnShould lets a recommendation that is not met fail, which is told only otherwise.
func FailOnShould() Option {
	return func(c *suite.Config) { c.FailOn = reports.FailOnShould }
}

// Seed sets the order of the cases and the values that they make up; 1 without it.
func Seed(seed uint64) Option {
	return func(c *suite.Config) { c.Seed = seed }
}

// Decide judges a target by the contract that it names and returns the verdict on each
// requirement. It needs the URL and the contract of the target, and a persona
// target.DefaultPersona; what a requirement needs beyond that and the target lacks makes
// it undetermined. Any number of calls may be under way at once.
//
// The target may name one of our contracts, or the path of one of your own.
//
// Nothing is sent when the error is a *suite.ConfigError, or a *contract.Unknown for a
// contract that there is not; a target that does not answer is a *suite.Unreachable.
// Whatever else a target does is in the run.
func Decide(ctx context.Context, t target.Target, options ...Option) (*reports.Run, error) {
	c, err := brought.Find(t.Contract)
	if err != nil {
		return nil, err
	}
	api, err := API(c)
	if err != nil {
		return nil, err
	}
	config := suite.Config{Contract: c, API: api, Target: t, Version: version}
	for _, change := range options {
		change(&config)
	}
	return suite.RunLoop(ctx, config)
}

// Test judges a target as Decide does and makes a subtest of every requirement, named by
// its id. A subtest fails when its requirement decides the verdict and failed; it tells
// the reason and the exchanges that show it. What was missed, not decided, not asked or
// waived is skipped with the reason. The test fails also when the run as a whole is
// inconclusive, so that it is green exactly when `rollcall test` exits with 0.
//
// Tests may run it in parallel, any number of times.
func Test(t *testing.T, target target.Target, options ...Option) {
	t.Helper()
	run, err := Decide(t.Context(), target, options...)
	if err != nil {
		t.Fatalf("%s was not judged: %v", target.URL, err)
	}
	for _, result := range run.Results {
		t.Run(result.Requirement, func(t *testing.T) { tell(t, result) })
	}
	if run.Outcome() == "inconclusive" {
		t.Errorf("inconclusive: of %d requirements %d pass and %d are undetermined; the skipped subtests say what they lack",
			run.Summary.Requirements, run.Summary.Pass, run.Summary.Undetermined)
	}
}

// tell gives a subtest the outcome of its requirement. Its text begins with the verdict.
func tell(t *testing.T, result reports.Result) {
	switch {
	case result.Verdict == reports.Pass:
	case result.Verdict == reports.Fail && result.Deciding():
		t.Errorf("%s: %s\n%s", result.Verdict, result.Text, result.Detail())
	case result.Verdict == reports.Fail, result.Verdict == reports.Missed:
		t.Skipf("%s: %s\n%s", result.Verdict, result.Text, result.Detail())
	default:
		t.Skipf("%s: %s\n%s", result.Verdict, result.Text, result.Reason)
	}
}
