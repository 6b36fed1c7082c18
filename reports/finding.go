package reports

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// What a failure may take of a terminal.
const (
	columns     = 200
	findingMost = 25
	reasonLines = 6
	bodyLines   = 3
	causeLines  = 4
	placeLines  = 6
	missedMost  = 10 // findings that decide nothing and are told one by one
)

// finding is failures that have one cause.
type finding struct {
	Results []Result
}

// First is the failure that stands for all.
func (f finding) First() Result { return f.Results[0] }

// Others are the failures that have the same cause as the first.
func (f finding) Others() []Result { return f.Results[1:] }

// Why is what is wrong in a line; one that announces what follows has the next one with it.
func (f finding) Why() string {
	line, rest, _ := strings.Cut(f.First().causeText(), "\n")
	if next, _, _ := strings.Cut(rest, "\n"); strings.HasSuffix(line, ":") && next != "" {
		line += " " + strings.TrimSpace(next)
	}
	return shorten(line, columns)
}

// findings puts failures together whose reasons are the same but for the operation and
// the values of the run, in the order of the first of each.
func findings(failed []Result) (out []finding) {
	steady, at := steadyText(), map[string]int{}
	for _, result := range failed {
		key := sameCause(result, steady)
		i, seen := at[key]
		if !seen {
			i, at[key] = len(out), len(out)
			out = append(out, finding{})
		}
		out[i].Results = append(out[i].Results, result)
	}
	return out
}

var (
	exchangeLine = regexp.MustCompile(`^(?:[A-Z]+ \S+ -> \d+|\{|\[|\(no body\)$)`) // of a reason, with an answer below it
	counted      = regexp.MustCompile(`^\d+ more answers?|\b\d+ of \d+\b`)
	value        = regexp.MustCompile(`\\"[^"\\]*\\"|"[^"]*"|[^\s"\\]+@[^\s"\\]+|\b\S*\d\S*\b`)
)

