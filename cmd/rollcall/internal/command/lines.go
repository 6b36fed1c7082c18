package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"rollcall/reports"
	"rollcall/specs/visible"
)

// lines are what a command prints of a target's words, which may be anybody's. Nothing of them
// moves the cursor of a terminal, begins a line or commands a CI.
type lines struct{ text strings.Builder }

// add adds a line.
func (l *lines) add(format string, args ...any) {
	l.text.WriteString(oneLine(fmt.Sprintf(format, args...)) + "\n")
}

// write prints them.
func (l *lines) write(w io.Writer) error {
	_, err := io.WriteString(w, l.text.String())
	return err
}

// fit is a writer to w of texts of several lines, such as a behavior in YAML, that anybody's words
// are in. Each write is looked at by itself: a line has to come in one.
func fit(w io.Writer) io.Writer { return fitting{w} }

type fitting struct{ to io.Writer }

func (f fitting) Write(p []byte) (int, error) {
	if _, err := io.WriteString(f.to, reports.Printable(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// oneLine is a text as one line that is fit to be printed.
func oneLine(text string) string {
	return reports.Printable(strings.NewReplacer("\n", `\x0a`, "\t", `\x09`).Replace(text))
}

// writeJSON prints a value of a target's words as JSON that is fit for a terminal and a CI: the
// same value, with escapes in place of what can't be seen.
func writeJSON(w io.Writer, value any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, visible.JSON(b.String()))
	return err
}
