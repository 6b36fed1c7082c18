package reports

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"rollcall/specs/visible"
)

// bodyLimit is how many bytes of a body a report for people shows. The run file
// has the whole body.
const bodyLimit = 4000

// requestText is the request as a reader expects it: line, headers, body.
func (e Evidence) requestText() string {
	return message(e.Method+" "+e.URL, e.RequestHeaders, e.RequestBody)
}

// caller says who a request is from where that is not whom it would be from by itself: another persona, nobody, or somebody
// with another credential; "" else.
func (e Evidence) caller() string {
	var parts []string
	if e.Persona != "" {
		parts = append(parts, "as persona "+e.Persona)
	}
	switch e.Credential {
	case NoCredential:
		parts = append(parts, "without a credential")
	case OtherCredential:
		parts = append(parts, "with another credential than its own")
	}
	return Printable(strings.Join(parts, ", "))
}

// noted is the note of an exchange, which names the persona, with what else is to be known of the caller.
func (e Evidence) noted() string {
	e.Persona = ""
	if caller := e.caller(); caller != "" {
		return strings.TrimPrefix(e.Note+", "+caller, ", ")
	}
	return e.Note
}

// telltale are the headers of a request that others do not have, as they stand in a message: those that say who calls where
// that is not the caller's own credential, and those that say what is sent or asked for where that is not JSON.
func (e Evidence) telltale() (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(e.RequestHeaders)) {
		for _, value := range e.RequestHeaders[name] {
			switch name {
			case "User-Agent":
				continue
			case "Accept", "Content-Type":
				if value == "application/json" {
					continue
				}
			default:
				if e.Credential != OtherCredential && (name == "Authorization" || strings.Contains(value, SecretMark)) {
					continue
				}
			}
			lines = append(lines, Printable(name+": "+value))
		}
	}
	if e.RequestBody != "" && len(e.RequestHeaders["Content-Type"]) == 0 && len(e.RequestHeaders) > 0 {
		lines = append(lines, "(no Content-Type)")
	}
	return lines
}

// responseText is the answer in the same shape, or that none came.
func (e Evidence) responseText() string {
	if e.Status == 0 {
		return "no answer"
	}
	first := strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
	return message(first, e.ResponseHeaders, e.ResponseBody)
}

func message(first string, header map[string][]string, body string) string {
	var text strings.Builder
	text.WriteString(Printable(first))
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			text.WriteString("\n" + Printable(name+": "+value))
		}
	}
	if body != "" {
		text.WriteString("\n\n" + clip(body))
	}
	return text.String()
}

// clip cuts a long body at a character and says so.
func clip(body string) string {
	if len(body) <= bodyLimit {
		return Printable(body)
	}
	cut := bodyLimit
	for cut > 0 && !utf8.RuneStart(body[cut]) {
		cut--
	}
	return fmt.Sprintf("%s\n… (%d of %d bytes; the run file has all)", Printable(body[:cut]), cut, len(body))
}

// Printable keeps what a target sent from steering the reader's terminal, reordering a
// line, or giving a command to the CI that reads it: everything but line breaks, tabs
// and visible characters becomes an escape, and so does the first letter of what a
// runner would carry out.
func Printable(text string) string { return visible.Text(text) }

// indent puts prefix before every line that is not empty.
func indent(text, prefix string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = prefix + line
		}
	}
	return strings.Join(lines, "\n")
}

// shownExchanges is how many exchanges a report for people shows of the case that the first sentence is about, and shownCases
// how many cases it shows.
const (
	shownExchanges = 3
	shownCases     = 3
)

// telling picks the exchanges that a report for people shows, in the order of the sentences: of the first case the last ones,
// for a case stops at the exchange that broke it, and of each other the one that decided it. others counts the rest.
func (r Result) telling() (shown []Evidence, others int) {
	titles := r.failing()
	if len(titles) == 0 {
		return r.Evidence[max(0, len(r.Evidence)-shownExchanges):], max(0, len(r.Evidence)-shownExchanges)
	}
	for i, title := range titles {
		steps := r.stepsOf(title)
		others += len(steps)
		switch {
		case i >= shownCases:
		case i > 0:
			shown = append(shown, steps[deciding(title, steps)])
		case title == FoundTitle:
			shown = steps[:min(len(steps), shownExchanges)]
		default:
			shown = steps[max(0, len(steps)-shownExchanges):]
		}
	}
	return shown, others - len(shown)
}

// decided is the exchange that the first sentence of the reason is about; several says whether there are sentences about
// others.
func (r Result) decided() (one Evidence, several, found bool) {
	if titles := r.failing(); len(titles) > 0 {
		steps := r.stepsOf(titles[0])
		return steps[deciding(titles[0], steps)], len(titles) > 1 || titles[0] == FoundTitle && len(steps) > 1, true
	}
	if len(r.Evidence) == 0 {
		return one, false, false
	}
	return r.Evidence[len(r.Evidence)-1], false, true
}

// failing are the titles of the cases that failed and of which exchanges are known, in the order of the reason.
func (r Result) failing() (titles []string) {
	for _, c := range r.Cases {
		if c.Verdict == Fail && !slices.Contains(titles, c.Title) && len(r.stepsOf(c.Title)) > 0 {
			titles = append(titles, c.Title)
		}
	}
	return titles
}

// stepsOf are the exchanges of a case, up to the one that decided it; of what was found in answers of other cases those
// in which it was, for the way there is that of another requirement.
func (r Result) stepsOf(title string) (of []Evidence) {
	for _, e := range r.Evidence {
		before := strings.HasPrefix(e.Note, StepBefore)
		if e.Case == title && !strings.HasPrefix(e.Note, StepAfter) && !(before && title == FoundTitle) {
			of = append(of, e)
		}
	}
	return of
}

// deciding is which of a case's exchanges its first sentence is about.
func deciding(title string, of []Evidence) int {
	if title == FoundTitle { // it has one for each sentence
		return 0
	}
	return len(of) - 1
}
