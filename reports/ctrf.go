package reports

import (
	"fmt"
	"io"
	"time"
)

// The part of the Common Test Report Format that is written.
type (
	ctrfReport struct {
		Format    string      `json:"reportFormat"`
		Version   string      `json:"specVersion"`
		At        string      `json:"timestamp,omitempty"`
		Generator string      `json:"generatedBy"`
		Results   ctrfResults `json:"results"`
	}
	ctrfResults struct {
		Tool    ctrfTool       `json:"tool"`
		Summary ctrfSummary    `json:"summary"`
		Tests   []ctrfTest     `json:"tests"`
		Extra   map[string]any `json:"extra"`
	}
	ctrfTool struct {
		Name    string `json:"name"`
		Version string `json:"version,omitempty"`
	}
	ctrfSummary struct {
		Tests   int   `json:"tests"`
		Passed  int   `json:"passed"`
		Failed  int   `json:"failed"`
		Skipped int   `json:"skipped"`
		Pending int   `json:"pending"`
		Other   int   `json:"other"`
		Start   int64 `json:"start"` // milliseconds of the epoch
		Stop    int64 `json:"stop"`
	}
	ctrfTest struct {
		Name     string         `json:"name"`
		Status   string         `json:"status"`
		Raw      string         `json:"rawStatus"`
		Duration int64          `json:"duration"` // milliseconds
		Suite    []string       `json:"suite"`
		Message  string         `json:"message,omitempty"`
		Trace    string         `json:"trace,omitempty"`
		File     string         `json:"filePath,omitempty"`
		Line     int            `json:"line,omitempty"`
		Tags     []string       `json:"tags"`
		Extra    map[string]any `json:"extra,omitempty"`
	}
)

// WriteCTRF writes the run in the Common Test Report Format, a test for each requirement.
// A MUST that could not be decided is failed, with what it is in rawStatus, and so is an
// inconclusive run as a whole: what exits with 5 is not green. Other requirements that could not be decided are
// "other"; what was missed, waived or does not apply is skipped. The error is the writer's.
func WriteCTRF(w io.Writer, run *Run) error {
	run = run.printable()
	out := ctrfReport{Format: "CTRF", Version: "0.0.0", At: instant(run.Ended), Generator: "rollcall"}
	out.Results = ctrfResults{
		Tool: ctrfTool{"rollcall", run.SuiteVersion}, Tests: []ctrfTest{},
		Extra: map[string]any{"contract": run.Contract, "contractDigest": run.ContractDigest, "outcome": run.Outcome(),
			"headline": run.Headline(),
			"seed":     fmt.Sprint(run.Seed), "target": run.Target.URL, "reading": run.Target.Reading,
			"suiteCommit": run.SuiteCommit, "asked": run.narrowed()},
	}
	for _, result := range run.Results {
		out.Results.Tests = append(out.Results.Tests, ctrfTestOf(run.Contract, result))
	}
	if run.openOtherwise() {
		out.Results.Tests = append(out.Results.Tests, ctrfTest{Name: wholeRun, Status: "failed", Raw: run.Outcome(),
			Suite:   []string{orUnexplained(run.Contract)},
			Message: run.Headline(), Tags: []string{}})
	}
	out.Results.Summary = ctrfSummaryOf(run, out.Results.Tests)
	return writeIndented(w, "CTRF report", out)
}

func ctrfSummaryOf(run *Run, tests []ctrfTest) ctrfSummary {
	sum := ctrfSummary{Tests: len(tests)}
	if !run.Started.IsZero() {
		sum.Start = run.Started.UnixMilli()
		sum.Stop = run.Started.Add(time.Duration(run.DurationMS) * time.Millisecond).UnixMilli()
	}
	for _, one := range tests {
		switch one.Status {
		case "passed":
			sum.Passed++
		case "failed":
			sum.Failed++
		case "skipped":
			sum.Skipped++
		default:
			sum.Other++
		}
	}
	return sum
}

func ctrfTestOf(contractName string, result Result) ctrfTest {
	out := ctrfTest{
		Name: oneLine(result.Requirement + " " + result.Text), Status: "passed", Raw: string(result.settled()),
		Duration: max(0, result.durationMS()),
		Suite:    []string{orUnexplained(contractName), orUnexplained(result.Group())}, File: result.Document,
		Line: result.Line, Tags: []string{},
	}
	if result.Level != "" {
		out.Tags = append(out.Tags, string(result.Level))
	}
	if result.Source != "" {
		out.Extra = map[string]any{"source": result.Source}
	}
	verdict := result.settled()
	if verdict == Pass {
		return out
	}
	out.Message = shorten(oneLine(result.causeText()), junitTitle)
	switch {
	case verdict == Fail && result.Deciding():
		out.Status, out.Trace = "failed", result.Detail()
	case result.open():
		out.Status = "failed"
	case verdict == Undetermined:
		out.Status = "other"
	case verdict == Fail, verdict == Missed:
		out.Status, out.Trace = "skipped", result.Detail()
	default:
		out.Status = "skipped"
	}
	return out
}
