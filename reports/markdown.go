package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// The Markdown report is for a comment on a pull request, which may have 65,536
// characters at the tightest of the usual readers. All are counted in bytes, of which a
// text has no fewer. Failures may fill most of it, and one by one they are told in full,
// then in short, then only counted.
const (
	markdownMost     = 64_000
	markdownFailures = 40_000
	markdownList     = 6_000 // each of the lists after them
	markdownBody     = 1_000 // of a request or an answer
	markdownReason   = 2_000
	markdownLine     = 300 // of a failure in short, or an item of a list
)

// WriteMarkdown writes the run as GitHub-flavoured Markdown, short enough for a
// pull request whatever the target sent: counts per group, each failure with folded
// evidence, and by reason what was not decided or was waived. What there is no room for
// is counted. The error is the writer's.
func WriteMarkdown(w io.Writer, run *Run) error {
	run = run.printable()
	var out bytes.Buffer
	sum := tally(run.Results)
	fmt.Fprintf(&out, "# %s: %s\n\n", markdownText(run.Contract), markdownText(run.Headline()))
	fmt.Fprintf(&out, "%s: %s.\n", plural(sum.Requirements, "requirement"), countsLine(sum))
	if why := run.why(); why != "" {
		fmt.Fprintf(&out, "\n%s.\n", markdownText(shorten(why, markdownReason)))
	}
	fmt.Fprintf(&out, "\n%s\n", markdownText(shorten(run.subtitle(), markdownReason)))
	if left := run.leftLine(); left != "" {
		fmt.Fprintf(&out, "\n%s.\n", markdownText(left))
	}
	if broke := run.brokeLine(); broke != "" {
		fmt.Fprintf(&out, "\n%s.\n", broke)
	}
	for _, document := range run.cited() {
		fmt.Fprintf(&out, "\n%s.\n", markdownText(shorten(document, markdownReason)))
	}
	markdownGroups(&out, run)
	markdownFailed(&out, run)
	markdownMissed(&out, run)
	for _, verdict := range []Verdict{Undetermined, Waived, NotApplicable} {
		markdownCauses(&out, run, verdict)
	}
	return flush(w, "Markdown report", bytes.NewBuffer(within(out.Bytes(), markdownMost)))
}

// within is the last resort, for a run with hundreds of groups: a text is cut at a line.
func within(text []byte, most int) []byte {
	if len(text) <= most {
		return text
	}
	text = text[:most]
	return append(text[:bytes.LastIndexByte(text, '\n')+1], "\nThe rest is in the run file.\n"...)
}

// shorten cuts a text at most bytes, at a character.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most] + " …"
}

// markdownFailed tells the failures as long as there is room.
func markdownFailed(out *bytes.Buffer, run *Run) {
	failed := failures(run.Results)
	if len(failed) == 0 {
		return
	}
	out.WriteString("\n## Failures\n")
	left, full := markdownFailures, true
	for i, result := range failed {
		// What is told in short leaves room for those after it.
		text := markdownFailure(run, result)
		if full = full && len(text) <= left-min(len(failed)-i, 60)*markdownLine; !full {
			text = markdownShort(result)
		}
		if len(text) > left {
			fmt.Fprintf(out, "\n%s more; the run file and the HTML report have all of them.\n", plural(len(failed)-i, "failure"))
			return
		}
		left -= len(text)
		out.WriteString(text)
	}
	if !full {
		out.WriteString("\nFailures without their exchanges have them in the run file and the HTML report.\n")
	}
}

func markdownShort(result Result) string {
	why, _, _ := strings.Cut(reasonOf(result), "\n")
	return fmt.Sprintf("\n### `%s` %s\n\n%s%s%s: %s\n", result.Requirement, markdownText(shorten(result.Text, markdownLine)),
		result.Level, asideOf(result), markdownFrom(result), markdownText(shorten(why, markdownLine)))
}

// markdownFrom is ", seed 003, line 12", "" when nothing is known.
func markdownFrom(result Result) string {
	if from := result.from(); from != "" {
		return ", " + markdownText(shorten(from, markdownLine))
	}
	return ""
}

