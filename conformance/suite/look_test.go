package suite_test

import (
	"errors"
	"strings"
	"testing"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/specs/target"
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

// A run whose token can't be had stops at its start, as a look at the target says.
func TestARunWithoutItsTokenDoesNotStart(t *testing.T) {
	mute := suite.Persona{Token: &target.Token{Command: []string{"true"}}}
	target := toy.Target(t)
	target.Personas[suite.DefaultPersona] = mute
	seen, err := suite.Look(t.Context(), config(t, target))
	if err != nil {
		t.Fatal(err)
	}
	_, err = suite.RunLoop(t.Context(), config(t, target))
	var keyless *suite.Keyless
	if !errors.As(err, &keyless) || !strings.Contains(seen.Problem, "could not be fetched") || keyless.Cause != seen.Problem {
		t.Errorf("a look says %q, a run %v", seen.Problem, err)
	}
	target.URL, target.Worlds = "http://127.0.0.1:9", ""
	var unreachable *suite.Unreachable
	if _, err = suite.RunLoop(t.Context(), config(t, target)); !errors.As(err, &unreachable) {
		t.Errorf("where nobody listens a run says %v", err)
	}
	if _, err = suite.Look(t.Context(), config(t, target)); !errors.As(err, &unreachable) {
		t.Errorf("where nobody listens a look says %v", err)
	}
}
