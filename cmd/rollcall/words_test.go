package main_test

import (
	"context"
	"flag"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"rollcall/conformance/mutation"
	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/mockserver/defect"
	"rollcall/reports"
	"rollcall/specs"
	"rollcall/specs/contract"
)

var everyWord = flag.Bool("every-defect", false, "read the failure of every defect, not of one in twenty")

// foreign are words of a library or of Go, which say nothing to whoever reads a failure.
var foreign = regexp.MustCompile(`Matcher|<\[\]|<nil>|<string>|<bool>|<int|<float|<map|` +
	`@this|#\.\w|\[\*\]|\["" ""|strconv|map\[|interface \{\}|` +
	`%!|gjson|gomega|json: |jsontext|\bto equal\b|\.go:\d|` +
	`net/http|HTTP/1\.x|\bdial\b|invalid character|unexpected (?:EOF|end)|\bEOF\b|context (?:canceled|deadline)|` +
	`deadline exceeded|i/o timeout|x509|\btls: |gzip: |flate: |malformed |parsing (?:time )?"|\(\?[i:=!]|` +
	`\[a-z|\\[bdsS]\b`)

// TestFailuresSpeakPlainly reads what the suite says of the mock's defects.
func TestFailuresSpeakPlainly(t *testing.T) {
	for _, name := range contract.Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			texts := failures(t, name)
			if len(texts) == 0 {
				t.Fatal("no defect was noticed: nothing was read")
			}
			for text, mutant := range texts {
				for _, line := range strings.Split(text, "\n") {
					if found := foreign.FindString(line); found != "" && !strings.HasPrefix(line, "{") &&
						!strings.Contains(line, "text that matches ") { // the pattern of a document
						t.Errorf("%s: %q is in the words\n%s", mutant, found, text)
					}
				}
			}
		})
	}
}

// soundMock gives a contract, a mock of it, and the defects that the mock can be given.
func soundMock(t *testing.T, name string) (*contract.Contract, *mockserver.Server, []defect.Defect) {
	t.Helper()
	var all []*contract.Contract
	for _, n := range append([]string{name}, mockserver.Companions(name)...) {
		c, err := contract.Load(specs.FS, n)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	plan, err := mockserver.Plan(all[0])
	if err != nil {
		t.Fatal(err)
	}
	known, err := mutants.List(plan)
	if err != nil {
		t.Fatal(err)
	}
	sound, err := mockserver.New(mockserver.Config{Contracts: all, Seed: 1, Size: fixtures.Small})
	if err != nil {
		t.Fatal(err)
	}
	return all[0], sound, known
}

// failures are the texts of failures, each with a defect that it is about.
func failures(t *testing.T, name string) map[string]string {
	t.Helper()
	c, sound, known := soundMock(t, name)
	texts, mu := map[string]string{}, sync.Mutex{}
	cfg := mutation.Config{Contract: c, Workers: 2, Partial: true,
		Noticed: func(mutant string, how reports.Result) {
			mu.Lock()
			defer mu.Unlock()
			texts[how.Reason] = mutant
		},
		Launch: func(defect string) (suite.Target, func(), error) {
			broken, err := sound.Broken(slices.DeleteFunc([]string{defect}, func(one string) bool { return one == "" }))
			if err != nil {
				return suite.Target{}, nil, err
			}
			server := httptest.NewServer(broken)
			target, err := broken.Target(name, server.URL)
			return target, server.Close, err
		}}
	for i, d := range known {
		if *everyWord || i%20 == 0 {
			cfg.Mutants = append(cfg.Mutants, mutation.Mutant{Name: d.ID(), Requirement: d.Requirement, Operations: d.Operations,
				Excuse: d.Excuse})
		}
	}
	if _, err := mutation.Run(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	return texts
}
