package suite

import (
	"reflect"
	"slices"
	"testing"

	"rollcall/reports"
)

func TestCasesThatWereNotRunAreUndetermined(t *testing.T) {
	p := &plan{cases: []Case{{Requirement: "A", Title: "1"}, {Requirement: "A", Title: "2"}, {Requirement: "B", Title: "1"}}}
	passed := outcome{Requirement: "A", Result: reports.CaseResult{Title: "2", Verdict: reports.Pass}}
	of, _ := p.sort([]outcome{passed}, "stopped")
	var result reports.Result
	combine(&result, of["A"], "stopped")
	if result.Verdict != reports.Undetermined || len(result.Cases) != 2 || result.Cases[1].Verdict != reports.Pass {
		t.Errorf("%+v", result)
	}
	if len(of["B"]) != 0 {
		t.Errorf("B has %v", of["B"])
	}
}

// TestFindingsDoNotDependOnTheOrderOfTheCases is what makes the run of several
// processes the run of one.
func TestFindingsDoNotDependOnTheOrderOfTheCases(t *testing.T) {
	p := &plan{}
	var outcomes []outcome
	for _, title := range []string{"1", "2", "3", "4"} {
		p.cases = append(p.cases, Case{Requirement: "A", Title: title})
		outcomes = append(outcomes, outcome{
			Requirement: "A", Result: reports.CaseResult{Title: title, Verdict: reports.Pass},
			Findings: findings{"DOC": {Count: 2, Texts: []string{"text " + title},
				Evidence: [][]reports.Evidence{{{Note: reports.StepBefore}, {Note: title}}}}},
		})
	}
	_, forwards := p.sort(outcomes, "")
	slices.Reverse(outcomes)
	_, backwards := p.sort(outcomes, "")
	one, _ := forwards.against("DOC")
	other, _ := backwards.against("DOC")
	want := "text 1\ntext 2\ntext 3\n5 more answers like these"
	if one.Result.Reason != want || other.Result.Reason != want || !reflect.DeepEqual(one.Evidence, other.Evidence) {
		t.Errorf("%q\n%q", one.Result.Reason, other.Result.Reason)
	}
	var notes []string
	for _, e := range one.Evidence {
		notes = append(notes, e.Note)
	}
	if want := []string{reports.StepBefore, "1", "2", "3"}; !slices.Equal(notes, want) {
		t.Errorf("the evidence is %q; want %q, so that the first can be seen again", notes, want)
	}
}
