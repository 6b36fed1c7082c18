package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// WriteMarkdown writes the run as GitHub-flavoured Markdown, short enough for a
// pull request: counts per group, each failure with folded evidence, and by
// reason what was not decided or was waived. The error is the writer's.
func WriteMarkdown(w io.Writer, run *Run) error {
	var out bytes.Buffer
	sum := tally(run.Results)
	fmt.Fprintf(&out, "# %s: %s\n\n", markdownText(run.Contract), run.Outcome())
	fmt.Fprintf(&out, "%s: %s.\n", plural(sum.Requirements, "requirement"), countsLine(sum))
	fmt.Fprintf(&out, "\n%s\n", markdownText(run.subtitle()))
	markdownGroups(&out, run)
	if failed := failures(run.Results); len(failed) > 0 {
		out.WriteString("\n## Failures\n")
		for _, result := range failed {
			markdownFailure(&out, result)
		}
	}
	markdownMissed(&out, run)
	for _, verdict := range []Verdict{Undetermined, Waived, NotApplicable} {
		markdownCauses(&out, run, verdict)
	}
	return flush(w, "Markdown report", &out)
}

func markdownGroups(out *bytes.Buffer, run *Run) {
	out.WriteString("\n| group | pass | fail | missed | undetermined | not applicable | waived |\n|---|--:|--:|--:|--:|--:|--:|\n")
	for _, g := range groups(run.Results) {
		fmt.Fprintf(out, "| %s |", markdownText(g.Name))
		for _, verdict := range Verdicts() {
			fmt.Fprintf(out, " %d |", g.Counts.Of(verdict))
		}
		out.WriteString("\n")
	}
}

func markdownFailure(out *bytes.Buffer, result Result) {
	fmt.Fprintf(out, "\n### `%s` %s\n\n", result.Requirement, markdownText(result.Text))
	told := ""
	if !result.Deciding() {
		told = ", told only"
	}
	fmt.Fprintf(out, "%s%s\n\n%s\n", result.Level, told, fenced(printable(reasonOf(result))))
	shown, earlier := result.telling()
	if len(shown) == 0 {
		return
	}
	out.WriteString("\n<details><summary>Request and response</summary>\n")
	if earlier > 0 {
		fmt.Fprintf(out, "\n%s before these, in the run file.\n", plural(earlier, "exchange"))
	}
	for _, e := range shown {
		fmt.Fprintf(out, "\n%s\n", fenced(exchangeText(e, "")))
	}
	out.WriteString("\n</details>\n")
}

func markdownMissed(out *bytes.Buffer, run *Run) {
	title := "\n## Missed\n\nRecommendations: no document demands them, and they decide nothing.\n\n"
	for _, result := range run.Results {
		if result.Verdict == Missed {
			why, _, _ := strings.Cut(reasonOf(result), "\n")
			fmt.Fprintf(out, "%s- `%s` %s: %s\n", title, result.Requirement, markdownText(result.Text), markdownText(why))
			title = ""
		}
	}
}

func markdownCauses(out *bytes.Buffer, run *Run, verdict Verdict) {
	found := causes(run.Results, verdict)
	if len(found) == 0 {
		return
	}
	label := verdict.Label()
	fmt.Fprintf(out, "\n## %s%s\n\n", strings.ToUpper(label[:1]), label[1:])
	for _, c := range found {
		fmt.Fprintf(out, "- %s: `%s`\n", markdownText(c.Reason), strings.Join(c.Requirements, "`, `"))
	}
}

// fenced is a code block whose fence is longer than any run of backticks inside.
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + text + "\n" + fence
}

// markdownText is text on one line in which nothing is markup.
func markdownText(text string) string {
	var out strings.Builder
	for _, char := range oneLine(printable(text)) {
		if strings.ContainsRune("\\`*_[]<>|#~&", char) {
			out.WriteByte('\\')
		}
		out.WriteRune(char)
	}
	return out.String()
}
