package reports

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"rollcall/specs/contract"
)

// TestHeadline holds what is said of a run, and that every writer says it.
func TestHeadline(t *testing.T) {
	of := func(level contract.Level, verdicts ...Verdict) (out []Result) {
		for i, v := range verdicts {
			out = append(out, Result{Requirement: fmt.Sprintf("TOY-%s-%02d", level, i), Level: level, Verdict: v})
		}
		return out
	}
	must := of(contract.Must, Pass, Pass)
	rows := []struct {
		name      string
		results   []Result
		catalogue int
		options   *Options
		want      string
	}{
		{"all", must, 2, nil, "CONFORMANT: 2 of 2 MUST"},
		{"missed", append(of(contract.Should, Missed, Pass), must...), 4, nil, "CONFORMANT: 2 of 2 MUST; 1 of 2 SHOULD missed"},
		{"not applicable", append(of(contract.Should, NotApplicable, Pass), must...), 4, nil,
			"CONFORMANT: 2 of 2 MUST; 1 of 1 SHOULD"},
		{"failed", of(contract.Must, Pass, Fail), 2, nil, "NOT CONFORMANT: 1 of 2 MUST, 1 failed"},
		{"waived", of(contract.Must, Pass, Waived), 2, nil, "CONFORMANT: 1 of 2 MUST, 1 waived"},
		{"open", of(contract.Must, Pass, Undetermined), 2, nil, "INCONCLUSIVE: 1 of 2 MUST, 1 undetermined"},
		{"narrowed", must, 9, &Options{Only: []string{"A"}}, "PARTIAL 2 of 9: 2 of 2 MUST"},
		{"narrowed to all", must, 2, &Options{Only: []string{"*"}}, "PARTIAL 2 of 2: 2 of 2 MUST"},
		{"narrowed and failed", of(contract.Must, Pass, Fail), 9, &Options{Shard: "1/2"},
			"NOT CONFORMANT, PARTIAL 2 of 9: 1 of 2 MUST, 1 failed"},
		{"narrowed and open", of(contract.Must, Pass, Undetermined), 9, nil,
			"INCONCLUSIVE, PARTIAL 1 of 9: 1 of 2 MUST, 1 undetermined"},
		{"read-only", must, 2, &Options{ReadOnly: true}, "PARTIAL 2 of 2: 2 of 2 MUST"},
		{"a defect", must, 2, &Options{Defects: []string{"X"}}, "PARTIAL 2 of 2: 2 of 2 MUST"},
		{"a variant", must, 2, &Options{Variants: []string{"X"}}, "PARTIAL 2 of 2: 2 of 2 MUST"},
		{"the full profile", must, 2, &Options{Profile: "full"}, "CONFORMANT: 2 of 2 MUST"},
		{"slowly", must, 2, &Options{Rate: 5, Settle: "1s"}, "CONFORMANT: 2 of 2 MUST"},
		{"nothing", nil, 0, nil, "INCONCLUSIVE"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			run := &Run{Contract: "toy", Results: row.results, Catalogue: row.catalogue, Options: row.options}
			run.Summarise()
			if got := run.Headline(); got != row.want || run.Summary.Headline != got {
				t.Errorf("it says %q, and %q in the summary; want %q", got, run.Summary.Headline, row.want)
			}
			if run.Summary.Conformant != strings.HasPrefix(row.want, "CONFORMANT") {
				t.Error("the summary calls it conformant otherwise than the headline")
			}
			for name, write := range allWriters() {
				// the first has its own line, the others two runs
				if slices.Contains([]string{"badge", "diff", "diff JSON"}, name) {
					continue
				}
				text := strings.ReplaceAll(rendered(t, write, run), `\`, "")
				if !strings.Contains(text, row.want) && !(name == "annotations" && strings.Contains(text, data(row.want))) {
					t.Errorf("%s does not say %q", name, row.want)
				}
			}
		})
	}
}

// TestEveryFormatOfMachinesSaysWhatWasAskedFor: and none is empty of a run that ends with 5.
func TestEveryFormatOfMachinesSaysWhatWasAskedFor(t *testing.T) {
	run := sampleRun()
	run.Options = &Options{Only: []string{"COU-ODD-*"}, Defects: []string{"COU-ODD-01/omit"}, Shard: "2/5"}
	run.Results = []Result{{Requirement: "COU-ODD-01", Verdict: Undetermined, Level: contract.Should}}
	for name, write := range map[string]func(io.Writer, *Run) error{
		"SARIF": WriteSARIF, "CTRF": WriteCTRF, "JUnit": WriteJUnit, "Markdown": WriteMarkdown, "HTML": WriteHTML,
		"JSON": WriteJSON,
	} {
		var out bytes.Buffer
		if err := write(&out, run); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"COU-ODD-*", "COU-ODD-01/omit", "2/5"} {
			if text := strings.ReplaceAll(out.String(), `\*`, "*"); !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		if name == "SARIF" && !strings.Contains(out.String(), wholeRun) {
			t.Error("SARIF has nothing of a run that is inconclusive")
		}
	}
}
