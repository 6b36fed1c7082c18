package command

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/reports"
	"rollcall/specs/contract"
	"rollcall/specs/userfile"
)

func newReport(s Streams) *cobra.Command {
	c := &cobra.Command{Use: "report", Short: "Work on run files"}
	c.AddCommand(newDiff(s), newRender(s), newMerge(s), newReplay(s), newVerify(s))
	return c
}

func newDiff(s Streams) *cobra.Command {
	var files diffFiles
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Say which verdicts and requirements changed between two run files",
		Long: "Compares the verdicts of two runs of one contract, the earlier one first. The exit code is 1 when something\n" +
			"got worse: it fails, and did not before; else 5 when something is no longer decided: it passed, failed or was\n" +
			"missed, and is undetermined or not in the later run; else 0. Runs of two contracts can't be compared: that is 2.",
		Args: cobra.ExactArgs(2),
		RunE: func(command *cobra.Command, args []string) error {
			if err := files.check(args); err != nil {
				return err
			}
			a, err := readRun(command.Context(), args[0])
			if err != nil {
				return err
			}
			b, err := readRun(command.Context(), args[1])
			if err != nil {
				return err
			}
			changes := reports.Diff(a, b)
			if !changes.Comparable() {
				return exit(ExitUsage, "%s is a run of %s, and %s one of %s: nothing in them can be compared",
					args[0], a.Contract, args[1], b.Contract)
			}
			failed := errors.Join(reports.WriteDiffConsole(s.Out, changes, reports.Style(s.Colour)),
				files.write(command.Context(), changes))
			if failed != nil {
				return &Exit{Code: ExitUsage, Err: failed}
			}
			switch {
			case len(changes.Regressions()) > 0:
				return &Exit{Code: ExitFindings}
			case len(changes.Lost()) > 0:
				return &Exit{Code: ExitInconclusive}
			}
			return nil
		},
	}
	c.Flags().StringVar(&files.json, "json", "", "write the comparison as JSON")
	c.Flags().StringVar(&files.markdown, "markdown", "", "write the comparison as Markdown, for a pull request")
	return c
}

func newRender(s Streams) *cobra.Command {
	var files reportFiles
	var view view
	c := &cobra.Command{
		Use:   "render RUN",
		Short: "Write a run file in other formats",
		Args:  cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			if err := view.check(); err != nil {
				return err
			}
			run, err := readRun(command.Context(), args[0])
			if err != nil {
				return err
			}
			if err := files.check(run.Contract, places{}.read("the run file", args[0])); err != nil {
				return err
			}
			if err := files.readProof(command.Context(), run.Contract, run.ContractDigest); err != nil {
				return err
			}
			if !files.asked() {
				return view.print(s, run)
			}
			if err := files.write(command.Context(), run, s.Outputs); err != nil {
				return &Exit{Code: ExitUsage, Err: err}
			}
			return nil
		},
	}
	files.flags(c.Flags())
	view.flags(c.Flags())
	return c
}

func newMerge(s Streams) *cobra.Command {
	var files reportFiles
	var view view
	var own string
	c := &cobra.Command{
		Use:   "merge RUN...",
		Short: "Put the run files of all parts of a run (test --shard) together",
		Long: "Reads the run files of all shards of one run, and reports them as one: with the verdict, and the exit " +
			"code, of the whole.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			var parts []*reports.Run
			var used places
			if err := view.check(); err != nil {
				return err
			}
			for _, path := range args {
				part, err := readRun(command.Context(), path)
				if err != nil {
					return err
				}
				used, parts = used.read("a run file", path), append(parts, part)
			}
			if err := files.check(parts[0].Contract, used); err != nil {
				return err
			}
			c, err := contractOf(parts[0], own)
			if err != nil {
				return err
			}
			order := make([]string, len(c.Requirements))
			for i, requirement := range c.Requirements {
				order[i] = requirement.ID
			}
			run, err := reports.Merge(parts, order)
			if err != nil {
				return exit(ExitUsage, "%w", err)
			}
			if err := files.readProof(command.Context(), run.Contract, run.ContractDigest); err != nil {
				return err
			}
			failed := errors.Join(view.print(s, run), files.write(command.Context(), run, s.Outputs),
				tellGitHub(command.Context(), s, run))
			return conclude(run, failed)
		},
	}
	ownFlag(c.Flags(), &own)
	files.flags(c.Flags())
	view.flags(c.Flags())
	return c
}

// ownFlag says where a contract of one's own is, which a file names by its maker's path.
func ownFlag(f *pflag.FlagSet, own *string) {
	textFlag(f, own, "contract", "where the contract is, PATH of a folder or document, if it is one of its maker's own")
}

// contractOf gives the contract of a run: one of ours, or the one at the path own, or else where it was for the run.
func contractOf(run *reports.Run, own string) (*contract.Contract, error) {
	theirs := ""
	if run.Options != nil {
		theirs = run.Options.Contract
	}
	if own == "" && theirs == "" {
		return loadOne(run.Contract)
	}
	if own != "" && theirs == "" {
		return nil, exit(ExitUsage, "--contract %s: the run is of %s, which rollcall has itself; leave the flag out", own,
			run.Contract)
	}
	c, err := loadOne(cmp.Or(own, theirs))
	switch {
	case err != nil && own == "":
		return nil, exit(ExitUsage, "the run is of a contract of its maker's own, at %s there, and that can't be read here; "+
			"name yours with --contract:\n%w", theirs, err)
	case err != nil:
		return nil, err
	case c.Digest != run.ContractDigest:
		return nil, exit(ExitUsage, "%s is not the contract of the run as it was then: it is %s, the run has %s",
			cmp.Or(own, theirs), c.Digest, run.ContractDigest)
	}
	return c, nil
}

func readRun(ctx context.Context, path string) (run *reports.Run, err error) {
	raw, err := userfile.Read(ctx, path, mostRun)
	if err != nil {
		return nil, exit(ExitUsage, "%w", err)
	}
	if run, err = reports.ReadRun(bytes.NewReader(raw)); err != nil {
		return nil, &Exit{Code: ExitUsage, Err: fmt.Errorf("%s: %w", path, err)}
	}
	return run, nil
}
