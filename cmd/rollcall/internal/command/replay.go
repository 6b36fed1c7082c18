package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/reports"
	"rollcall/reports/replay"
)

// newReplay writes down the requests of a failed case.
func newReplay(s Streams) *cobra.Command {
	var archive bool
	var which string
	c := &cobra.Command{
		Use:   "replay RUN REQUIREMENT",
		Short: "Print a failed case of a run file as a shell script that makes its requests again",
		Long: "Prints a POSIX shell script with every request of a case that did not pass: ids are carried over from the\n" +
			"answers, credentials come from the environment or from a mock. It needs curl and jq, and looks where\n" +
			"the failure showed itself. It exits 1 when that is shown again, 0 when not, 2 when something is missing or a\n" +
			"request can't be made, and 3 when only a reader can say: its last lines name what to look at.",
		Args: cobra.ExactArgs(2),
		RunE: func(command *cobra.Command, args []string) error {
			run, err := readRun(command.Context(), args[0])
			if err != nil {
				return err
			}
			result, title, err := failedCase(run, args[1], which)
			if err != nil {
				return err
			}
			text := []byte(replay.Script(run, result, title))
			if archive {
				if text, err = replay.HAR(run, result, title); err != nil {
					return err
				}
			}
			_, err = s.Out.Write(text)
			return err
		},
	}
	c.Flags().BoolVar(&archive, "har", false, "print an HTTP archive instead, for the tools of a browser")
	c.Flags().StringVar(&which, "case", "", "title of the case (default: the first that did not pass)")
	return c
}

// failedCase finds a case of a requirement that did not pass.
func failedCase(run *reports.Run, requirement, title string) (reports.Result, string, error) {
	at := slices.IndexFunc(run.Results, func(r reports.Result) bool { return r.Requirement == requirement })
	if at < 0 {
		return reports.Result{}, "", exit(ExitUsage, "the run has no requirement %q; `rollcall list requirements` has their ids",
			requirement)
	}
	result := run.Results[at]
	titles := replay.Cases(result)
	switch {
	case len(titles) == 0:
		return result, "", exit(ExitUsage, "%s is %q in the run, and no request of a case that did not pass is in it",
			requirement, result.Verdict.Label())
	case title == "":
		return result, titles[0], nil
	case !slices.Contains(titles, title):
		return result, "", exit(ExitUsage, "%s has no such case that did not pass; it has %q", requirement, titles)
	}
	return result, title, nil
}

// mostReplays is how many failed cases get files of their own.
const mostReplays = 200

// replayFolder is where the scripts of a run go, beside its reports.
func replayFolder(folder, contract string) string {
	return filepath.Join(folder, stem(contract)+"-replay")
}

// writeReplays writes a script and an archive for every case that failed or missed a
// recommendation into a folder beside the reports.
func writeReplays(ctx context.Context, folder string, run *reports.Run) (failed error) {
	folder = replayFolder(folder, run.Contract)
	written := 0
	for _, result := range run.Results {
		if result.Verdict != reports.Fail && result.Verdict != reports.Missed {
			continue
		}
		for i, title := range replay.Cases(result) {
			if written++; written > mostReplays {
				return failed
			}
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return fmt.Errorf("--reports: %w", err)
			}
			base := filepath.Join(folder, fmt.Sprintf("%s-%d", stem(result.Requirement), i+1))
			archive, err := replay.HAR(run, result, title)
			failed = errors.Join(failed, err, cli.WriteFile(ctx, base+".har", archive),
				cli.WriteFile(ctx, base+".sh", []byte(replay.Script(run, result, title))))
		}
	}
	return failed
}
