package mockserver_test

import (
	"testing"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// BenchmarkStart is what `rollcall mock` does before it listens.
func BenchmarkStart(b *testing.B) {
	for _, row := range []struct {
		name      string
		contracts []string
	}{
		{"all", contract.Names(specs.FS)},
		{"council", []string{"council"}},
		{"volunteers", []string{"volunteers"}},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				start(b, row.contracts)
			}
		})
	}
}

func start(t testing.TB, names []string) *mockserver.Server {
	t.Helper()
	cfg := mockserver.Config{Seed: 1, Size: fixtures.Small}
	for _, n := range names {
		c, err := contract.Load(specs.FS, n)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Contracts = append(cfg.Contracts, c)
	}
	s, err := mockserver.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestDefectsAreSound holds that what each table says of its defects is true: the
// server itself asks for them only when it is to break something.
func TestDefectsAreSound(t *testing.T) {
	for _, name := range contract.Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			c, err := contract.Load(specs.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			p, err := mockserver.Plan(c)
			if err != nil {
				t.Fatal(err)
			}
			if all, err := mutants.List(p); err != nil || len(all) < len(c.Operations) {
				t.Errorf("%d defects for %d operations: %v", len(all), len(c.Operations), err)
			}
		})
	}
}
