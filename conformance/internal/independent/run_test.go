package independent_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/internal/independent"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs"
	"rollcall/specs/contract"
)

var (
	all    = flag.Bool("all", false, "every habit and fault in both readings, not a sample of them")
	group  = flag.Int("groups", 0, "every habit in a group of that many that agree, each once, instead of alone")
	triple = flag.Int("threes", 1, "how many random threes of habits are tried of each server")
	seed   = flag.Uint64("seed", 1, "of the sample and of the threes")
	update = flag.Bool("update", false, "write what is told of each habit and fault into testdata, to be looked at")
)

// suiteOf is the contract of a server and its cases. Under the race detector it ends the test.
func suiteOf(t *testing.T, of independent.Implementation) (*contract.Contract, suite.API) {
	t.Helper()
	if raceDetector {
		t.Skip("NOT RUN under the race detector, which makes it take five times as long: `make test` runs it without")
	}
	c, err := contract.Load(specs.FS, of.Contract)
	if err != nil {
		t.Fatal(err)
	}
	api, err := conformance.API(c)
	if err != nil {
		t.Fatal(err)
	}
	return c, api
}

// judged is the run of the suite over one server.
func judged(
	t *testing.T, of independent.Implementation, reading string, habits []independent.Habit, active ...string,
) *reports.Run {
	t.Helper()
	return judgedAt(t, of, reading, habits, len(active) == 0, active...)
}

