package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/durable/database"
	"rollcall/specs/userfile"
)

func newState(s Streams) *cobra.Command {
	c := &cobra.Command{Use: "state", Short: "Move, shrink and check the kept state of a mock",
		Long: "A mock that is started with --state keeps what is done to its worlds in a log: a file of SQLite, or a\n" +
			"PostgreSQL database. What is exported of one goes into the other.",
		Example: "  rollcall state export mock.db --out state.jsonl\n" +
			"  rollcall state import postgres://qa@db/mocks state.jsonl\n" +
			"  rollcall state verify postgres://qa@db/mocks"}
	c.AddCommand(stateExport(s), stateImport(s), stateCompact(s), stateVerify(s), stateInit(s))
	return c
}

// withState opens a state for a command, and closes it behind it.
func withState(ctx context.Context, where string, o database.Options, do func(*database.Database) error) error {
	log, err := database.Open(ctx, where, o)
	if err != nil {
		return stateExit(err)
	}
	err = do(log)
	return stateExit(errors.Join(err, log.Close()))
}

func stateExport(s Streams) *cobra.Command {
	var out string
	c := &cobra.Command{Use: "export STATE", Short: "Write a state as lines of text, also while a mock has it",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			used := places{}.state("the state", args[0]).write("--out", out)
			if err := errors.Join(cli.Writable("out", out), used.apart()); err != nil {
				return err
			}
			return withState(c.Context(), args[0], database.Options{Look: true}, func(log *database.Database) error {
				if out == "" {
					_, err := durable.Export(c.Context(), log, s.Out)
					return err
				}
				var worlds int
				err := cli.WriteStream(c.Context(), out, func(w io.Writer) (err error) {
					worlds, err = durable.Export(c.Context(), log, w)
					return err
				})
				if err == nil {
					fmt.Fprintf(s.Out, "%d worlds of %s are in %s\n", worlds, log.Name(), out)
				}
				return err
			})
		}}
	textFlag(c.Flags(), &out, "out", "file to write; without it the lines are printed")
	return c
}

func stateImport(s Streams) *cobra.Command {
	return &cobra.Command{Use: "import STATE FILE", Short: "Put an exported state where there is none", Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if err := (places{}).state("the state", args[0]).write("the file to import", args[1]).apart(); err != nil {
				return err
			}
			return imported(c.Context(), s.Out, args[0], args[1])
		}}
}

// mostExport is how many bytes an exported state may have.
const mostExport = 4 << 30

// imported takes a file into a state. Where it takes nothing, nothing is left of the state that it began.
func imported(ctx context.Context, out io.Writer, where, path string) error {
	log, err := database.Open(ctx, where, database.Options{})
	if err != nil {
		return stateExit(err)
	}
	damaged, err := importFile(ctx, log, path)
	switch {
	case err != nil:
		return stateExit(errors.Join(err, log.Forget()))
	case damaged != nil:
		err = damaged
	default:
		err = verified(ctx, out, log)
	}
	return stateExit(errors.Join(err, log.Close()))
}

// importFile takes a file in, and tells what of it could not be read: an error leaves nothing of it there.
func importFile(ctx context.Context, log *database.Database, path string) (damaged, err error) {
	raw, err := userfile.Read(ctx, path, mostExport)
	if err != nil {
		return nil, exit(ExitUsage, "%w", err)
	}
	// It is read whole before anything of it is taken: a database has no way back from half of it.
	_, err = durable.Import(bytes.NewReader(raw), func([]durable.Item) error { return nil })
	var lines []error
	if err == nil {
		lines, err = log.Import(ctx, bytes.NewReader(raw))
	}
	switch {
	case durable.IsTrouble(err, durable.Broken):
		return nil, exit(ExitContract, "%s: %w", path, err)
	case err != nil || len(lines) == 0:
		return nil, err
	}
	return exit(ExitContract, "%s: %w; the rest was taken into %s. Export it anew where it came from and import that into "+
		"another place, or see by state verify what there is of each world", path, errors.Join(lines...), log.Name()), nil
}

