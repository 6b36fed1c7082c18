package cli

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// once is a flag that has one value: of two, one would be dropped without a word.
type once struct {
	pflag.Value
	first *string
}

// Set takes the first value, and the same once more.
func (o once) Set(text string) error {
	if *o.first != "" && *o.first != text {
		return twice{*o.first}
	}
	err := o.Value.Set(text)
	if err == nil {
		*o.first = text
	}
	return err
}

// twice is what is wrong with a second value.
type twice struct{ first string }

func (t twice) Error() string { return fmt.Sprintf("it has %q already: give it once", t.first) }

// eachOnce lets no flag of a command, or of those below it, that takes no list be given two values.
func eachOnce(c *cobra.Command) {
	for _, set := range []*pflag.FlagSet{c.Flags(), c.PersistentFlags()} {
		set.VisitAll(func(f *pflag.Flag) {
			_, list := f.Value.(pflag.SliceValue)
			_, done := f.Value.(once)
			if !list && !done && f.Value.Type() != "count" {
				f.Value = once{f.Value, new(string)}
			}
		})
	}
	for _, below := range c.Commands() {
		eachOnce(below)
	}
}

// inOneLine writes what was given on the command line, and names a file perhaps, as one line wherever a message
// repeats it.
func inOneLine(text string, args []string) string {
	visible := strings.NewReplacer("\n", `\x0a`, "\t", `\x09`, "\r", `\x0d`)
	for _, arg := range args {
		for _, piece := range strings.FieldsFunc(arg, func(r rune) bool { return r == '/' || r == '=' }) {
			if strings.IndexFunc(piece, unicode.IsControl) >= 0 && strings.TrimSpace(piece) != "" {
				text = strings.ReplaceAll(text, piece, visible.Replace(piece))
			}
		}
	}
	return text
}

// noRoom says what to do where there is no room for what a command prints.
func noRoom(err error, text string) string {
	if !errors.Is(err, syscall.ENOSPC) || strings.Contains(text, toWrite(syscall.ENOSPC)) {
		return ""
	}
	return "; " + toWrite(syscall.ENOSPC)
}
