package command

import (
	"fmt"
	"io"
	"strings"

	"rollcall/conformance"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// requirementOf finds the requirement of an id in the contracts, whatever its case.
func requirementOf(id string, contracts []*contract.Contract, only []string) (*contract.Contract, *contract.Requirement, error) {
	var known []string
	for _, c := range contracts {
		for _, q := range c.Requirements {
			if strings.EqualFold(q.ID, id) {
				return c, q, nil
			}
			known = append(known, q.ID)
		}
	}
	near := contract.Nearest(id, known)
	if near != "" {
		near = "; did you mean " + near + "?"
	}
	where, other := "", ", and no folder or document: write it as ./"+id
	for _, name := range only {
		where, other = where+" --contract "+reports.ShellQuote(name), ""
	}
	return nil, nil, exit(ExitUsage, "%q is no requirement%s (`rollcall list requirements%s` has them all)%s",
		id, near, where, other)
}

// explainRequirement says what a requirement asks for, who says so, what is sent to decide it, and
// how to run it alone.
func explainRequirement(w io.Writer, c *contract.Contract, q *contract.Requirement, only []string) error {
	api, err := conformance.API(c)
	if err != nil {
		return &Exit{Code: ExitContract, Err: err}
	}
	fmt.Fprintf(w, "%s, a %s of %s: %s\n\n%s\n\n", oneLine(q.ID), q.Level, oneLine(c.Name), weight(q), q.Text)
	row := func(label, text string) {
		if text != "" {
			fmt.Fprintf(w, "%-11s %s\n", label, oneLine(text))
		}
	}
	row("source", q.Source)
	for _, d := range c.Documents {
		if strings.HasPrefix(q.Source, d.Name+",") {
			row("", d.Name+" is "+d.Title)
		}
	}
	row("row", fmt.Sprintf("%s:%d", q.File(c.Name), q.Line))
	row("operations", strings.Join(q.Operations, ", "))
	if q.Expect.Status != 0 {
		strict, accepting := q.Expect.Words(true), q.Expect.Words(false)
		if strict != accepting {
			accepting = strict + " in the strict reading, " + accepting + " in the accepting one"
		}
		row("status", accepting)
	}
	row("needs", strings.Join(q.Needs, ", "))
	row("not asked", api.Excuses[q.ID])
	label := "cases"
	for _, item := range api.Cases {
		if item.Requirement != q.ID {
			continue
		}
		text := item.Title
		if len(item.Needs) > 0 {
			text += " (needs " + strings.Join(item.Needs, ", ") + ")"
		}
		row(label, text)
		label = ""
	}
	name := c.Name
	if c.Behavior != nil && len(only) == 1 {
		name = only[0] // a path
	}
	fmt.Fprintf(w, "\nrollcall test %s --only %s\n", oneLine(reports.ShellQuote(name)), oneLine(reports.ShellQuote(q.ID)))
	fmt.Fprintln(w, "tries it on the mock; with --config target.yaml on the service that the file is about")
	return nil
}

// weight says what it means to miss the requirement.
func weight(q *contract.Requirement) string {
	switch {
	case q.Decides == contract.DecidesReport:
		return "it is told and decides nothing"
	case q.Level == contract.Must:
		return "a service that breaks it is not conformant"
	}
	return "a service that misses it is told so, and stays conformant but for --fail-on should"
}
