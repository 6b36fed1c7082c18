package reports

import (
	"fmt"
	"slices"
	"testing"
)

// TestOneObstacleIsToldOnce holds that what keeps many requirements from being decided is said once, whatever
// their cases are called and whatever it was in the way of, and that two obstacles are two.
func TestOneObstacleIsToldOnce(t *testing.T) {
	var results []Result
	add := func(id string, reasons ...string) {
		r := Result{Requirement: id, Verdict: Undetermined}
		for i, reason := range reasons {
			r.Cases = append(r.Cases, CaseResult{Title: fmt.Sprint(id, " ", i), Verdict: Undetermined, Reason: reason})
		}
		if r.Reason = "the run's own reason"; len(r.Cases) > 0 {
			r.Reason = r.Cases[0].titled()
		}
		results = append(results, r)
	}
	refusal := "POST http://h:1/things/thing-%d12345678abc/parts -> 400\n{\"error\":\"no part number%d12345678\"}"
	add("A-1", "set-up failed: createPart\n"+fmt.Sprintf(refusal, 1, 1))
	add("A-2", "nothing is proved\n"+fmt.Sprintf(refusal, 2, 2), "needs given:thing, which is not given")
	add("A-3", "needs given:thing, which is not given", "needs given:thing, which is not given")
	add("A-4", "set-up failed: createThing\nPOST http://h:1/things -> 400\n{\"error\":\"no part number312345678\"}")
	add("A-5", "set-up failed: createPart\nPOST http://h:1/things/1/parts -> 503\n(no body)")
	add("A-6")
	want := []cause{
		{"set-up failed: createPart\n" + fmt.Sprintf(refusal, 1, 1), []string{"A-1", "A-2"}},
		{"needs given:thing, which is not given", []string{"A-2", "A-3"}},
		{"A-4 0: set-up failed: createThing\nPOST http://h:1/things -> 400\n{\"error\":\"no part number312345678\"}",
			[]string{"A-4"}},
		{"A-5 0: set-up failed: createPart\nPOST http://h:1/things/1/parts -> 503\n(no body)", []string{"A-5"}},
		{"the run's own reason", []string{"A-6"}},
	}
	got := causes(results, Undetermined)
	if !slices.EqualFunc(got, want, func(a, b cause) bool {
		return a.Reason == b.Reason && slices.Equal(a.Requirements, b.Requirements)
	}) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
