package command

import (
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"rollcall/reports"
)

func (o *targetOptions) flags(f *pflag.FlagSet) {
	textFlag(f, &o.url, "target", "URL of what to test; without it a mock is started in this process")
	textFlag(f, &o.config, "config", "target file: url, personas, given records, waivers")
	f.StringVar(&o.reading, "reading", "", "strict or accepting (default: as the target says, else accepting)")
	f.StringVar(&o.token, "admin-token", "", "token of the control API, when the target is a mock that asks for one")
	seedFlag(f, &o.seed, 0, "seed of the names the cases use, and of a mock started here")
	f.StringArrayVar(&o.defects, "defect", nil, "start the mock of this process with a defect (repeatable)")
	f.StringArrayVar(&o.variants, "variant", nil, "start the mock of this process with a variant (repeatable)")
}

func (r *reportFiles) flags(f *pflag.FlagSet) {
	textFlag(f, &r.json, "json", "write the run file")
	textFlag(f, &r.junit, "junit", "write a JUnit report")
	textFlag(f, &r.html, "html", "write an HTML report")
	textFlag(f, &r.markdown, "markdown", "write a Markdown report")
	textFlag(f, &r.sarif, "sarif", "write a SARIF report, with the lines of the contract")
	textFlag(f, &r.ctrf, "ctrf", "write a report in the Common Test Report Format")
	textFlag(f, &r.badge, "badge", "write the JSON of a badge, as shields.io reads it from an endpoint")
	textFlag(f, &r.folder, "reports", "write every format into a folder, which is made")
	textFlag(f, &r.matrix, "matrix", "show in the HTML report how the suite was proved: a file of mutate --json")
	f.BoolVar(&r.lenient, "junit-lenient", false,
		"in JUnit, skip a MUST that could not be decided instead of calling it an error")
}

// view is how much is told on the terminal.
type view struct{ quiet, verbose bool }

func (v *view) flags(f *pflag.FlagSet) {
	f.BoolVarP(&v.quiet, "quiet", "q", false, "print the verdict in one line")
	f.BoolVarP(&v.verbose, "verbose", "v", false, "print all exchanges of every failure, however long")
}

func (v view) check() error {
	if v.quiet && v.verbose {
		return exit(ExitUsage, "--quiet and --verbose are opposites: give one of them")
	}
	return nil
}

func (v view) print(s Streams, run *reports.Run) error {
	detail := reports.Normal
	switch {
	case v.quiet:
		detail = reports.Brief
	case v.verbose:
		detail = reports.Full
	}
	return reports.WriteConsoleDetail(s.Out, run, reports.Style(s.Colour), detail)
}

// filled is the value of a flag for a text that may be left out, but not empty: behind
// --target "$URL" stands a variable that nobody has set, and a mock would be judged instead.
type filled struct{ to *string }

// String gives the text.
func (f filled) String() string {
	if f.to == nil { // of the zero value, to which pflag compares
		return ""
	}
	return *f.to
}

// Type is that of a text.
func (f filled) Type() string { return "string" }

// Set takes a text.
func (f filled) Set(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("it is empty: give a value, or leave the flag out")
	}
	*f.to = text
	return nil
}

// textFlag declares a flag for such a text.
func textFlag(f *pflag.FlagSet, to *string, name, usage string) { f.Var(filled{to}, name, usage) }
