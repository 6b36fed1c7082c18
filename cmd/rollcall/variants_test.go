package main_test

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	"rollcall/mockserver"
	"rollcall/reports"
	"rollcall/specs"
	"rollcall/specs/contract"
)

var everyPair = flag.Bool("every-variant", false, "judge the mock with each variant and each two of them, not two pairs")

// Whatever the documents leave open, the suite takes: nothing fails and nothing is missed with a
// variant of the mock, nor with two of them at once.
func TestVariantsPass(t *testing.T) {
	for i, name := range contract.Names(specs.FS) {
		for _, chosen := range chosenVariants(uint64(i)) {
			t.Run(name+"/"+strings.Join(chosen, "+"), func(t *testing.T) {
				args := []string{name}
				for _, variant := range chosen {
					args = append(args, "--variant", variant)
				}
				run := byCommand(t, args...)
				for _, r := range run.Results {
					if r.Verdict != reports.Pass && r.Verdict != reports.NotApplicable {
						t.Errorf("%s is %s: %.800s", r.Requirement, r.Verdict, r.Reason)
					}
				}
			})
		}
	}
}

// chosenVariants are all variants alone and in pairs, or two pairs of them.
func chosenVariants(seed uint64) (chosen [][]string) {
	all := mockserver.Variants()
	if !*everyPair {
		order := rand.New(rand.NewPCG(seed, 0)).Perm(len(all))
		return [][]string{{all[order[0]], all[order[1]]}, {"extra-members", "wrapped-user"}} // two that once disagreed
	}
	for i, one := range all {
		chosen = append(chosen, []string{one})
		for _, other := range all[i+1:] {
			chosen = append(chosen, []string{one, other})
		}
	}
	return chosen
}
