package mutation

import (
	"context"
	"errors"
	"slices"
	"testing"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/judge"
	"rollcall/conformance/suite"
)

// prove runs one mutant of the toy, whose faults are the target's, against these
// cases, and tells whether it was killed.
func prove(t *testing.T, m Mutant, cases []suite.Case, faults ...string) bool {
	t.Helper()
	c, api := toy.Contract(t), toy.API()
	api.Cases = cases
	oracle, err := judge.New(c)
	if err != nil {
		t.Fatal(err)
	}
	launch := func(string) (suite.Target, func(), error) { return toy.Target(t, faults...), func() {}, nil }
	p := &proof{Config: Config{Contract: c, Mutants: []Mutant{m}, Launch: launch}, api: api,
		judge: oracle, killed: map[string]bool{}}
	if err := p.all(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p.matrix().Killed == 1
}

// A derived requirement that its own case does not see broken is decided by the
// cases of others: whatever comes first in the package, neither may their own
// failures end the run before the one that shows the mutant, nor may it go on
// after that one.
func TestOnlyTheMutantsOwnFailureEndsARun(t *testing.T) {
	const schema = "TOY-DOC-createThing-response_schema_conformance"
	var ran []string
	item := func(requirement string, check func(context.Context, *suite.Env)) suite.Case {
		return suite.Case{Requirement: requirement, Title: "the case", Check: func(ctx context.Context, env *suite.Env) {
			ran = append(ran, requirement)
			check(ctx, env)
		}}
	}
	blind := item(schema, func(ctx context.Context, env *suite.Env) { env.Call(ctx, "listThings") })
	fails := item("TOY-DOC-createThing-ignored_auth", func(_ context.Context, env *suite.Env) { env.Fail("of something else") })
	shows := item("TOY-THING-01", func(ctx context.Context, env *suite.Env) { toy.MakeThing(ctx, env) })
	after := item("TOY-THING-02", func(ctx context.Context, env *suite.Env) { env.Call(ctx, "listThings") })
	mutant := Mutant{Name: schema + "/retype", Requirement: schema, Operations: []string{"createThing"}}
	for name, cases := range map[string][]suite.Case{
		"its own first":   {blind, fails, shows, after},
		"another's first": {after, shows, fails, blind},
	} {
		t.Run(name, func(t *testing.T) {
			ran = nil
			if !prove(t, mutant, cases, "retype") {
				t.Errorf("it survived; the cases of %v ran", ran)
			}
			want := []string{schema, fails.Requirement, schema, shows.Requirement}
			if !slices.Equal(ran, want) {
				t.Errorf("the cases of %v ran, want those of %v", ran, want)
			}
			if prove(t, mutant, cases) {
				t.Error("killed where nothing of it is broken, by a failure of another requirement")
			}
		})
	}
}

// TestWhatAlwaysFailsKillsNothing holds that a target which fails without a mutant proves nothing.
func TestWhatAlwaysFailsKillsNothing(t *testing.T) {
	c, api := toy.Contract(t), toy.API()
	oracle, err := judge.New(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		without string
		unsound []string
	}{{"", nil}, {"omit", []string{"TOY-THING-02"}}, {"reorder", nil}} {
		launch := func(mutant string) (suite.Target, func(), error) {
			if mutant == "" && row.without != "" {
				return toy.Target(t, row.without), func() {}, nil
			}
			return toy.Target(t), func() {}, nil
		}
		mutant := Mutant{Name: "TOY-THING-02/omit", Requirement: "TOY-THING-02", Operations: []string{"createThing"}}
		p := &proof{Config: Config{Contract: c, Mutants: []Mutant{mutant}, Launch: launch}, api: api, judge: oracle,
			killed: map[string]bool{}}
		err := p.sound(t.Context())
		var unsound *Unsound
		if found := errors.As(err, &unsound); found != (row.unsound != nil) ||
			found && !slices.Equal(unsound.Requirements, row.unsound) {
			t.Errorf("of a target that has %q without a mutant it is said: %v", row.without, err)
		}
	}
}
