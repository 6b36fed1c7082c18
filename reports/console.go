package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// WriteConsole writes the run for a terminal: a line per group, then what could
// not be decided and what was waived by reason, then each failure with request,
// response and curl, and the summary last. The error is the writer's.
func WriteConsole(w io.Writer, run *Run, style Style) error {
	run = run.printable()
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s  %s\n\n", style.paint(bold, run.Contract), run.subtitle())
	consoleGroups(&out, run, style)
	consoleCauses(&out, run, Undetermined, style)
	consoleCauses(&out, run, Waived, style)
	consoleMissed(&out, run, style)
	for _, result := range failures(run.Results) {
		consoleFailure(&out, result, style)
	}
	consoleSummary(&out, run, style)
	return flush(w, "console report", &out)
}

// subtitle is what was judged, how, and with which seed.
func (r *Run) subtitle() string {
	var parts []string
	if r.Target.URL != "" {
		parts = append(parts, r.Target.URL)
	}
	if r.Target.Reading != "" {
		parts = append(parts, r.Target.Reading+" reading")
	}
	return strings.Join(append(parts, fmt.Sprintf("seed %d", r.Seed)), ", ")
}

func consoleGroups(out *bytes.Buffer, run *Run, style Style) {
	all := groups(run.Results)
	name, count := 0, 0
	for _, g := range all {
		name = max(name, len(g.Name))
		count = max(count, len(fmt.Sprint(g.Counts.Pass)))
	}
	for _, g := range all {
		pad := count - len(fmt.Sprint(g.Counts.Pass))
		line := fmt.Sprintf("%-*s  %*s%s", name, g.Name, pad, "", countsLine(g.Counts))
		fmt.Fprintln(out, style.paint(g.worst().hue(), line))
	}
}

func (g group) worst() Verdict {
	var worst Verdict
	for _, result := range g.Results {
		worst = Worst(worst, result.settled())
	}
	return worst
}

func consoleCauses(out *bytes.Buffer, run *Run, verdict Verdict, style Style) {
	found := causes(run.Results, verdict)
	if len(found) == 0 {
		return
	}
	title := strings.ToUpper(verdict.Label())
	fmt.Fprintf(out, "\n%s\n", style.paint(verdict.hue(), title))
	for _, c := range found {
		fmt.Fprintf(out, "%s\n", indent(c.Reason, "  "))
		fmt.Fprintf(out, "    %s\n", someOf(c.Requirements))
	}
}

// someOf names requirements on a terminal: all of a few, of many the first and how many more.
func someOf(ids []string) string {
	const most, shown = 24, 8
	if len(ids) <= most {
		return strings.Join(ids, " ")
	}
	return fmt.Sprintf("%s and %d more; the run file (--json) has all", strings.Join(ids[:shown], " "), len(ids)-shown)
}

// consoleMissed lists the recommendations that the target goes against, each with the
// first line of why: they decide nothing, and the run file has the rest.
func consoleMissed(out *bytes.Buffer, run *Run, style Style) {
	first := true
	for _, result := range run.Results {
		if result.Verdict != Missed {
			continue
		}
		if first {
			fmt.Fprintf(out, "\n%s\n", style.paint(Missed.hue(), "MISSED, told only: no document demands it"))
			first = false
		}
		why, _, _ := strings.Cut(reasonOf(result), "\n")
		fmt.Fprintf(out, "  %s  %s\n%s\n", result.Requirement, oneLine(result.Text), indent(why, "      "))
	}
}

func consoleFailure(out *bytes.Buffer, result Result, style Style) {
	fmt.Fprintf(out, "\n%s %s  %s\n", style.paint(red, failWord(result)), style.paint(bold, result.Requirement), result.Level)
	if result.Text != "" {
		fmt.Fprintf(out, "%s\n", indent(result.Text, "  "))
	}
	fmt.Fprintf(out, "%s\n", indent(reasonOf(result), "  "))
	shown, earlier := result.telling()
	if earlier > 0 {
		fmt.Fprintf(out, "\n  (%s before these, in the run file)\n", plural(earlier, "exchange"))
	}
	for _, e := range shown {
		fmt.Fprintf(out, "\n%s\n", exchangeText(e, "  "))
	}
}

// failWord tells a failure that decides from one that is only told.
func failWord(result Result) string {
	if result.Deciding() {
		return "FAIL"
	}
	return "FAIL (told only)"
}

// exchangeText is one exchange with its case, note and curl line, every line
// after prefix.
func exchangeText(e Evidence, prefix string) string {
	var parts []string
	if e.Case != "" {
		parts = append(parts, "case: "+e.Case)
	}
	if e.Note != "" {
		parts = append(parts, "note: "+e.Note)
	}
	parts = append(parts,
		"request:\n"+indent(e.requestText(), "  "),
		"response:\n"+indent(e.responseText(), "  "))
	if e.Curl != "" {
		parts = append(parts, "repeat it:\n"+indent(Printable(e.Curl), "  "))
	}
	return indent(strings.Join(parts, "\n"), prefix)
}

func consoleSummary(out *bytes.Buffer, run *Run, style Style) {
	sum := tally(run.Results)
	hue := map[int]string{0: green, 1: red}[run.Exit()]
	if hue == "" {
		hue = yellow
	}
	if left := run.leftLine(); left != "" {
		fmt.Fprintf(out, "\n%s\n", style.paint(yellow, left))
	}
	outcome := style.paint(hue, strings.ToUpper(run.Outcome()))
	fmt.Fprintf(out, "\n%s  %s: %s (%s)\n", outcome, plural(sum.Requirements, "requirement"), countsLine(sum), took(run))
}

// took tells how long a run took, and how much of it the target did.
func took(run *Run) string {
	if run.HTTPMS == 0 {
		return fmt.Sprintf("%d ms", run.DurationMS)
	}
	return fmt.Sprintf("%d ms, %d of them waiting for answers", run.DurationMS, run.HTTPMS)
}
