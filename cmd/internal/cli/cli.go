// Package cli is what the commands have in common: their streams and exit codes,
// flags from the environment, and files that are whole or not there.
package cli

import (
	"errors"
	"io"
	"log"
	"os"
	"syscall"

	"golang.org/x/term"

	"rollcall/specs/secret"
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
	Outputs   *Outputs            // what is still to be written; nil notes nothing
}

// System gives the streams of the process.
func System() Streams {
	_, plain := os.LookupEnv("NO_COLOR")
	return Streams{
		Out: leftAlone{os.Stdout}, Err: leftAlone{os.Stderr}, Env: os.LookupEnv, Outputs: &Outputs{},
		Terminal: terminal(os.Stderr), Colour: terminal(os.Stdout) && !plain,
	}
}

// Quiet keeps libraries from writing to stderr by themselves: what net/http logs of a connection
// has in it what the other side sent, uncut. What matters of it comes back as an error as well.
func Quiet() { log.SetOutput(io.Discard) }

func terminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// leftAlone writes to an output whose reader may go away before the end, as head does. That
// is no fault: nothing more is told, and the work is done and tidied up after as ever.
type leftAlone struct{ to io.Writer }

// Write passes on, and drops what nobody takes any more.
func (w leftAlone) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}