// sameCause is what a failure is told apart by: its level, and its reasons without the
// titles of cases, the names of operations, and values that differ between requests.
func sameCause(result Result, steady func(string) string) string {
	var lines []string
	for _, c := range result.Cases {
		if c.Verdict != Fail {
			continue
		}
		for line := range strings.Lines(c.Reason) {
			line = strings.TrimSpace(line)
			if exchangeLine.MatchString(line) {
				continue
			}
			for _, operation := range result.Operations {
				line = strings.ReplaceAll(line, operation, "…")
			}
			line = counted.ReplaceAllString(steady(line), "…")
			if line = value.ReplaceAllStringFunc(line, blankLong); !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	if len(lines) == 0 {
		return result.Requirement
	}
	slices.Sort(lines)
	return fmt.Sprint(result.Level, result.Deciding(), lines)
}

// blankLong takes out what is made up for one request: long values, and those with a
// random end. Names of members and statuses stay.
func blankLong(text string) string {
	if len(text) > 12 {
		return "…"
	}
	return text
}

// consoleFindings tells what failed, or what was missed: each finding once, with the command
// that shows it again.
func consoleFindings(out *bytes.Buffer, run *Run, of []Result, style Style) {
	all := findings(of)
	for i, one := range all {
		first := one.First()
		if first.Verdict == Missed && i == missedMost {
			lines := wrapped("  missed as well: "+rest(all[i:]), "    ", columns, placeLines)
			fmt.Fprintf(out, "\n%s\n", strings.Join(lines, "\n"))
			break
		}
		lines := one.lines()
		again := append([]string{"  see it again:"}, overLines(run.Again(first.Requirement), "    ", columns)...)
		if most := findingMost - len(again); len(lines) > most {
			lines = append(lines[:most-1], "  … the run file (--json FILE) has the rest; -v prints it")
		}
		lines = append(lines, again...)
		for i, line := range lines {
			lines[i] = fit(line, columns)
		}
		head := failWord(first) + " " + first.Requirement
		lines[0] = strings.Replace(lines[0], head, style.paint(first.Verdict.hue(), failWord(first))+" "+
			style.paint(bold, first.Requirement), 1)
		fmt.Fprintf(out, "\n%s\n", strings.Join(lines, "\n"))
	}
	if failed := len(of); failed > len(all) && of[0].Verdict == Fail {
		fmt.Fprintf(out, "\n%s, told as %s by what went wrong\n", plural(failed, "failure"), plural(len(all), "finding"))
	}
}

// lines tells the finding by its first result.
func (f finding) lines() []string {
	first := f.Results[0]
	lines := []string{fmt.Sprintf("%s %s  %s", failWord(first), first.Requirement, first.Level)}
	if first.Text != "" {
		lines = append(lines, "  "+oneLine(first.Text))
	}
	if from := first.from(); from != "" {
		lines = append(lines, "  source: "+oneLine(from))
	}
	lines = append(lines, strings.Split(indent(fitLines(first.causeText(), reasonLines, columns-2), "  "), "\n")...)
	if len(f.Results) > 1 {
		lines = append(lines, wrapped("  the same at "+f.places(), "    ", columns, placeLines)...)
	}
	if shown, several, found := first.decided(); found {
		lead := ""
		if several {
			lead = "  the first of these:"
		}
		lines = append(append(lines, lead), shown.briefly(first.Reason)...)
	}
	return lines
}

// places are the other requirements of a finding.
func (f finding) places() string {
	var ids []string
	for _, result := range f.Results[1:] {
		ids = append(ids, result.Requirement)
	}
	return fmt.Sprintf("%s: %s", plural(len(ids), "other requirement"), someOf(ids))
}

// rest are the requirements of findings that are not told one by one.
func rest(of []finding) string {
	var ids []string
	for _, one := range of {
		for _, result := range one.Results {
			ids = append(ids, result.Requirement)
		}
	}
	return someOf(ids)
}

// causeText is the reason without the answer that stands below it: the exchange follows.
func (r Result) causeText() string {
	lines := strings.Split(r.quoted(reasonOf(r)), "\n")
	kept := []string{}
	for i, line := range lines { // a body that a sentence announces is a part of it
		if !exchangeLine.MatchString(line) || bodyLine(line) && (i == 0 || !exchangeLine.MatchString(lines[i-1])) {
			kept = append(kept, line)
		}
	}
	if len(kept) == 0 {
		kept = lines
	}
	return strings.Join(kept, "\n")
}

func bodyLine(line string) bool { return strings.HasPrefix(line, "{") || strings.HasPrefix(line, "[") }

// quoted puts the titles of cases, which say what should be, in quotation marks, so that nobody
// takes them for what was.
func (r Result) quoted(reason string) string {
	lines := strings.Split(reason, "\n")
	for i, line := range lines {
		for _, c := range r.Cases {
			if rest, begins := strings.CutPrefix(line, c.Title+": "); begins && c.Title != "" {
				lines[i] = fmt.Sprintf("“%s”: %s", c.Title, rest)
				break
			}
		}
	}
	return strings.Join(lines, "\n")
}

// briefly is the exchange in a few lines: what was sent, and what came.
func (e Evidence) briefly(reason string) []string {
	lines := []string{"  request:  " + Printable(oneLine(e.Method+" "+e.URL))}
	add := func(text, prefix string) {
		if text != "" {
			lines = append(lines,
				strings.Split(indent(fitLines(aroundDifference(Printable(text), reason), bodyLines, columns-len(prefix)), prefix),
					"\n")...)
		}
	}
	const deep = "            "
	for _, line := range append([]string{e.caller()}, e.telltale()...) {
		add(line, deep)
	}
	add(e.RequestBody, deep)
	answer, _, _ := strings.Cut(Evidence{Status: e.Status}.responseText(), "\n")
	lines = append(lines, "  response: "+answer)
	if e.Status == 0 && e.Note != "" {
		lines = append(lines, deep+oneLine(e.Note))
	}
	add(e.ResponseBody, deep)
	return lines
}
