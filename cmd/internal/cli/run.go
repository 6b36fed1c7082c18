package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// Rescue turns a panic into a sentence and ExitBug; it is to be deferred.
func Rescue(name string, s Streams, code *int) {
	if p := recover(); p != nil {
		fmt.Fprintf(s.Err, "%s: a bug of ours: %v\nPlease report it with the command line you gave.\n", name, p)
		*code = int(ExitBug)
	}
}

// Execute runs a command line until it is done, interrupted or told to end, and
// gives the exit code. An error that is no Exit is one of usage.
func Execute(root *cobra.Command, args []string, s Streams) int {
	ctx, stop := untilSignal(func() { giveUp(root.Name(), s) })
	defer stop()
	done := make(chan struct{})
	defer close(done)
	prepare(root, s, func(c *cobra.Command) {
		go endSoon(c.Context(), done, endAfter, func() { giveUp(root.Name(), s) })
	})
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return int(ExitFine)
	}
	var exit *Exit
	if !errors.As(err, &exit) {
		exit = &Exit{Code: ExitUsage, Err: err}
	}
	if exit.Code != ExitFindings && exit.Code != ExitInconclusive && ctx.Err() != nil { // the signal's doing
		exit = &Exit{Code: ExitInconclusive, Err: fmt.Errorf("interrupted: %w", exit)}
	}
	if exit.Err == nil && ctx.Err() != nil { // what a run prints of itself may be silenced, or go elsewhere
		exit = &Exit{Code: exit.Code, Err: errors.New("interrupted before it was done; what is told goes as far as it came")}
	}
	if exit.Err != nil {
		text := inOneLine(exit.Err.Error(), args)
		text += noRoom(exit.Err, text)
		text += whence(command.Flags(), text)
		if s.Printable != nil {
			text = s.Printable(text)
		}
		fmt.Fprintf(s.Err, "%s: %s\n", root.Name(), text)
	}
	return int(exit.Code)
}

func prepare(root *cobra.Command, s Streams, begin func(*cobra.Command)) {
	eachOnce(root)
	root.SilenceUsage, root.SilenceErrors, root.Version = true, true, Version
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		begin(c)
		return FromEnvironment(c.Flags(), s.Env, s.Err)
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return PlainFlag(err) })
	root.SetOut(s.Out)
	root.SetErr(s.Err)
}
