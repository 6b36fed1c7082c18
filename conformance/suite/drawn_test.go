package suite_test

import (
	"context"
	"regexp"
	"testing"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
)

// TestDrawnIsOfTheRun wants what is drawn to be of the form, the same for all who ask in a run,
// and another in another run.
func TestDrawnIsOfTheRun(t *testing.T) {
	draw := func(seed uint64) (value string) {
		c := config(t, toy.Target(t))
		c.UniqueSeed = seed
		check := func(_ context.Context, env *suite.Env) {
			value = env.Drawn("Z######-??", 0)
			if value != env.Drawn("Z######-??", 0) || value == env.Drawn("Z######-??", 1) {
				t.Errorf("%q is not what is drawn again, or is the next one as well", value)
			}
		}
		c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "a case", Check: check}}
		if _, err := suite.RunPlain(t.Context(), only(c, "TOY-THING-01")); err != nil {
			t.Fatal(err)
		}
		return value
	}
	one, other := draw(7), draw(8)
	if one == other || !regexp.MustCompile(`^Z\d{6}-[a-z]{2}$`).MatchString(one) {
		t.Errorf("two runs draw %q and %q", one, other)
	}
}
