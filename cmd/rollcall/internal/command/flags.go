package command

import (
	"github.com/spf13/pflag"

	"rollcall/reports"
)

func (o *targetOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.url, "target", "", "URL of what to test; without it a mock is started in this process")
	f.StringVar(&o.config, "config", "", "target file: url, personas, given records, waivers")
	f.StringVar(&o.reading, "reading", "", "strict or accepting (default: as the target says, else accepting)")
	f.StringVar(&o.token, "admin-token", "", "token of the control API, when the target is a mock that asks for one")
	seedFlag(f, &o.seed, 0, "seed of the names the cases use, and of a mock started here")
	f.StringArrayVar(&o.defects, "defect", nil, "start the mock of this process with a defect (repeatable)")
	f.StringArrayVar(&o.variants, "variant", nil, "start the mock of this process with a variant (repeatable)")
}

func (r *reportFiles) flags(f *pflag.FlagSet) {
	f.StringVar(&r.json, "json", "", "write the run file")
	f.StringVar(&r.junit, "junit", "", "write a JUnit report")
	f.StringVar(&r.html, "html", "", "write an HTML report")
	f.StringVar(&r.markdown, "markdown", "", "write a Markdown report")
	f.StringVar(&r.sarif, "sarif", "", "write a SARIF report, with the lines of the contract")
	f.StringVar(&r.ctrf, "ctrf", "", "write a report in the Common Test Report Format")
	f.StringVar(&r.badge, "badge", "", "write the JSON of a badge, as shields.io reads it from an endpoint")
	f.StringVar(&r.folder, "reports", "", "write every format into a folder, which is made")
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
