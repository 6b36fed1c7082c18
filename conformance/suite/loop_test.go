package suite_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

// TestLoopDecidesAsTheTree runs both on sound and broken targets; the loops of one target
// run at once.
func TestLoopDecidesAsTheTree(t *testing.T) {
	for name, faults := range map[string][]string{"sound": nil, "omit": {"omit"}, "reorder": {"reorder"}} {
		t.Run(name, func(t *testing.T) {
			want, err := suite.Run(t.Context(), config(t, toy.Target(t, faults...)))
			if err != nil {
				t.Fatal(err)
			}
			t.Run("at-once", func(t *testing.T) {
				for range 4 {
					t.Run("", func(t *testing.T) {
						t.Parallel()
						got, err := suite.RunLoop(t.Context(), config(t, toy.Target(t, faults...)))
						if err != nil {
							t.Fatal(err)
						}
						if !slices.Equal(verdicts(got), verdicts(want)) {
							t.Errorf("the loop decides\n%q\nthe tree\n%q", verdicts(got), verdicts(want))
						}
					})
				}
			})
		})
	}
}

// verdicts are a run's, of each requirement and case.
func verdicts(run *reports.Run) (all []string) {
	for _, r := range run.Results {
		all = append(all, r.Requirement+" "+string(r.Verdict))
		for _, c := range r.Cases {
			all = append(all, c.Title+" "+string(c.Verdict))
		}
	}
	return all
}

// TestLoopProbes holds that a loop finds out what the tree does before the first case.
func TestLoopProbes(t *testing.T) {
	target := toy.Target(t)
	target.URL, target.Worlds = "http://127.0.0.1:1", ""
	var unreachable *suite.Unreachable
	if _, err := suite.RunLoop(t.Context(), config(t, target)); !errors.As(err, &unreachable) {
		t.Errorf("a target that is not there: %v", err)
	}
	shut := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
	}))
	t.Cleanup(shut.Close)
	target.URL = shut.URL
	run, err := suite.RunLoop(t.Context(), config(t, target))
	if err != nil || run.Summary.Pass > 0 || run.Exit() == 0 {
		t.Errorf("a target that lets nobody in: %+v, %v", run, err)
	}
}

// TestLoopShuffles holds that the seed makes the order, and that an order comes again.
func TestLoopShuffles(t *testing.T) {
	order := func(seed uint64) (cases []string) {
		c := config(t, toy.Target(t))
		c.Seed, c.Progress = seed, func(p suite.Progress) { cases = append(cases, p.Requirement+p.Title) }
		if _, err := suite.RunLoop(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		return cases
	}
	first := order(1)
	if !slices.Equal(first, order(1)) {
		t.Error("one seed gives two orders")
	}
	if slices.Equal(first, order(2)) {
		t.Error("two seeds give one order")
	}
}

// TestInterruptedLoop holds that what was not run is not green.
func TestInterruptedLoop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := config(t, toy.Target(t))
	c.Progress = func(suite.Progress) { cancel() }
	run, err := suite.RunLoop(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	if run.Exit() == 0 || run.Summary.Undetermined == 0 {
		t.Errorf("exit %d: %+v", run.Exit(), run.Summary)
	}
}
