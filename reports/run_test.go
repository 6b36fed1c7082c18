package reports

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/specs/contract"
)

func TestExitAndConformant(t *testing.T) {
	told := func(v Verdict) Result { return Result{Verdict: v, Decides: contract.DecidesReport} }
	of := func(verdicts ...Verdict) (out []Result) {
		for _, v := range verdicts {
			out = append(out, Result{Verdict: v})
		}
		return out
	}
	rows := []struct {
		name       string
		results    []Result
		exit       int
		conformant bool
	}{
		{"nothing ran", nil, 5, false},
		{"all pass", of(Pass, Pass), 0, true},
		{"one failure", of(Pass, Fail), 1, false},
		{"a failure that is only told", append(of(Pass), told(Fail)), 0, true},
		{"only a told failure", []Result{told(Fail)}, 5, false},
		{"failure beats inconclusive", of(Fail, Undetermined, Undetermined), 1, false},
		{"half undetermined is decided", of(Pass, Undetermined), 0, true},
		{"more than half undetermined", of(Pass, Undetermined, Undetermined), 5, false},
		{"not applicable is not counted", of(Pass, Undetermined, Undetermined, NotApplicable, NotApplicable), 5, false},
		{"a MUST that was not decided", append(of(Pass, Pass), Result{Verdict: Undetermined, Level: contract.Must}), 5, false},
		{"a MUST that is only told and was not decided",
			append(of(Pass, Pass), Result{Verdict: Undetermined, Level: contract.Must, Decides: contract.DecidesReport}), 0,
			true},
		{"a waived MUST", append(of(Pass), Result{Verdict: Waived, Level: contract.Must}), 0, true},
		{"waived is decided", of(Pass, Waived, Undetermined), 0, true},
		{"nothing but waived", of(Waived), 5, false},
		{"nothing but not applicable", of(NotApplicable), 5, false},
		{"an unknown verdict decides nothing", of("green", ""), 5, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			run := &Run{Results: row.results}
			run.Summarise()
			if got := run.Exit(); got != row.exit {
				t.Errorf("Exit() = %d, want %d", got, row.exit)
			}
			if got := run.Summary.Conformant; got != row.conformant {
				t.Errorf("Conformant = %v, want %v", got, row.conformant)
			}
			sum := 0
			for _, verdict := range Verdicts() {
				sum += run.Summary.Of(verdict)
			}
			if sum != len(row.results) || run.Summary.Requirements != len(row.results) {
				t.Errorf("%d verdicts counted for %d results", sum, len(row.results))
			}
		})
	}
}

func TestWorst(t *testing.T) {
	ascending := []Verdict{"", NotApplicable, Pass, Waived, Undetermined, Fail}
	for i, low := range ascending {
		for _, high := range ascending[i:] {
			if Worst(low, high) != high || Worst(high, low) != high {
				t.Errorf("Worst of %q and %q is not %q", low, high, high)
			}
		}
	}
	if got := Worst(Pass, "green"); got == Pass {
		t.Error("an unknown verdict was lost to a pass")
	}
}

func TestGroup(t *testing.T) {
	rows := map[string]string{
		"COU-WARD-06": "WARD", "VOL-DOC-getUser-response_schema_conformance": "DOC", "odd": "odd", "A-B": "A-B", "": "",
	}
	for id, want := range rows {
		if got := (Result{Requirement: id}).Group(); got != want {
			t.Errorf("group of %q = %q, want %q", id, got, want)
		}
	}
}

func TestDiffRegressions(t *testing.T) {
	var ids []string
	for _, change := range Diff(sampleRun(), later()).Regressions() {
		ids = append(ids, change.Requirement)
	}
	if want := []string{"COU-AUTH-01"}; !slices.Equal(ids, want) {
		t.Errorf("regressions = %v, want %v", ids, want)
	}
	back := Diff(later(), sampleRun())
	if len(back.New) != 1 || len(back.Removed) != 1 || len(back.Changed) != 2 {
		t.Errorf("the way back has %d new, %d removed, %d changed", len(back.New), len(back.Removed), len(back.Changed))
	}
}

