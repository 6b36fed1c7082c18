package reports

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"rollcall/specs/contract"
)

// steering is what a target may answer to whoever shows its answers.
const steering = "\x1b[2J\u009b2J\u202egnorw\u2066\u200b\u007f\r\n::error::taken\n  " +
	"\t::add-mask::x\n##[error]taken\nx ##vso[task.complete]\n##teamcity[x]\nsection_start:1:x\n" +
	"[[ATTACHMENT|/etc/passwd]]\u2028\U000e0041"

// everywhere puts a text into every place of a run that a target can reach.
func everywhere(text string) *Run {
	run := &Run{Contract: "toy", Target: TargetInfo{URL: "http://t.example/" + text, Reading: text,
		Implementation: &Implementation{Name: text, Version: text, Vendor: text, Contact: text, URL: text}},
		Options: &Options{Only: []string{text}, Profile: text, Shard: text, Defects: []string{text}, Variants: []string{text},
			Settle: text}}
	for i, verdict := range Verdicts() {
		run.Results = append(run.Results, Result{
			Requirement: fmt.Sprintf("TOY-A-%02d", i) + text, Level: contract.Must, Text: text, Source: text, Document: text,
			Line: 7, Operations: []string{text}, Verdict: verdict, Reason: text,
			Cases: []CaseResult{{Title: text, Verdict: verdict, Reason: text}},
			Evidence: []Evidence{{Case: text, Method: "GET", URL: text, Status: 200,
				RequestHeaders: map[string][]string{"X-A": {text}}, RequestBody: text,
				ResponseHeaders: map[string][]string{"X-B": {text}}, ResponseBody: text, Curl: text, Note: text}},
		})
	}
	return run
}

func allWriters() map[string]func(io.Writer, *Run) error {
	return map[string]func(io.Writer, *Run) error{
		"json": WriteJSON, "junit": WriteJUnit, "html": WriteHTML, "markdown": WriteMarkdown,
		"console": func(w io.Writer, r *Run) error { return WriteConsole(w, r, Plain) },
		"verbose": func(w io.Writer, r *Run) error { return WriteConsoleDetail(w, r, Plain, Full) },
		"brief":   func(w io.Writer, r *Run) error { return WriteConsoleDetail(w, r, Plain, Brief) },
		"sarif":   WriteSARIF, "ctrf": WriteCTRF, "badge": WriteBadge,
		"diff":      func(w io.Writer, r *Run) error { return WriteDiffMarkdown(w, Diff(&Run{}, r)) },
		"diff JSON": func(w io.Writer, r *Run) error { return WriteDiffJSON(w, Diff(&Run{}, r)) },
		"annotations": func(w io.Writer, r *Run) error { // each line is a command of ours, and whatever follows it a value
			var out bytes.Buffer
			if err := WriteGitHub(&out, r); err != nil {
				return err
			}
			_, err := w.Write(regexp.MustCompile(`(?m)^::(error|notice) (file=[^:,]*,line=\d+,)?title=[^:,`+
				`]*::`).ReplaceAll(out.Bytes(), nil))
			return err
		},
	}
}

func TestNothingOfATargetSteersItsReaders(t *testing.T) {
	commands := regexp.MustCompile(`(?m)^\s*::|##(\[|[a-z]+\[)|section_start:|\[\[ATTACHMENT\|`)
	hostile := everywhere(steering)
	hostile.Left = map[string]int{steering: 1}
	writers := allWriters()
	for name, before := range map[string]*Run{"diff of others": {}, "diff of the same": {Contract: steering,
		Results: []Result{{Requirement: hostile.Results[0].Requirement, Verdict: Missed}}}} {
		writers[name] = func(w io.Writer, r *Run) error { return WriteDiffConsole(w, Diff(before, r), Plain) }
	}
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := write(&out, hostile); err != nil {
				t.Fatal(err)
			}
			for i, char := range out.String() {
				if char != '\n' && char != '\t' && !unicode.IsPrint(char) {
					t.Fatalf("%U reached the report at %d: …%q", char, i, out.String()[max(0, i-60):i])
				}
			}
			if found := commands.FindString(out.String()); found != "" {
				t.Errorf("a line that CI takes for a command: %q", found)
			}
		})
	}
}

func TestMarkdownFitsIntoAComment(t *testing.T) {
	rows := map[string]struct{ text string }{
		"long answers":   {strings.Repeat("A", 20_000)},
		"markup":         {strings.Repeat("*_`|", 5_000)},
		"backticks":      {strings.Repeat("`", 20_000)},
		"control bytes":  {strings.Repeat("\x1b", 20_000)},
		"beyond ASCII":   {strings.Repeat("\U0001f600", 5_000)},
		"many lines":     {strings.Repeat("a\n", 10_000)},
		"ordinary texts": {"expected a number, got a text"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			run := &Run{Contract: "toy"}
			long, short := everywhere(row.text), everywhere("short")
			for i := range 600 {
				result := long.Results[i%len(Verdicts())]
				if i%20 > 0 {
					result = short.Results[i%len(Verdicts())]
				}
				if result.Requirement = fmt.Sprintf("TOY-G%d-%03d", i%40, i); i%2 == 0 {
					result.Verdict = Fail
				}
				run.Results = append(run.Results, result)
			}
			var out bytes.Buffer
			if err := WriteMarkdown(&out, run); err != nil {
				t.Fatal(err)
			}
			if out.Len() > 65_536 {
				t.Errorf("%d bytes", out.Len())
			}
			told := bytes.Count(out.Bytes(), []byte("\n### "))
			if left := plural(400-told, "failure") + " more; the run file"; told < 400 && !strings.Contains(out.String(), left) {
				t.Error("what is left out is not told")
			}
		})
	}
}