func asideOf(result Result) string {
	if result.Idle() {
		return ", decides nothing"
	}
	return ""
}

func markdownGroups(out *bytes.Buffer, run *Run) {
	out.WriteString("\n| group | MUST | SHOULD |\n|---|---|---|\n")
	for _, g := range groups(run.Results) {
		fmt.Fprintf(out, "| %s |", markdownText(g.Name))
		for _, level := range levels() {
			fmt.Fprintf(out, " %s |", levelCounts(g.Results, level).cell())
		}
		out.WriteString("\n")
	}
}

func markdownFailure(run *Run, result Result) string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n### `%s` %s\n\n", result.Requirement, markdownText(shorten(result.Text, markdownReason)))
	fmt.Fprintf(&out, "%s%s%s\n\n%s\n", result.Level, asideOf(result), markdownFrom(result),
		fenced(shorten(reasonOf(result), markdownReason)))
	fmt.Fprintf(&out, "\nSee it again:\n\n%s\n", fenced(shorten(run.Again(result.Requirement), markdownReason)))
	shown, others := result.telling()
	if len(shown) == 0 {
		return out.String()
	}
	out.WriteString("\n<details><summary>Request and response</summary>\n")
	if others > 0 {
		fmt.Fprintf(&out, "\n%s beside these, in the run file.\n", plural(others, "exchange"))
	}
	for _, e := range shown {
		e.RequestBody = shorten(inSight(e.RequestBody, result.Reason, markdownBody), markdownBody)
		e.ResponseBody = shorten(inSight(e.ResponseBody, result.Reason, markdownBody), markdownBody)
		e.Curl = shorten(e.Curl, 2*markdownBody)
		fmt.Fprintf(&out, "\n%s\n", fenced(shorten(exchangeText(e, ""), 8*markdownBody)))
	}
	out.WriteString("\n</details>\n")
	return out.String()
}

func markdownMissed(out *bytes.Buffer, run *Run) {
	var items []string
	for _, result := range run.Results {
		if result.Verdict == Missed {
			why, _, _ := strings.Cut(reasonOf(result), "\n")
			items = append(items, fmt.Sprintf("- `%s` %s: %s%s\n", result.Requirement,
				markdownText(shorten(result.Text, markdownLine)), markdownText(shorten(why, markdownLine)), markdownFrom(result)))
		}
	}
	markdownItems(out, "\n## "+missedTitle+"\n\n", items)
}

func markdownCauses(out *bytes.Buffer, run *Run, verdict Verdict) {
	var items []string
	for _, c := range causes(run.Results, verdict) {
		items = append(items, fmt.Sprintf("- %s: %s\n", markdownText(shorten(c.Reason, markdownReason)),
			shorten("`"+strings.Join(c.Requirements, "`, `")+"`", markdownReason)))
	}
	label := verdict.Label()
	markdownItems(out, fmt.Sprintf("\n## %s%s\n\n", strings.ToUpper(label[:1]), label[1:]), items)
}

// markdownItems writes a list under its title as long as there is room.
func markdownItems(out *bytes.Buffer, title string, items []string) {
	left := markdownList
	for i, item := range items {
		if i == 0 {
			out.WriteString(title)
		}
		if left -= len(item); left < 0 {
			fmt.Fprintf(out, "- %d more, in the run file\n", len(items)-i)
			return
		}
		out.WriteString(item)
	}
}

// fenced is a code block whose fence is longer than any run of backticks inside.
func fenced(text string) string {
	run, longest := 0, 2
	for i := range len(text) {
		if run++; text[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	return fence + "text\n" + text + "\n" + fence
}

// markdownText is text on one line in which nothing is markup.
func markdownText(text string) string {
	var out strings.Builder
	for _, char := range oneLine(Printable(text)) {
		if strings.ContainsRune("\\`*_[]<>|#~&", char) {
			out.WriteByte('\\')
		}
		out.WriteRune(char)
	}
	return out.String()
}