// TestAnInterruptedRunIsPartial, whatever it found.
func TestAnInterruptedRunIsPartial(t *testing.T) {
	for verdict, want := range map[Verdict]string{Fail: "NOT CONFORMANT, PARTIAL 1 of 2", Pass: "INCONCLUSIVE, PARTIAL 1 of 2"} {
		run := &Run{Interrupted: true, Results: []Result{{Verdict: verdict}, {Verdict: Undetermined, Level: contract.Must}}}
		if got := run.Headline(); !strings.HasPrefix(got, want) {
			t.Errorf("%s: it is headed %q; want %q", verdict, got, want)
		}
	}
}

// TestDiffClasses: of each pair of verdicts it is known whether it is worse, or no longer decided.
func TestDiffClasses(t *testing.T) {
	for _, row := range []struct {
		from, to    Verdict
		worse, lost bool
	}{
		{Pass, Fail, true, false}, {Undetermined, Fail, true, false}, {"", Fail, true, false},
		{Pass, Undetermined, false, true}, {Fail, Undetermined, false, true}, {Missed, "", false, true}, {Pass, "", false, true},
		{Undetermined, "", false, false}, {NotApplicable, "", false, false}, {Fail, Pass, false, false},
		{Pass, Missed, false, false},
	} {
		for _, decides := range []bool{true, false} {
			c := Change{From: row.from, To: row.to, Deciding: decides}
			if c.worse() != (row.worse && decides) || c.lost() != (row.lost && decides) {
				t.Errorf("%q → %q (decides: %t) is worse: %t, lost: %t", row.from, row.to, decides, c.worse(), c.lost())
			}
		}
	}
}

// TestDiffsAreNarrow holds the lines of a terminal.
func TestDiffsAreNarrow(t *testing.T) {
	long := strings.Repeat("long ", 100)
	bad := Result{Requirement: "A-B-1", Text: long, Verdict: Fail, Reason: strings.Repeat(long+"\n", 30)}
	var out bytes.Buffer
	if err := WriteDiffConsole(&out, Diff(&Run{}, &Run{SuiteVersion: long, Results: []Result{bad}}), Plain); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if n := utf8.RuneCountInString(line); n > columns+1 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestMatrixScore(t *testing.T) {
	rows := []struct {
		name     string
		matrix   Matrix
		mutants  int
		score    float64
		rendered string
	}{
		{"nothing proved", Matrix{Excused: []Excuse{{}}}, 1, 0, "0.0 %"},
		{"all killed", Matrix{Killed: 4, Excused: []Excuse{{}}}, 5, 1, "100.0 %"},
		{"one of very many", Matrix{Killed: 99_999, Survived: []string{"x"}}, 100_000, 0.99999, "99.9 %"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			row.matrix.Summarise()
			if row.matrix.Mutants != row.mutants || row.matrix.Score != row.score || percent(row.matrix.Score) != row.rendered {
				t.Errorf("got %d mutants, score %v, %s", row.matrix.Mutants, row.matrix.Score, percent(row.matrix.Score))
			}
		})
	}
}

func TestAMissedRecommendationThatWasAskedForIsDecided(t *testing.T) {
	missed := []Result{{Verdict: Missed, Level: contract.Should}}
	for _, row := range []struct {
		name    string
		options *Options
		exit    int
	}{
		{"a whole run in which nothing passes", nil, 5},
		{"a part of a run in which nothing passes", &Options{Shard: "1/2"}, 5},
		{"a single requirement", &Options{Only: []string{"X-01"}}, 0},
	} {
		run := &Run{Results: missed, Options: row.options}
		if got := run.Exit(); got != row.exit {
			t.Errorf("%s: Exit() = %d, want %d", row.name, got, row.exit)
		}
	}
}
