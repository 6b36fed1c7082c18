// Package command holds the subcommands of rollcall, one file each.
package command

import (
	"cmp"
	"errors"
	"io"
	"log/slog"
	"slices"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
	"rollcall/specs/secret"
)

// Main runs the command line and gives the exit code.
func Main(args []string, s Streams) (code int) {
	s.Secrets = &secret.Keeper{}
	s.Out, s.Err = s.Secrets.Writer(s.Out), s.Secrets.Writer(s.Err)
	s.Printable = func(text string) string { // what was typed in the wrong place may have a password
		return reports.Printable(secret.UserInfo(text, "…"))
	}
	cli.Quiet()
	defer cli.Rescue("rollcall", s, &code)
	if line, ok := s.Env(suite.ChildVariable); ok {
		return suite.Child(line, findContract)
	}
	return cli.Execute(newRoot(s), args, s)
}

// Root gives the command with all its subcommands, for what describes them.
func Root(s Streams) *cobra.Command { return newRoot(s) }

func newRoot(s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "rollcall",
		Short: "A stateful mock server and a conformance suite that read the same API contracts",
	}
	root.AddCommand(newMock(s), newTest(s), newMutate(s), newDoctor(s), newList(s), newLint(s), newReport(s), newToken(s),
		newInit(s), newCertify(s), newWorld(s), newState(s), newCoverage(s), newHealth(s), newVersion(s), newExplain(s))
	completeContracts(root)
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

// loadApart loads contracts that are served together, each of which has a name of its own.
func loadApart(names []string) ([]*contract.Contract, error) {
	all, err := loadAll(names)
	for i, c := range all {
		for _, other := range all[:i] {
			if c.Name == other.Name {
				return nil, exit(ExitUsage, "two contracts are called %q: %s and %s; give the folder or the document of one "+
					"another name", c.Name, cmp.Or(other.Path, other.Name), cmp.Or(c.Path, c.Name))
			}
		}
	}
	return all, err
}

// onlyOnce drops what is named again and keeps the order: a list of names is a set, in whatever spelling.
func onlyOnce(names []string) (once []string) {
	for _, n := range names {
		if !slices.ContainsFunc(once, func(other string) bool { return brought.Same(n, other) }) {
			once = append(once, n)
		}
	}
	return once
}

// findContract gives a child process of a run what it needs.
func findContract(name string) (*contract.Contract, suite.API, error) {
	c, err := loadOne(name)
	if err != nil {
		return nil, suite.API{}, err
	}
	api, err := conformance.API(c)
	return c, api, err
}

func loadOne(name string) (*contract.Contract, error) {
	if brought.IsPath(name) {
		c, err := brought.Load(name)
		if err != nil {
			return nil, &Exit{Code: ExitContract, Err: err}
		}
		return c, nil
	}
	c, err := contract.Find(specs.FS, name)
	var unknown *contract.Unknown
	switch {
	case errors.As(err, &unknown):
		return nil, &Exit{Code: ExitUsage, Err: err}
	case err != nil:
		return nil, &Exit{Code: ExitContract, Err: err}
	}
	return c, nil
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
