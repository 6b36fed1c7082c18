// Package cli is what the commands have in common: their streams and exit codes,
// flags from the environment, and files that are whole or not there.
package cli

import (
	"io"
	"os"

	"golang.org/x/term"

	"rollcall/conformance/secret"
)

// Version is that of all commands, written into every file and request of theirs.
const Version = "0.1.0"

// Streams are where a command reads and writes.
type Streams struct {
	Out, Err io.Writer
	Terminal bool // Err is a terminal: progress may be drawn
	Colour   bool // Out is a terminal: colours may be used
	Env      func(string) (string, bool)

	Secrets   *secret.Keeper      // what is cut out of all that goes to Out and Err; nil for nothing
	Printable func(string) string // how a message is made fit for a terminal; nil leaves it as it is
}

// System gives the streams of the process.
func System() Streams {
	_, plain := os.LookupEnv("NO_COLOR")
	return Streams{
		Out: os.Stdout, Err: os.Stderr, Env: os.LookupEnv,
		Terminal: terminal(os.Stderr), Colour: terminal(os.Stdout) && !plain,
	}
}

func terminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
