package reports

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"
)

// WriteDiffConsole writes changes for a terminal: first whatever makes the two
// runs hard to compare, then changed, new and removed requirements, and one line
// of counts. The error is the writer's.
func WriteDiffConsole(w io.Writer, changes *Changes, style Style) error {
	var out bytes.Buffer
	diffEditions(&out, changes, style)
	diffList(&out, "CHANGED", changes.Changed, style)
	diffList(&out, "NEW", changes.New, style)
	diffList(&out, "REMOVED", changes.Removed, style)
	fmt.Fprintln(&out, changes.line())
	return flush(w, "comparison", &out)
}

// line counts the changes.
func (c *Changes) line() string {
	if c.Empty() {
		return "no verdict changed"
	}
	line := fmt.Sprintf("%d changed, %d new, %d removed; %s", len(c.Changed), len(c.New), len(c.Removed),
		plural(len(c.Regressions()), "regression"))
	if lost := len(c.Lost()); lost > 0 {
		line += fmt.Sprintf(", %d no longer decided", lost)
	}
	return line
}

// notes are what makes the two runs hard to compare.
func (c *Changes) notes() (all []string) {
	a, b := c.Before, c.After
	for _, row := range []struct{ what, before, after string }{
		{"contract", a.Contract, b.Contract},
		{"contract digest", a.ContractDigest, b.ContractDigest},
		{"suite version", a.SuiteVersion, b.SuiteVersion},
		{"reading", a.Reading, b.Reading},
		{"seed", fmt.Sprint(a.Seed), fmt.Sprint(b.Seed)},
	} {
		if row.before != row.after {
			all = append(all, fmt.Sprintf("note: another %s: %s, then %s", row.what, orNone(row.before), orNone(row.after)))
		}
	}
	return all
}

func diffEditions(out *bytes.Buffer, changes *Changes, style Style) {
	notes := changes.notes()
	for _, note := range notes {
		fmt.Fprintln(out, style.paint(yellow, fit(Printable(note), columns)))
	}
	if len(notes) > 0 {
		fmt.Fprintln(out)
	}
}

func diffList(out *bytes.Buffer, title string, changes []Change, style Style) {
	if len(changes) == 0 {
		return
	}
	fmt.Fprintln(out, style.paint(bold, title))
	for _, change := range changes {
		id := Printable(oneLine(change.Requirement))
		taken := utf8.RuneCountInString(id + change.arrow(Plain))
		text := fit(Printable(oneLine(change.Text)), max(40, columns-6-taken))
		fmt.Fprintf(out, "  %s  %s  %s\n", id, change.arrow(style), text)
		if change.Reason != "" && change.To != Pass {
			const deep = "      "
			fmt.Fprintf(out, "%s\n", indent(fitLines(Printable(change.Reason), reasonLines, columns-len(deep)), deep))
		}
	}
	fmt.Fprintln(out)
}

// arrow is "pass → fail", or the one verdict there is.
func (c Change) arrow(style Style) string {
	from, to := c.From.Label(), style.paint(c.To.hue(), c.To.Label())
	switch {
	case c.From == "":
		return to
	case c.To == "":
		return from
	}
	return from + " → " + to
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
