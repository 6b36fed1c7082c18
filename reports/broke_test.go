package reports_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"rollcall/reports"
)

// What the suite broke by itself is told as that by every format that people read.
func TestAnErrorOfTheSuiteIsToldAsOne(t *testing.T) {
	run := &reports.Run{Contract: "toy", Results: []reports.Result{
		{Requirement: "TOY-A-01", Level: "MUST", Verdict: reports.Undetermined, Reason: "it: the suite itself broke",
			Cases: []reports.CaseResult{{Title: "it", Verdict: reports.Undetermined, Broke: true}}},
		{Requirement: "TOY-A-02", Level: "MUST", Verdict: reports.Undetermined, Reason: "it: needs more",
			Cases: []reports.CaseResult{{Title: "it", Verdict: reports.Undetermined}}},
	}}
	console := func(w io.Writer, run *reports.Run) error { return reports.WriteConsole(w, run, reports.Plain) }
	const told = "1 requirement open by an error of the suite, not of the target"
	for name, row := range map[string]struct {
		write func(io.Writer, *reports.Run) error
		want  []string
	}{
		"console": {console, []string{told}}, "markdown": {reports.WriteMarkdown, []string{told}},
		"html": {reports.WriteHTML, []string{told}}, "json": {reports.WriteJSON, []string{`"broke": true`}},
		"junit": {reports.WriteJUnit, []string{told, `type="suite"`, `type="MUST"`}},
	} {
		var out bytes.Buffer
		if err := row.write(&out, run); err != nil {
			t.Fatal(err)
		}
		for _, want := range row.want {
			if strings.Count(out.String(), want) != 1 {
				t.Errorf("%s has %q not once:\n%.3000s", name, want, out.String())
			}
		}
	}
}
