package suite

import (
	"fmt"
	"testing"

	"rollcall/reports"
	"rollcall/specs/secret"
)

// A run sends thousands of names, whose owner refuses one that it had before.
func TestNoTwoUniqueNamesOfARunAreAlike(t *testing.T) {
	const names = 20_000
	for seed := range uint64(5) {
		env := &Env{run: &caseRun{session: &session{uniqueSeed: seed + 1}}}
		seen := map[string]bool{}
		for i := range names {
			env.run.item.Title = fmt.Sprint("case ", i/10)
			env.run.uniques = i % 10
			seen[env.Unique("n")] = true
		}
		if len(seen) != names {
			t.Errorf("seed %d: %d of %d names are not the only ones", seed+1, names-len(seen), names)
		}
	}
}

// What the suite cuts out, and what a script looks for, are two packages' words for one.
func TestAHiddenSecretIsKnownAsOne(t *testing.T) {
	if secret.Mark != reports.SecretMark {
		t.Errorf("%q and %q", secret.Mark, reports.SecretMark)
	}
}
