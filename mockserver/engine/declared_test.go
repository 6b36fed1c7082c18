package engine_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/mockserver/engine"
	"rollcall/mockserver/store"
)

// TestStrictRunsKnowEveryRequirement holds that a requirement which a function of the
// table names and no row declares is loud in a strict run, and that it is let be in any
// other: nobody could tell it from one that holds.
func TestStrictRunsKnowEveryRequirement(t *testing.T) {
	asks := func(by behavior.By) func(*behavior.Call) (behavior.Answer, *behavior.Refusal) {
		return func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
			c.Holds(by)
			return behavior.Answer{Status: http.StatusNoContent}, nil
		}
	}
	refuses := func(by string) func(*behavior.Call) (behavior.Answer, *behavior.Refusal) {
		return func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
			c.Refuse(&behavior.Refusal{Requirement: by, Status: http.StatusConflict})
			return behavior.Answer{Status: http.StatusNoContent}, nil
		}
	}
	for _, row := range []struct {
		name  string
		run   func(*behavior.Call) (behavior.Answer, *behavior.Refusal)
		names string // what the panic names; "" means there is none
	}{
		{"asks about one that is declared", asks("SHE-LATE-01"), ""},
		{"asks about nothing", asks(""), ""},
		{"asks about one that is mistyped", asks("SHE-LATE-10"), "SHE-LATE-10"},
		{"asks about one of the catalogue that no row declares", asks("SHE-DOC-ping-ignored_auth"), "SHE-DOC-ping-ignored_auth"},
		{"refuses by one that is declared", refuses("SHE-KEY-01"), ""},
		{"refuses by nothing", refuses(""), ""},
		{"refuses by one that is mistyped", refuses("SHE-KEY-10"), "SHE-KEY-10"},
		{"refuses by one that is only asked about", refuses("SHE-LATE-01"), "SHE-LATE-01"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, strict := range []bool{true, false} {
				s := opened(t)
				q := s.request(call{op: "ping"})
				q.Operation.Verb = behavior.Func{Run: row.run}
				if strict {
					s.engine.Declares = mutants.Declared(s.plan)
				}
				said := panicked(s, q)
				if want := strict && row.names != ""; (said != "") != want || want &&
					!strings.Contains(said, "requirement "+row.names+",") {
					t.Errorf("strict %t: it says %q", strict, said)
				}
			}
		})
	}
}

// TestStrictTicksKnowEveryRequirement holds the same of what the date alone computes, where
// the work is done in the caller's place and where it is shared; the caller gets the panic.
func TestStrictTicksKnowEveryRequirement(t *testing.T) {
	for _, row := range []struct {
		asks   behavior.By
		strict bool
		pets   int
		names  string // what the panic names; "" means there is none
	}{
		{"SHE-LATE-01", true, 1, ""},
		{"SHE-LATE-10", true, 1, "SHE-LATE-10"},
		{"SHE-LATE-10", true, 1400, "SHE-LATE-10"},
		{"SHE-LATE-10", false, 1, ""},
	} {
		t.Run(fmt.Sprintf("%s of %d, strict %t", row.asks, row.pets, row.strict), func(t *testing.T) {
			for name, tick := range map[string]func(*shelter){
				"tick":   func(s *shelter) { s.engine.Tick(s.world, morning().AddDate(0, 0, 1)) },
				"settle": func(s *shelter) { s.engine.Settle(s.world, morning()) },
			} {
				s := furnished(t, checkups(slices.Repeat([]string{"2026-11-26"}, row.pets)...))
				pets, _ := s.plan.Resource("pet")
				pets.Compute = func(c behavior.Basis, r *store.Record) *store.Record { c.Holds(row.asks); return r }
				if row.strict {
					s.engine.Declares = mutants.Declared(s.plan)
				}
				if said := panics(func() { tick(s) }); (said != "") != (row.names != "") || !strings.Contains(said, row.names) {
					t.Errorf("%s: it says %q", name, said)
				}
			}
		})
	}
}

func panicked(s *shelter, q engine.Request) string { return panics(func() { s.engine.Do(q) }) }

func panics(f func()) (said string) {
	defer func() {
		if p := recover(); p != nil {
			said = p.(string)
		}
	}()
	f()
	return ""
}

// TestTheShelterIsStrict holds that the shelter's own table declares all that it names.
func TestTheShelterIsStrict(t *testing.T) {
	for _, row := range refusals() {
		s := opened(t)
		s.engine.Declares = mutants.Declared(s.plan)
		q := s.request(row.call)
		if said := panicked(s, q); said != "" {
			t.Errorf("%s: %s", row.name, said)
		}
	}
}
