package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"rollcall/cmd/internal/cli"
	"rollcall/reports"
)

// diffFiles are the formats a comparison can be written in.
type diffFiles struct{ json, markdown string }

// check refuses what can't be written, or would take the place of what is compared.
func (d diffFiles) check(inputs []string) error {
	files := reportFiles{json: d.json, markdown: d.markdown}
	var used places
	for _, path := range inputs {
		used = used.read("a run file", path)
	}
	return files.check("", used)
}

// write makes the files that were asked for, also when one of them fails.
func (d diffFiles) write(ctx context.Context, changes *reports.Changes) (failed error) {
	for _, f := range []struct {
		flag, path string
		write      func(io.Writer, *reports.Changes) error
	}{{"json", d.json, reports.WriteDiffJSON}, {"markdown", d.markdown, reports.WriteDiffMarkdown}} {
		if f.path == "" {
			continue
		}
		var b bytes.Buffer
		err := f.write(&b, changes)
		if err == nil {
			err = cli.WriteFile(ctx, f.path, b.Bytes())
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("--%s: %w", f.flag, err))
		}
	}
	return failed
}
