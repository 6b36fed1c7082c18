package command

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/conformance/suite"
	"rollcall/mockserver/adminclient"
)

// usualMock is where a mock listens that was told nothing else.
const usualMock = "http://127.0.0.1:4010"

// control is how the control API of a running mock is reached.
type control struct{ url, token string }

func (o *control) flags(f *pflag.FlagSet) {
	f.StringVar(&o.url, "target", usualMock, "URL of the running mock")
	f.StringVar(&o.token, "admin-token", "", "token of its control API, when it asks for one")
}

func (o *control) client() (*adminclient.Client, error) {
	if problem := suite.URLProblem(o.url); problem != "" {
		return nil, exit(ExitUsage, "--target %s", problem)
	}
	mock := adminclient.New(o.url, o.token)
	mock.Within, mock.Most = askTime, askSize
	return mock, checkToken(o.token)
}

// called gives what went wrong with a call its exit code: what the mock refuses is for who
// gave the command, and all else is the mock's.
func (o *control) called(err error) error {
	var refused *adminclient.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && refused.Status == 401:
		return (&tokenWanted{err}).explain(o.url, o.token)
	case errors.As(err, &refused) && refused.Message != "" && refused.Status < 500:
		return exit(ExitUsage, "%s", refused.Message)
	case errors.As(err, &refused) && refused.Message == "":
		return exit(ExitTarget, "%w; is there a mock at %s?", err, o.url)
	}
	return exit(ExitTarget, "%w", err)
}

// worldCall is one thing to do with a world: a line of `rollcall world`.
type worldCall struct {
	use, short string
	least      int // arguments
	most       int
	flags      func(*pflag.FlagSet)
	run        func(ctx context.Context, mock *adminclient.Client, args []string) (any, error)
	show       func(out *lines, got any) // nil: nothing is printed
}

func newWorld(s Streams) *cobra.Command {
	c := &cobra.Command{Use: "world", Short: "Fork, reset and look at the worlds of a running mock",
		Long: "A world is a copy of all that a mock serves: state, clock, faults and journal. Callers choose one with the\n" +
			"header Rollcall-World, with a path that begins with /__worlds/ID, or with a credential that was made for it.",
		Example: "  export ROLLCALL_TARGET=http://127.0.0.1:4010\n  W=$(rollcall world fork)\n" +
			"  rollcall world clock $W --now 2026-11-01T09:00:00Z --freeze\n  rollcall world fault $W --operation createWard" +
			" --status 503 --times 2\n  rollcall world diff $W\n  rollcall world delete $W"}
	for _, one := range worldCalls() {
		c.AddCommand(one.command(s))
	}
	return c
}

func worldCalls() []worldCall {
	return []worldCall{
		{"list", "Print the ids of the worlds there are", 0, 0, nil,
			func(ctx context.Context, m *adminclient.Client, _ []string) (any, error) { return m.Worlds(ctx) }, showLines},
		{"fork [from]", "Make a world of another one, or of how the mock began, and print its id", 0, 1, nil,
			func(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
				id, err := m.Fork(ctx, strings.Join(args, ""))
				return []string{id}, err
			}, showLines},
		{"reset <world>", "Put a world back to how the mock began", 1, 1, nil,
			func(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
				return nil, m.Reset(ctx, args[0])
			}, nil},
		{"snapshot <world> [name]", "Keep the state of a world, under a name, and print how it is called", 1, 2, nil,
			func(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
				id, err := m.Snapshot(ctx, args[0], strings.Join(args[1:], ""))
				return []string{id}, err
			}, showLines},
		{"snapshots", "Print the states that have a name", 0, 0, nil,
			func(ctx context.Context, m *adminclient.Client, _ []string) (any, error) { return m.Snapshots(ctx) }, showSnapshots},
		{"restore <world> <from>", "Give a world the state of another one or of a snapshot", 2, 2, nil,
			func(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
				return nil, m.Restore(ctx, args[0], args[1])
			}, nil},
		{"diff <world> [from]", "Print the records that are other than in another world, a snapshot, or at the start", 1, 2, nil,
			func(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
				return m.Diff(ctx, args[0], strings.Join(args[1:], ""))
			}, showDiff},
		{"delete <world> ...", "Forget worlds", 1, 1 << 10, nil, deleteWorlds, nil},
		worldClock(), worldFault(), worldCredential(),
	}
}

func deleteWorlds(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
	for _, id := range args {
		if err := m.Delete(ctx, id); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func (w worldCall) command(s Streams) *cobra.Command {
	o, asJSON := &control{}, false
	c := &cobra.Command{Use: w.use, Short: w.short, Args: cobra.RangeArgs(w.least, w.most),
		RunE: func(command *cobra.Command, args []string) error {
			mock, err := o.client()
			if err != nil {
				return err
			}
			got, err := w.run(command.Context(), mock, args)
			if usage := new(Exit); errors.As(err, &usage) {
				return err
			}
			switch err := o.called(err); {
			case err != nil || w.show == nil:
				return err
			case asJSON:
				return writeJSON(s.Out, got)
			}
			var out lines
			w.show(&out, got)
			return out.write(s.Out)
		}}
	o.flags(c.Flags())
	if w.show != nil {
		c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	}
	if w.flags != nil {
		w.flags(c.Flags())
	}
	return c
}

func showLines(out *lines, got any) {
	for _, one := range got.([]string) {
		out.add("%s", one)
	}
}
