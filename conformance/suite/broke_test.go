package suite_test

import (
	"context"
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// TestABrokenMustIsSeenInTheExitCode holds that an error of the suite itself is no pass: a MUST
// that it leaves open makes the run inconclusive, also where another case of it passed and
// whatever else passes; what failed fails nevertheless.
func TestABrokenMustIsSeenInTheExitCode(t *testing.T) {
	alive := func(ctx context.Context, env *suite.Env) {
		for _, name := range []string{env.Unique("life"), env.Unique("life")} {
			env.Must(ctx, "createThing", client.JSON(map[string]any{"name": name, "kind": "plain"}))
		}
	}
	breaks := func(context.Context, *suite.Env) { panic("a mistake in a case") }
	fails := func(_ context.Context, env *suite.Env) { env.Fail("it is wrong") }
	type check = func(context.Context, *suite.Env)
	for _, row := range []struct {
		name          string
		first, second []check
		level         contract.Level // of the first
		exit          int
		outcome       string
	}{
		{"nothing", []check{alive}, []check{alive}, contract.Must, 0, "partial"},
		{"a MUST", []check{breaks}, []check{alive}, contract.Must, 5, "inconclusive"},
		{"a case of a MUST", []check{alive, breaks}, []check{alive}, contract.Must, 5, "inconclusive"},
		{"a MUST where another failed", []check{breaks}, []check{alive, fails}, contract.Must, 1, "not conformant"},
		{"a SHOULD", []check{breaks}, []check{alive}, contract.Should, 0, "partial"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := only(config(t, toy.Target(t)), "TOY-THING-01", "TOY-THING-02")
			for _, r := range c.Contract.Requirements {
				if r.ID == "TOY-THING-01" {
					r.Level = row.level
				}
			}
			c.API.Cases = nil
			for id, checks := range map[string][]check{"TOY-THING-01": row.first, "TOY-THING-02": row.second} {
				for i, one := range checks {
					c.API.Cases = append(c.API.Cases, suite.Case{Requirement: id, Title: string(rune('a' + i)), Check: one})
				}
			}
			run, err := suite.RunPlain(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if run.Exit() != row.exit || run.Outcome() != row.outcome {
				t.Errorf("exit code %d, %s; want %d, %s: %+v", run.Exit(), run.Outcome(), row.exit, row.outcome, verdicts(run))
			}
		})
	}
}
