package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Detail is how much of a run is told on a terminal.
type Detail int

// Brief is one line; Normal tells each failure in at most 25 lines of 200 columns, and
// those of one cause together; Full has all exchanges of every failure.
const (
	Normal Detail = iota
	Brief
	Full
)

// WriteConsole writes the run for a terminal in Normal detail: a table by group and
// level, then what could not be decided and what was waived by reason, then the failures
// with the exchange that decided them, and the summary last. The error is the writer's.
func WriteConsole(w io.Writer, run *Run, style Style) error {
	return WriteConsoleDetail(w, run, style, Normal)
}

// WriteConsoleDetail is WriteConsole in another detail.
func WriteConsoleDetail(w io.Writer, run *Run, style Style, detail Detail) error {
	run = run.printable()
	var out bytes.Buffer
	if detail == Brief {
		fmt.Fprintf(&out, "%s  %s\n", run.Contract, run.Headline())
		return flush(w, "console report", &out)
	}
	fmt.Fprintf(&out, "%s  %s\n", style.paint(bold, run.Contract), run.subtitle())
	if why := run.why(); why != "" {
		fmt.Fprintln(&out, fit(why, columns))
	}
	fmt.Fprintln(&out)
	consoleGroups(&out, run, style)
	consoleCauses(&out, run, Undetermined, style)
	consoleCauses(&out, run, Waived, style)
	for _, verdict := range []Verdict{Missed, Fail} {
		of := having(run.Results, verdict)
		if verdict == Missed && len(of) > 0 {
			fmt.Fprintf(&out, "\n%s\n", style.paint(Missed.hue(), missedTitle))
		}
		if detail == Full {
			for _, result := range of {
				consoleFailure(&out, result, style)
			}
			continue
		}
		consoleFindings(&out, run, of, style)
	}
	consoleSummary(&out, run, style)
	return flush(w, "console report", &out)
}

// subtitle is what was judged, how, and with which seed.
func (r *Run) subtitle() string {
	var parts []string
	if its := r.Target.Implementation.String(); its != "" {
		parts = append(parts, its)
	}
	if r.Target.URL != "" {
		parts = append(parts, r.Target.URL)
	}
	if r.Target.Reading != "" {
		parts = append(parts, r.Target.Reading+" reading")
	}
	return strings.Join(append(parts, fmt.Sprintf("seed %d", r.Seed)), ", ")
}

// consoleGroups is a table by group and level.
func consoleGroups(out *bytes.Buffer, run *Run, style Style) {
	rows := [][]string{{""}}
	shown := levels()
	for _, level := range shown {
		rows[0] = append(rows[0], string(level))
	}
	all := groups(run.Results)
	if len(all) == 0 {
		return
	}
	for _, g := range all {
		row := []string{g.Name}
		for _, level := range shown {
			row = append(row, levelCounts(g.Results, level).cell())
		}
		rows = append(rows, row)
	}
	width := make([]int, 1+len(shown))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	for i, row := range rows {
		var line strings.Builder
		for j, cell := range row {
			fmt.Fprintf(&line, "%-*s  ", width[j], cell)
		}
		hue := grey
		if i > 0 {
			hue = all[i-1].worst().hue()
		}
		fmt.Fprintln(out, style.paint(hue, strings.TrimRight(line.String(), " ")))
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
		fmt.Fprintf(out, "%s\n", indent(fitLines(c.Reason, causeLines, columns-2), "  "))
		fmt.Fprintf(out, "    %s\n", someOf(c.Requirements))
	}
}

// someOf names requirements on a terminal: all of a few, of many the first and how many more.
func someOf(ids []string) string {
	const most, shown = 24, 8
	if len(ids) <= most {
		return strings.Join(ids, " ")
	}
	return fmt.Sprintf("%s and %d more; the run file (--json FILE) has all", strings.Join(ids[:shown], " "), len(ids)-shown)
}

// missedTitle stands above what was missed, the same in every format.
const missedTitle = "Missed: recommendations that no document demands, which fail nobody"

func consoleFailure(out *bytes.Buffer, result Result, style Style) {
	fmt.Fprintf(out, "\n%s %s  %s\n", style.paint(result.Verdict.hue(), failWord(result)), style.paint(bold, result.Requirement),
		result.Level)
	if result.Text != "" {
		fmt.Fprintf(out, "%s\n", indent(result.Text, "  "))
	}
	if from := result.from(); from != "" {
		fmt.Fprintf(out, "  source: %s\n", from)
	}
	fmt.Fprintf(out, "%s\n", indent(result.quoted(reasonOf(result)), "  "))
	shown, others := result.telling()
	if others > 0 {
		fmt.Fprintf(out, "\n  (%s beside these, in the run file)\n", plural(others, "exchange"))
	}
	for _, e := range shown {
		fmt.Fprintf(out, "\n%s\n", exchangeText(e, "  "))
	}
}

// failWord tells a failure that decides from one that does not.
func failWord(result Result) string {
	switch {
	case result.Verdict == Missed:
		return "MISSED"
	case result.Deciding():
		return "FAIL"
	}
	return "FAIL (decides nothing)"
}

// exchangeText is one exchange with its case, note and curl line, every line
// after prefix.
func exchangeText(e Evidence, prefix string) string {
	var parts []string
	if e.Case != "" {
		parts = append(parts, "case: "+e.Case)
	}
	if note := e.noted(); note != "" {
		parts = append(parts, "note: "+note)
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
	if broke := run.brokeLine(); broke != "" {
		fmt.Fprintf(out, "\n%s\n", style.paint(yellow, broke))
	}
	for _, document := range run.cited() {
		fmt.Fprintf(out, "\n%s\n", fit(document, columns))
	}
	outcome, rest, _ := strings.Cut(run.Headline(), ":")
	if rest != "" {
		rest = ":" + rest
	}
	fmt.Fprintf(out, "\n%s%s\n", style.paint(hue, outcome), rest)
	if bytes.Contains(out.Bytes(), []byte("$TOKEN")) {
		if legend := run.legend(); legend != "" {
			fmt.Fprintln(out, legend)
		}
	}
	fmt.Fprintf(out, "%s: %s (%s)\n", plural(sum.Requirements, "requirement"), countsLine(sum), took(run))
}

// took tells how long a run took, and how much of it the target did.
func took(run *Run) string {
	if run.HTTPMS == 0 {
		return spent(run.DurationMS)
	}
	return fmt.Sprintf("%s, of which %s waiting for answers", spent(run.DurationMS), spent(run.HTTPMS))
}

// spent is "2.2 s".
func spent(ms int64) string { return fmt.Sprintf("%.1f s", float64(ms)/1000) }
