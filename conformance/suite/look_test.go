package suite_test

import (
	"strings"
	"testing"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
)

// TestALookSeesWhatARunWouldStopAt holds that a target which answers every path alike is no more
// taken for a service by a look than by a run.
func TestALookSeesWhatARunWouldStopAt(t *testing.T) {
	for name, wants := range map[string]string{
		`[{"id":"1","name":"one"}]`: "answers every path alike",
		`{"ok":true}`:               "answers every path alike",
	} {
		target := toy.Target(t)
		target.Worlds, target.Transport = "", constant(name)
		seen, err := suite.Look(t.Context(), config(t, target))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(seen.Problem, wants) {
			t.Errorf("of a target that always says %s a look says %q", name, seen.Problem)
		}
	}
	seen, err := suite.Look(t.Context(), config(t, toy.Target(t)))
	if err != nil || seen.Problem != "" {
		t.Errorf("of a service that works a look says %q, %v", seen.Problem, err)
	}
}
