package cli

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

// said runs a command with flags of each sort, which fails as told, and gives what it says.
func said(fails error, args ...string) (string, int) {
	root := &cobra.Command{Use: "tool"}
	below := &cobra.Command{Use: "do", RunE: func(*cobra.Command, []string) error { return fails }}
	below.Flags().String("out", "a", "")
	below.Flags().Int("seed", 1, "")
	below.Flags().BoolP("quiet", "q", false, "")
	below.Flags().StringArray("only", nil, "")
	root.AddCommand(below)
	var out bytes.Buffer
	code := Execute(root, append([]string{"do"}, args...), Streams{Out: &out, Err: &out,
		Env: func(string) (string, bool) { return "", false }})
	return out.String(), code
}

// TestNoValueOfAFlagIsDropped holds that a flag with one value is not given two, and that lists are.
func TestNoValueOfAFlagIsDropped(t *testing.T) {
	for args, refused := range map[string]bool{
		"--out b --out c": true, "--seed 1 --seed 2": true, "-q --quiet=false": true,
		"--out b --out b": false, "-q -q": false, "--only a --only b": false, "--out b --seed 3 -q": false,
	} {
		if text, code := said(nil, strings.Fields(args)...); (code != int(ExitFine)) != refused || refused &&
			!strings.Contains(text, "give it once") {
			t.Errorf("%s ends with %d: %s", args, code, text)
		}
	}
}

// TestWhatWasGivenIsRepeatedInOneLine holds that the name of a file makes no lines of its own in a message.
func TestWhatWasGivenIsRepeatedInOneLine(t *testing.T) {
	const name = "folder/a\nb"
	for _, args := range [][]string{{"--out", name}, {"--out=" + name}, {name}} {
		text, _ := said(fmt.Errorf("open %s: no such file; a\nb is not there", name), args...)
		if strings.Count(text, "\n") != 1 || !strings.Contains(text, `a\x0ab`) {
			t.Errorf("%q: %q", args, text)
		}
	}
}

// TestNoRoomSaysWhatToDo holds that whoever prints into a full disk is told so once.
func TestNoRoomSaysWhatToDo(t *testing.T) {
	text, _ := said(errors.Join(errors.New("write /dev/stdout"), syscall.ENOSPC))
	if strings.Count(text, "make some") != 1 {
		t.Error(text)
	}
}
