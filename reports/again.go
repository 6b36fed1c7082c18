package reports

import (
	"strconv"
	"strings"
)

// Again is the command line that judges the same target by one requirement, in the words
// of the run: what was given there is given again. Where a mock had a world for each case,
// the seed is given too, so that the names are the same; elsewhere they are new, because
// those of the run may be taken.
func (r *Run) Again(requirement string) string {
	words := []string{"rollcall", "test", r.Contract}
	add := func(flag, value string) {
		if value != "" {
			words = append(words, flag, ShellQuote(value))
		}
	}
	o := r.Options
	if o == nil {
		o = &Options{}
	}
	switch {
	case o.Config != "":
		add("--config", o.Config)
	case !r.inProcess():
		add("--target", r.Target.URL)
	}
	add("--reading", r.Target.Reading)
	if r.Target.Worlds != "" {
		words = append(words, "--seed", strconv.FormatUint(r.Seed, 10))
	}
	for _, defect := range o.Defects {
		add("--defect", defect)
	}
	for _, variant := range o.Variants {
		add("--variant", variant)
	}
	if r.FailOn == FailOnShould {
		add("--fail-on", r.FailOn)
	}
	add("--only", requirement)
	return Printable(oneLine(strings.Join(words, " ")))
}

// inProcess says whether the mock ran inside the process of the run, where nobody else
// reaches it.
func (r *Run) inProcess() bool { return strings.Contains(r.Target.URL, InProcessHost) }

// InProcessHost is the name in the URL of a mock that runs inside the process.
const InProcessHost = "mock.in-process.invalid"

// ShellQuote gives a text as one word of a POSIX shell, bare where that is safe.
func ShellQuote(text string) string {
	safe := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+,=", r)
	}
	if text != "" && strings.IndexFunc(text, func(r rune) bool { return !safe(r) }) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
