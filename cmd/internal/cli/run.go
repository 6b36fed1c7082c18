package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	prepare(root, s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return int(ExitFine)
	}
	var exit *Exit
	if !errors.As(err, &exit) {
		exit = &Exit{Code: ExitUsage, Err: err}
	}
	if exit.Err != nil {
		fmt.Fprintf(s.Err, "%s: %v\n", root.Name(), exit.Err)
	}
	return int(exit.Code)
}

func prepare(root *cobra.Command, s Streams) {
	root.SilenceUsage, root.SilenceErrors, root.Version = true, true, Version
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return fromEnvironment(c.Flags(), s.Env) }
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.CompletionOptions.DisableDefaultCmd = true
}

// fromEnvironment sets each flag that was not given from its ROLLCALL_ twin.
func fromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var wrong error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "ROLLCALL_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if v, ok := lookup(name); ok && !f.Changed && wrong == nil {
			if err := flags.Set(f.Name, v); err != nil {
				wrong = fmt.Errorf("%s=%q: %w", name, v, err)
			}
		}
	})
	return wrong
}
