package independent_test

import (
	"net/http/httptest"
	"os"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/internal/independent"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// What the processes of one run make at a target that they share is no fault of the target.
func TestInnocentsInACrowd(t *testing.T) {
	for _, of := range implementations() {
		for _, reading := range []string{suite.Strict, suite.Accepting} {
			if c, _ := suiteOf(t, of); len(c.Operations) > 40 && reading == suite.Strict && !*all {
				continue // a run of it takes as long as those of all others
			}
			t.Run(of.Contract+" "+reading, func(t *testing.T) {
				run := crowded(t, of, reading)
				if run.Exit() != 0 {
					ids := append(verdicts(run, reports.Fail), openMusts(run)...)
					t.Errorf("it is %s:\n%s", run.Outcome(), reasons(run, ids))
				}
				told := without(verdicts(run, reports.Missed), bookOf(t, of.Contract).Misses[plain])
				if len(told) > 0 {
					t.Errorf("it is told unfairly:\n%s", reasons(run, told))
				}
			})
		}
	}
}

// A fault that is seen in all users together is seen in a crowd, too.
func TestGuiltyInACrowd(t *testing.T) {
	for _, of := range implementations() {
		for _, f := range of.Faults {
			if f.Name == "every-team-listed" || f.Name == "every-user-listed" {
				t.Run(f.Name, func(t *testing.T) {
					run := crowded(t, of, suite.Accepting, f.Name)
					if told := both(verdicts(run, reports.Fail), f.Breaks); len(told) == 0 {
						t.Errorf("%s (%s) is %s", f.Name, f.Says, run.Outcome())
					}
				})
			}
		}
	}
}

// crowded is the run of the suite in eight processes over one server without worlds.
func crowded(t *testing.T, of independent.Implementation, reading string, active ...string) *reports.Run {
	t.Helper()
	c, api := suiteOf(t, of)
	server := httptest.NewServer(of.New(active...))
	defer server.Close()
	target := targetOf(of, server.URL)
	target.Reading = reading
	run, err := suite.Run(t.Context(), suite.Config{
		Contract: c, API: api, Target: target, Seed: *seed, Procs: 8, Executable: os.Args[0],
	})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// child is what a process of a run does instead of the tests.
func child(line string) int {
	return suite.Child(line, func(name string) (*contract.Contract, suite.API, error) {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			return nil, suite.API{}, err
		}
		api, err := conformance.API(c)
		return c, api, err
	})
}
