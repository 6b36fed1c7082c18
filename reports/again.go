package reports

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Again is the command line that judges the same target by one requirement, in the words
// of the run: what was given there is given again. Where a mock had a world for each case,
// the seed is given too, so that the names are the same; elsewhere they are new, because
// those of the run may be taken.
func (r *Run) Again(requirement string) string {
	words := []string{"rollcall", "test", r.Named()}
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
	if r.inProcess() { // another one was started with them
		for _, defect := range o.Defects {
			add("--defect", defect)
		}
		for _, variant := range o.Variants {
			add("--variant", variant)
		}
	}
	if r.FailOn == FailOnShould {
		add("--fail-on", r.FailOn)
	}
	add("--only", requirement)
	return Printable(oneLine(strings.Join(words, " ")))
}

// Named is how a command of the shell names the contract: its name, or the path of one that somebody brought.
func (r *Run) Named() string {
	if r.Options != nil && r.Options.Contract != "" {
		return ShellQuote(r.Options.Contract)
	}
	return r.Contract
}

// inProcess says whether the mock ran inside the process of the run, where nobody else
// reaches it.
func (r *Run) inProcess() bool { return strings.Contains(r.Target.URL, InProcessHost) }

// overLines breaks a command line before its flags, so that what is copied from a terminal is whole.
func overLines(command, prefix string, most int) (out []string) {
	const more = " \\"
	line := prefix
	for i, word := range strings.Split(command, " --") {
		if i > 0 {
			word = " --" + word
		}
		// A line end in quotes would belong to the word; ShellQuote ends them before it escapes one.
		quoted := strings.Count(strings.ReplaceAll(line, `\'`, ""), "'")%2 == 1
		if i > 0 && !quoted && utf8.RuneCountInString(line+word) > most-len(more) {
			out = append(out, line+more)
			line, word = prefix+"  ", word[1:]
		}
		line += word
	}
	return append(out, line)
}

// where is the address of the target, with a word on one that nobody else reaches.
func (r *Run) where() string {
	if r.inProcess() {
		return r.Target.URL + " – a mock inside the run's process, which nobody else reaches. To repeat a request, start " +
			"`rollcall mock " + r.Named() + "` with the same defects and put its address into the line"
	}
	return r.Target.URL
}

// legend says what a line that repeats a request holds in place of a secret, "" where none does.
func (r *Run) legend() string {
	for _, result := range r.Results {
		for _, e := range result.Evidence {
			if strings.Contains(e.Curl, "$TOKEN") {
				return "$TOKEN stands for each credential and each password: `rollcall token " + r.Named() +
					"` prints those of a mock, the target file has the others"
			}
		}
	}
	return ""
}

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
