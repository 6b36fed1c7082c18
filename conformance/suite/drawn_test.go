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

// TestUnknownIDsLookAlike wants an id of the same look, other in each of its last places, and
// another one in another run.
func TestUnknownIDsLookAlike(t *testing.T) {
	for _, row := range []struct{ name, id, want string }{
		{"prefixed", "ward-b7k2m9", `^ward-[ac-f][0-689][g-jl-z][013-9][g-ln-z][0-8]$`},
		{"hexadecimal stays so", "00000000-0000-4000-8000-0000009afdef",
			`^0{8}-0000-4000-8000-0{6}[0-8][b-f][a-e][a-ce-f][a-df][a-e]$`},
		{"short", "z-F", `^[g-y]-[A-E]$`},
		{"a counter jumps", "42", `^2146\d{6}$`},
	} {
		t.Run(row.name, func(t *testing.T) {
			drawn := map[string]bool{}
			for seed := range uint64(50) {
				got := suite.UnknownID(seed, row.id)
				if drawn[got] = true; !regexp.MustCompile(row.want).MatchString(got) || got == row.id {
					t.Fatalf("got %q for %q", got, row.id)
				}
			}
			if len(drawn) < 2 {
				t.Error("every run draws the same")
			}
		})
	}
}
