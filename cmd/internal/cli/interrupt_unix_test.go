//go:build unix

package cli

import (
	"bytes"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

// A command that a signal has ended says so on stderr, also one that has nothing else to say.
func TestAnInterruptionIsTold(t *testing.T) {
	for name, row := range map[string]struct {
		signal bool
		ends   error
		code   int
		told   bool
	}{
		"interrupted":              {true, &Exit{Code: ExitInconclusive}, 5, true},
		"interrupted at a finding": {true, &Exit{Code: ExitFindings}, 1, true},
		"interrupted with words":   {true, Exitf(ExitTarget, "gone"), 5, true},
		"a server that was ended":  {true, nil, 0, false},
		"by itself":                {false, &Exit{Code: ExitInconclusive}, 5, false},
	} {
		var said bytes.Buffer
		root := &cobra.Command{Use: "x", RunE: func(c *cobra.Command, _ []string) error {
			if row.signal {
				if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
					return err
				}
				<-c.Context().Done()
			}
			return row.ends
		}}
		code := Execute(root, []string{}, Streams{Out: io.Discard, Err: &said,
			Env: func(string) (string, bool) { return "", false }})
		if code != row.code || strings.Contains(said.String(), "interrupted") != row.told {
			t.Errorf("%s: %d %q", name, code, &said)
		}
	}
}
