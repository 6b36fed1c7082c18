package reports

import (
	"bytes"
	"fmt"
	"io"
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
	if changes.Empty() {
		fmt.Fprintln(&out, "no verdict changed")
		return flush(w, "comparison", &out)
	}
	fmt.Fprintf(&out, "%d changed, %d new, %d removed; %s\n", len(changes.Changed), len(changes.New),
		len(changes.Removed), plural(len(changes.Regressions()), "regression"))
	return flush(w, "comparison", &out)
}

func diffEditions(out *bytes.Buffer, changes *Changes, style Style) {
	a, b := changes.Before, changes.After
	rows := []struct{ what, before, after string }{
		{"contract", a.Contract, b.Contract},
		{"contract digest", a.ContractDigest, b.ContractDigest},
		{"suite version", a.SuiteVersion, b.SuiteVersion},
		{"reading", a.Reading, b.Reading},
		{"seed", fmt.Sprint(a.Seed), fmt.Sprint(b.Seed)},
	}
	differs := false
	for _, row := range rows {
		if row.before != row.after {
			line := fmt.Sprintf("note: another %s: %s, then %s", row.what, orNone(row.before), orNone(row.after))
			fmt.Fprintln(out, style.paint(yellow, Printable(line)))
			differs = true
		}
	}
	if differs {
		fmt.Fprintln(out)
	}
}

func diffList(out *bytes.Buffer, title string, changes []Change, style Style) {
	if len(changes) == 0 {
		return
	}
	fmt.Fprintln(out, style.paint(bold, title))
	for _, change := range changes {
		fmt.Fprintf(out, "  %s  %s  %s\n", change.Requirement, change.arrow(style), Printable(oneLine(change.Text)))
		if change.Reason != "" && change.To != Pass {
			fmt.Fprintf(out, "%s\n", indent(Printable(change.Reason), "      "))
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
