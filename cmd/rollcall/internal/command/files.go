package command

import (
	"bytes"
	"io"

	"rollcall/cmd/internal/cli"
	"rollcall/reports"
)

// reportFiles are the formats a run can be written in.
type reportFiles struct{ json, junit, html, markdown string }

// write makes every file that was asked for. Each is whole or not there.
func (r reportFiles) write(run *reports.Run) error {
	for _, f := range []struct {
		path  string
		write func(io.Writer, *reports.Run) error
	}{{r.json, reports.WriteJSON}, {r.junit, reports.WriteJUnit}, {r.html, reports.WriteHTML}, {r.markdown, reports.WriteMarkdown}} {
		if f.path == "" {
			continue
		}
		var b bytes.Buffer
		if err := f.write(&b, run); err != nil {
			return err
		}
		if err := cli.WriteFile(f.path, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
