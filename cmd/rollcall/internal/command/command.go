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
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/conformance"
	"rollcall/conformance/secret"
	"rollcall/conformance/suite"
	"rollcall/reports"
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
	Secrets  *secret.Keeper // what is cut out of all that goes to Out and Err

	over chan struct{} // closed when the command has ended
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
	s.Secrets, s.over = &secret.Keeper{}, make(chan struct{})
	defer close(s.over)
	s.Out, s.Err = s.Secrets.Writer(s.Out), s.Secrets.Writer(s.Err)
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
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
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
	if exit.Err != nil {
		fmt.Fprintf(s.Err, "rollcall: %s\n", reports.Printable(exit.Error()))
	}
	return int(exit.Code)
}

// hurry ends the process when a command does not end by itself soon after a signal,
// whatever it hangs in.
func hurry(ctx context.Context, s Streams) {
	const patience = 1900 * time.Millisecond
	context.AfterFunc(ctx, func() {
		select {
		case <-s.over:
		case <-time.After(patience):
			fmt.Fprintln(s.Err, "rollcall: interrupted, and ended before all was done")
			os.Exit(int(ExitInconclusive))
		}
	})
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
		Use:           "rollcall",
		Short:         "A stateful mock server and a conformance suite that read the same API contracts",
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       Version,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			if c.Name() != "mock" && c.Name() != "bare" { // which let running calls finish
				hurry(c.Context(), s)
			}
			return fromEnvironment(c.Flags(), s.Env)
		},
	}
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(newMock(s), newTest(s), newMutate(s), newDoctor(s), newList(s), newLint(s), newReport(s), newBench(s), newToken(s))
	return root
}

// service is what an orchestrator sets for a service that is called like this program:
// ROLLCALL_PORT=tcp://10.96.12.7:4010. No flag of ours takes such a value.
var service = regexp.MustCompile(`^(tcp|udp|sctp)://`)

// fromEnvironment sets each flag that was not given from its ROLLCALL_ twin. An empty
// one is as good as none, and so is what nobody set for this program: the address of a
// service of that name, and the version that some image is built with.
func fromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var wrong error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "ROLLCALL_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		v, set := lookup(name)
		unset := !set || strings.TrimSpace(v) == "" || service.MatchString(v) || f.Name == "version" || f.Name == "help"
		if !unset && !f.Changed && wrong == nil {
			if err := flags.Set(f.Name, v); err != nil {
				wrong = fmt.Errorf("%s=%q in the environment stands for --%s: %w; correct it, or unset it", name, v, f.Name, err)
			}
		}
	})
	return wrong
}

// loadAll reads the named contracts, or all there are.
func loadAll(names []string) ([]*contract.Contract, error) {
	known := contract.Names(specs.FS)
	if len(names) == 0 {
		names = known
	}
	var all []*contract.Contract
	for _, n := range names {
		c, err := loadOne(n)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
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
