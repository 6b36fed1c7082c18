package reports

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
func Printable(text string) string {
	if plain(text) {
		return text
	}
	var out strings.Builder
	fresh := true // nothing but blanks in the line so far, which runners skip
	for i := 0; i < len(text); {
		char, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case fresh && char == ':' && strings.HasPrefix(text[i:], "::"), char == '#' &&
			command.MatchString(text[i:min(len(text), i+32)]):
			fmt.Fprintf(&out, `\x%02x`, char)
		case char == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, `\x%02x`, text[i])
		case char == '\n', char == '\t', unicode.IsPrint(char):
			out.WriteRune(char)
		case char < 0x80:
			fmt.Fprintf(&out, `\x%02x`, char)
		default:
			fmt.Fprintf(&out, `\u{%x}`, char)
		}
		fresh = char == '\n' || fresh && (char == ' ' || char == '\t')
		i += size
	}
	return out.String()
}

// plain says whether a text is sure to have nothing of the kind, as most have.
func plain(text string) bool {
	for i := range len(text) {
		if b := text[i]; b < ' ' && b != '\n' && b != '\t' || b >= 0x7f {
			return false
		}
	}
	return !strings.Contains(text, "::") && !strings.Contains(text, "##")
}

// command is how CI runners are told what to do from within a line; others read
// what begins one by ::.
var command = regexp.MustCompile(`^##(\[|[a-z]+\[)`)

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
