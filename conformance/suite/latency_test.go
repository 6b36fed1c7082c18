package suite_test

import (
	"testing"
	"time"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/specs/target"
)

// TestProcessesForWhoIsWaitedFor holds that a run is spread over processes where it would stand
// idle, be it for answers or for what is written to show, as far as its rate allows.
func TestProcessesForWhoIsWaitedFor(t *testing.T) {
	for _, row := range []struct {
		settle time.Duration
		rate   float64
		least  int
		most   int
	}{
		{0, 0, 1, 1}, {50 * time.Millisecond, 0, 1, 1}, {time.Second, 0, 10, 24}, {2 * time.Second, 0, 24, 24},
		{time.Hour, 0, 24, 24},
		{2 * time.Second, 10, 4, 6},
	} {
		c := config(t, toy.Target(t))
		c.Executable, c.Rate = "this program", row.rate
		if row.settle > 0 {
			c.Target.Settle = target.Settle{"*": target.Duration(row.settle), "createThing": target.Duration(row.settle / 2)}
		}
		if procs := suite.ProcsFor(t.Context(), c); procs < row.least || procs > row.most {
			t.Errorf(
				"with a settle of %s and a rate of %v there are %d processes, want %d to %d",
				row.settle,
				row.rate,
				procs,
				row.least,
				row.most,
			)
		}
	}
}
