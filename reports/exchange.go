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

// shownExchanges is how many exchanges a report for people shows per failure.
const shownExchanges = 3

// telling picks the exchanges of the failing cases, the last ones when there are
// many: a case stops at the exchange that broke it. earlier counts the rest.
func (r Result) telling() (shown []Evidence, earlier int) {
	failed := map[string]bool{}
	for _, c := range r.Cases {
		failed[c.Title] = failed[c.Title] || c.Verdict == Fail
	}
	for _, e := range r.Evidence {
		ledThere := e.Case == FoundTitle && strings.HasPrefix(e.Note, StepBefore) // in a case of another requirement
		if failed[e.Case] && !ledThere && !strings.HasPrefix(e.Note, StepAfter) {
			shown = append(shown, e)
		}
	}
	if len(shown) == 0 {
		shown = r.Evidence
	}
	earlier = max(0, len(shown)-shownExchanges)
	return shown[earlier:], earlier
}
