package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Complaint is one thing wrong with a contract folder.
type Complaint struct {
	File   string // e.g. "council/openapi.yaml"
	Line   int    // 0 when the whole file is meant
	Column int    // 0 when it is not known
	Text   string // what is wrong, without a full stop
	Fix    string // what to do, without a full stop
}

// Error prints the complaint as "file:line:column: what. What to do."
func (c Complaint) Error() string {
	where := c.File
	if c.Line > 0 {
		where = fmt.Sprintf("%s:%d", c.File, c.Line)
	}
	if c.Line > 0 && c.Column > 0 {
		where += ":" + strconv.Itoa(c.Column)
	}
	if c.Fix == "" {
		return fmt.Sprintf("%s: %s.", where, c.Text)
	}
	end := "."
	if strings.HasSuffix(c.Fix, "?") {
		end = ""
	}
	return fmt.Sprintf("%s: %s. %s%s", where, c.Text, c.Fix, end)
}

// Errors is every complaint about one contract, by file, line and text.
type Errors []Complaint

// Error prints one complaint per line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, c := range e {
		lines[i] = c.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find a single Complaint.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, c := range e {
		all[i] = c
	}
	return all
}

// complaints collects what is wrong with one file.
type complaints struct {
	file string
	all  Errors
}

func (c *complaints) add(line int, fix, format string, args ...any) {
	c.all = append(c.all, Complaint{File: c.file, Line: line, Text: fmt.Sprintf(format, args...), Fix: fix})
}

// joined returns all complaints as one sorted error without doubles, nil when
// there are none.
func joined(files ...*complaints) error {
	var all Errors
	for _, f := range files {
		all = append(all, f.all...)
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, compareComplaints)
	return slices.Compact(all)
}

// compareComplaints orders complaints by place and text.
func compareComplaints(a, b Complaint) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Text, b.Text), cmp.Compare(a.Fix, b.Fix))
}
