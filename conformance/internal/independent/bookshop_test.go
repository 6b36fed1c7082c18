package independent_test

import (
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/internal/independent/bookshop"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/brought"
	"rollcall/specs/target"
)

// shopJudged is the run against the independent bookshop with a fault, "" for none.
func shopJudged(t *testing.T, fault string) *reports.Run {
	t.Helper()
	c, err := brought.Load(filepath.Join("..", "..", "..", "specs", "samples", "bookshop"))
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	if fault != "" {
		faults = append(faults, fault)
	}
	server := httptest.NewServer(bookshop.New(faults...))
	t.Cleanup(server.Close)
	api, err := conformance.API(c)
	if err != nil {
		t.Fatal(err)
	}
	run, err := suite.RunLoop(t.Context(), suite.Config{Contract: c, API: api, Seed: 1, Target: suite.Target{URL: server.URL,
		Contract: c.Name, Reading: target.Strict, Personas: map[string]target.Persona{
			target.DefaultPersona: {Headers: map[string]string{"Authorization": "Bearer " + bookshop.Secret}}}}})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// TestAnIndependentShop holds that a shop with other habits is judged conformant, and that all
// is decided.
func TestAnIndependentShop(t *testing.T) {
	run := shopJudged(t, "")
	for _, result := range run.Results {
		if result.Verdict != reports.Pass {
			t.Errorf("%s is %s: %s %s", result.Requirement, result.Verdict, result.Reason, result.Detail())
		}
	}
}

// TestEachFaultFailsItsOwn holds that a fault of that shop fails the requirement that it
// breaks, and no other.
func TestEachFaultFailsItsOwn(t *testing.T) {
	for _, fault := range bookshop.Faults() {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			var failed []string
			for _, result := range shopJudged(t, fault.Name).Results {
				if result.Verdict == reports.Fail || result.Verdict == reports.Missed {
					failed = append(failed, result.Requirement)
				}
			}
			if !slices.Equal(failed, []string{fault.Breaks}) {
				t.Errorf("failed %q, not %q", failed, fault.Breaks)
			}
		})
	}
}