func stateCompact(s Streams) *cobra.Command {
	return &cobra.Command{Use: "compact STATE", Short: "Put snapshots in place of entries; a file must be no mock's then",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return withState(c.Context(), args[0], database.Options{}, func(log *database.Database) error {
				return compacted(c.Context(), s.Out, log)
			})
		}}
}

func compacted(ctx context.Context, out io.Writer, log *database.Database) error {
	if err := log.Sweep(ctx); err != nil {
		return err
	}
	lines, err := log.Worlds(ctx)
	if err != nil {
		return err
	}
	before, err := log.Bytes(ctx)
	if err != nil {
		return err
	}
	for _, l := range lines {
		// Of a shared log the newest entries stay, for replicas that are a little behind.
		keep := uint64(0)
		if log.Shared() {
			keep = 1000
		}
		if _, err := durable.Compact(ctx, log, l.ID, keep); err != nil {
			return err
		}
	}
	if err := log.Shrink(ctx); err != nil {
		return err
	}
	after, err := log.Bytes(ctx)
	fmt.Fprintf(out, "%d worlds; %d bytes were taken, %d are\n", len(lines), before, after)
	return err
}

func stateVerify(s Streams) *cobra.Command {
	return &cobra.Command{Use: "verify STATE",
		Short: "Read every entry of a state, or of an exported one, and hold it to its checksum",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if database.IsPostgres(args[0]) || isSQLite(args[0]) {
				return withState(c.Context(), args[0], database.Options{Look: true}, func(log *database.Database) error {
					return verified(c.Context(), s.Out, log)
				})
			}
			return verifyFile(c.Context(), s.Out, args[0])
		}}
}

// isSQLite tells a database from an exported state by how it begins. What can't be read is
// told by who opens it.
func isSQLite(path string) bool {
	const mark = "SQLite format 3\x00"
	begin, err := userfile.Beginning(path, len(mark))
	return err != nil || len(begin) == 0 || string(begin) == mark
}

// verifyFile takes an exported state into a database of its own, and reads that.
func verifyFile(ctx context.Context, out io.Writer, path string) error {
	folder, err := os.MkdirTemp("", "rollcall-state-")
	if err != nil {
		return exit(ExitTarget, "%w", err)
	}
	defer os.RemoveAll(folder) //nolint:errcheck // it is temporary
	return withState(ctx, filepath.Join(folder, "state.db"), database.Options{Normal: true}, func(log *database.Database) error {
		damaged, err := importFile(ctx, log, path)
		if err != nil {
			return err
		}
		if wrong := verified(ctx, out, log); damaged == nil || wrong == nil {
			return errors.Join(damaged, wrong)
		} else {
			return exit(ExitContract, "%w", errors.Join(damaged, wrong))
		}
	})
}

// verified tells of each world what its entries come to; what can't be read is an error.
func verified(ctx context.Context, out io.Writer, log *database.Database) error {
	folds, wrong, err := durable.Verify(ctx, log)
	if err != nil {
		return err
	}
	lines, err := log.Worlds(ctx)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if fold := folds[l.ID]; fold != nil && l.Gone == "" {
			fmt.Fprintf(out, "%s: %d entries, %d records other than generated\n", oneLine(l.ID), l.Head, fold.Records())
		}
	}
	if len(wrong) > 0 {
		return exit(ExitContract, "%w", errors.Join(wrong...))
	}
	return nil
}

func stateInit(s Streams) *cobra.Command {
	return &cobra.Command{Use: "init STATE", Short: "Make the tables of a state, where a mock may not", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return withState(c.Context(), args[0], database.Options{}, func(log *database.Database) error {
				_, err := fmt.Fprintf(s.Out, "%s is ready\n", log.Name())
				return err
			})
		}}
}
