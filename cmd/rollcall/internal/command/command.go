// Package command holds the subcommands of rollcall, one file each.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// Version is the suite's version, written into every run file and request.
const Version = "0.1.0"

// Streams are where a command reads and writes.
type Streams struct {
	Out, Err io.Writer
	Terminal bool // Err is a terminal: progress may be drawn
	Colour   bool // Out is a terminal: colours may be used
	Env      func(string) (string, bool)
}

// System gives the streams of the process.
func System() Streams {
	_, plain := os.LookupEnv("NO_COLOR")
	return Streams{Out: os.Stdout, Err: os.Stderr, Terminal: terminal(os.Stderr), Colour: terminal(os.Stdout) && !plain, Env: os.LookupEnv}
}

func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Main runs the command line and gives the exit code.
func Main(args []string, s Streams) (code int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(s.Err, "rollcall: a bug of ours: %v\nPlease report it with the command line you gave.\n", p)
			code = int(ExitBug)
		}
	}()
	if line, ok := s.Env(suite.Lifeline); ok {
		return suite.Child(line, rooms)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := make(chan struct{})
	defer close(done)
	root := newRoot(s)
	prepare := root.PersistentPreRunE
	root.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		if c.Name() != "test" { // it takes back what it has made, and is bounded by itself
			go endSoon(ctx, done, endAfter, func() { giveUp(s) })
		}
		return prepare(c, args)
	}
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
		fmt.Fprintf(s.Err, "rollcall: %v\n", exit.Err)
	}
	return int(exit.Code)
}

// Code is what the process exits with.
type Code int

// The exit codes; scripts may rely on them.
const (
	ExitFine         Code = 0
	ExitFindings     Code = 1
	ExitUsage        Code = 2
	ExitContract     Code = 3
	ExitTarget       Code = 4
	ExitInconclusive Code = 5
	ExitBug          Code = 70
)

// Exit is an error with its exit code. Without an Err nothing more is printed.
type Exit struct {
	Code Code
	Err  error
}

// Error gives the message for the user.
func (e *Exit) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

// Unwrap gives the cause.
func (e *Exit) Unwrap() error { return e.Err }

func exit(code Code, format string, args ...any) error {
	return &Exit{Code: code, Err: fmt.Errorf(format, args...)}
}

func newRoot(s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:               "rollcall",
		Short:             "A stateful mock server and a conformance suite that read the same API contracts",
		SilenceUsage:      true,
		SilenceErrors:     true,
		Version:           Version,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error { return fromEnvironment(c.Flags(), s.Env, s.Err) },
	}
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(newMock(s), newTest(s), newMutate(s), newDoctor(s), newList(s), newLint(s), newReport(s), newBench(s), newToken(s))
	return root
}

// loadAll reads the named contracts, each once, or all there are.
func loadAll(names []string) ([]*contract.Contract, error) {
	known := contract.Names(specs.FS)
	if len(names) == 0 {
		names = known
	}
	var all []*contract.Contract
	for _, n := range onlyOnce(names) {
		c, err := loadOne(n)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// onlyOnce drops what is named again and keeps the order: a list of names is a set.
func onlyOnce(names []string) (once []string) {
	for _, n := range names {
		if !slices.Contains(once, n) {
			once = append(once, n)
		}
	}
	return once
}

// rooms gives a child process of a run what it needs.
func rooms(name string) (*contract.Contract, suite.API, error) {
	c, err := loadOne(name)
	if err != nil {
		return nil, suite.API{}, err
	}
	api, err := conformance.API(c)
	return c, api, err
}

func loadOne(name string) (*contract.Contract, error) {
	known := contract.Names(specs.FS)
	for _, k := range known {
		if k != name {
			continue
		}
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			return nil, &Exit{Code: ExitContract, Err: fmt.Errorf("the contract %s does not load:\n%w", name, err)}
		}
		return c, nil
	}
	hint := ""
	if near := contract.Nearest(name, known); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return nil, exit(ExitUsage, "there is no contract %q (there are %s)%s", name, strings.Join(known, ", "), hint)
}

func logger(w io.Writer, format, level string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, exit(ExitUsage, "--log-level %q is neither debug, info, warn nor error", level)
	}
	options := &slog.HandlerOptions{Level: l}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, exit(ExitUsage, "--log-format %q is neither text nor json", format)
}
