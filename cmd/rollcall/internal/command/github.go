package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"rollcall/cmd/internal/cli"
	"rollcall/reports"
)

// tellGitHub shows the run in GitHub Actions, where its variables are set: as annotations
// and in the summary of the step. Nobody asked for them, so that a summary that can't be
// written is told and changes no exit code.
func tellGitHub(ctx context.Context, s Streams, run *reports.Run) (failed error) {
	if on, _ := s.Env("GITHUB_ACTIONS"); on == "true" {
		failed = reports.WriteGitHub(s.Out, run)
	}
	if path, _ := s.Env("GITHUB_STEP_SUMMARY"); path != "" {
		var b bytes.Buffer
		err := reports.WriteMarkdown(&b, run)
		if err == nil {
			b.WriteByte('\n')
			err = cli.AppendFile(ctx, path, b.Bytes())
		}
		if err != nil {
			_, told := fmt.Fprintf(s.Err, "rollcall: the summary of the step was not written: %v\n", err)
			failed = errors.Join(failed, told)
		}
	}
	return failed
}