// judgedAt is judged of a server with worlds, or of one on which all cases share one state.
func judgedAt(
	t *testing.T, of independent.Implementation, reading string, habits []independent.Habit, shared bool, active ...string,
) *reports.Run {
	t.Helper()
	c, api := suiteOf(t, of)
	handler := http.Handler(newWorlds(of, active))
	if shared {
		handler = of.New(active...)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	target := targetOf(of, server.URL)
	target.Reading, target.Transport = reading, server.Client().Transport
	if !shared {
		target.Worlds = server.URL + "/worlds"
	}
	for _, h := range habits {
		target.Readings = append(target.Readings, h.Readings...)
		maps.Copy(target.Paths, h.Paths)
		target.Given = kept(target.Given, h.Given)
		for name, p := range h.Personas {
			headers, info := p.At(server.URL)
			target.Personas[name] = suite.Persona{Headers: headers, Info: info}
		}
	}
	run, err := suite.RunPlain(context.Background(), suite.Config{Contract: c, API: api, Target: target, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// kept is what is given with more.
func kept(given, more map[string]string) map[string]string {
	all := maps.Clone(given)
	maps.Copy(all, more)
	return all
}

// targetOf is a server that is served at the address.
func targetOf(of independent.Implementation, url string) suite.Target {
	target := suite.Target{Contract: of.Contract, URL: url, Given: of.Given,
		Personas: map[string]suite.Persona{}, Paths: map[string]string{}}
	for name, p := range of.Personas {
		headers, info := p.At(url)
		target.Personas[name] = suite.Persona{Headers: headers, Info: info}
	}
	return target
}

// verdicts lists the requirements of a run that have the verdict.
func verdicts(run *reports.Run, verdict reports.Verdict) (ids []string) {
	for _, r := range run.Results {
		if r.Verdict == verdict {
			ids = append(ids, r.Requirement)
		}
	}
	return ids
}

// reasons says of requirements why they have their verdict, shortly.
func reasons(run *reports.Run, ids []string) string {
	var lines []string
	for _, r := range run.Results {
		if slices.Contains(ids, r.Requirement) {
			lines = append(lines, fmt.Sprintf("%s %s %s: %.600s", r.Verdict, r.Level, r.Requirement, strings.TrimSpace(r.Reason)))
		}
	}
	return strings.Join(lines, "\n")
}

func without(ids []string, but ...[]string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(slices.Concat(but...), id) })
}

// innocent wants a server to be conformant, and nothing told of it but what its habits
// are about.
func innocent(t *testing.T, of independent.Implementation, habits ...independent.Habit) {
	names, told := []string{}, bookOf(t, of.Contract)
	misses := slices.Clone(told.Misses[plain])
	for _, h := range habits {
		names, misses = append(names, h.Name), append(misses, told.Misses[h.Name]...)
	}
	var missed []string
	for _, reading := range []string{suite.Strict, suite.Accepting} {
		if reading == suite.Strict && slices.ContainsFunc(habits, func(h independent.Habit) bool { return h.Accepting }) {
			continue
		}
		run := judged(t, of, reading, habits, names...)
		if run.Exit() != 0 {
			ids := append(verdicts(run, reports.Fail), openMusts(run)...)
			t.Errorf("%s in the %s reading is %s:\n%s", strings.Join(names, "+"), reading, run.Outcome(), reasons(run, ids))
		}
		missed = append(missed, verdicts(run, reports.Missed)...)
		if unfair := without(verdicts(run, reports.Missed), misses); len(unfair) > 0 && !*update {
			t.Errorf("%s in the %s reading is told unfairly:\n%s", strings.Join(names, "+"), reading, reasons(run, unfair))
		}
	}
	if *update && len(habits) < 2 {
		if len(names) == 1 {
			told.Misses[names[0]] = without(missed, told.Misses[plain])
		} else {
			told.Misses[plain] = missed
		}
		told.write(t)
	}
}

func openMusts(run *reports.Run) (ids []string) {
	for _, r := range run.Results {
		if r.Verdict == reports.Undetermined && r.Level == contract.Must && r.Deciding() {
			ids = append(ids, r.Requirement)
		}
	}
	return ids
}

func TestInnocents(t *testing.T) {
	for _, of := range implementations() {
		t.Run(of.Contract, func(t *testing.T) {
			t.Run("plain", func(t *testing.T) { innocent(t, of) })
			random := rand.New(rand.NewPCG(*seed, 1))
			few, threes := 1, *triple                                    // which has three more
			if c, _ := suiteOf(t, of); len(c.Operations) > 40 && !*all { // a run of it takes as long as those of all others
				few, threes = 1, 0
			}
			if *group > 0 {
				for _, together := range groupsOf(random, of.Habits, *group) {
					t.Run(named(together), func(t *testing.T) { innocent(t, of, together...) })
				}
				return
			}
			for _, h := range sample(random, of.Habits, few) {
				t.Run(h.Name, func(t *testing.T) { innocent(t, of, h) })
			}
			for range threes {
				three := threeOf(random, of.Habits)
				t.Run(named(three), func(t *testing.T) { innocent(t, of, three...) })
			}
		})
	}
}

// Every fault fails the requirements that it breaks, and no other. A fault that no sentence
// of the documents forbids in so many words is at least told, as a recommendation missed.
func TestFaults(t *testing.T) {
	for _, of := range implementations() {
		t.Run(of.Contract, func(t *testing.T) {
			random := rand.New(rand.NewPCG(*seed, 2))
			few := 2
			if c, _ := suiteOf(t, of); len(c.Operations) > 40 {
				few = 1 // as with the innocents
			}
			for _, f := range sample(random, of.Faults, few) {
				t.Run(f.Name, func(t *testing.T) { guilty(t, of, f) })
			}
		})
	}
}

func guilty(t *testing.T, of independent.Implementation, f independent.Fault) {
	run := judged(t, of, suite.Accepting, nil, f.Name)
	failed := verdicts(run, reports.Fail)
	if told := both(verdicts(run, reports.Missed), f.Breaks); run.Exit() != 1 && len(told) == 0 {
		t.Errorf("%s (%s) is %s", f.Name, f.Says, run.Outcome())
	}
	book := bookOf(t, of.Contract)
	if *update {
		book.Fails[f.Name] = failed
		book.write(t)
	}
	if unseen := without(book.Fails[f.Name], failed); len(unseen) > 0 {
		t.Errorf("%s (%s) does not fail %s:\n%s", f.Name, f.Says, strings.Join(unseen, " "), reasons(run, unseen))
	}
	if more := without(failed, book.Fails[f.Name]); len(more) > 0 {
		t.Errorf("%s (%s) fails more than it breaks:\n%s", f.Name, f.Says, reasons(run, more))
	}
}

func both(a, b []string) []string { return without(a, without(a, b)) }

// sample is a few of all, or all of them where that is asked for.
func sample[T any](random *rand.Rand, of []T, few int) []T {
	if *all || len(of) <= few {
		return of
	}
	some := make([]T, 0, few)
	for _, i := range random.Perm(len(of))[:few] {
		some = append(some, of[i])
	}
	return some
}

func threeOf(random *rand.Rand, of []independent.Habit) []independent.Habit {
	for {
		p := random.Perm(len(of))
		if three := []independent.Habit{of[p[0]], of[p[1]], of[p[2]]}; independent.Agree(three...) {
			return three
		}
	}
}

// groupsOf parts the habits into groups of those that agree.
func groupsOf(random *rand.Rand, of []independent.Habit, size int) (groups [][]independent.Habit) {
next:
	for _, i := range random.Perm(len(of)) {
		for g, group := range groups {
			if more := append(slices.Clone(group), of[i]); len(group) < size && independent.Agree(more...) {
				groups[g] = more
				continue next
			}
		}
		groups = append(groups, []independent.Habit{of[i]})
	}
	return groups
}

func named(habits []independent.Habit) string {
	names := make([]string, len(habits))
	for i, h := range habits {
		names[i] = h.Name
	}
	return strings.Join(names, "+")
}

// A target that answers nothing of substance passes nothing, and breaks no case.
func TestDegenerateTargets(t *testing.T) {
	for _, of := range implementations() {
		targets := degenerate()
		names, few := slices.Sorted(maps.Keys(targets)), len(targets)
		if c, _ := suiteOf(t, of); len(c.Operations) > 40 { // a run of it takes as long as those of all others
			few = 8
		}
		for _, name := range sample(rand.New(rand.NewPCG(*seed, 3)), names, few) {
			handler := targets[name]
			t.Run(of.Contract+" "+name, func(t *testing.T) {
				of.New = func(...string) http.Handler { return handler }
				run := judged(t, of, suite.Accepting, nil)
				if passed := verdicts(run, reports.Pass); len(passed) > 0 {
					t.Errorf("it passes %s", strings.Join(passed, " "))
				}
				for _, r := range run.Results {
					if strings.Contains(r.Reason, "the suite itself broke") {
						t.Errorf("%s: %.400s", r.Requirement, r.Reason)
					}
				}
			})
		}
	}
}

func TestMain(m *testing.M) {
	if line, ok := os.LookupEnv(suite.ChildVariable); ok {
		os.Exit(child(line))
	}
	flag.Parse()
	os.Exit(m.Run())
}
