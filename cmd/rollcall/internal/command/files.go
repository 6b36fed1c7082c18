package command

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"

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
		if err := writeFile(f.path, b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// writeFile puts the bytes into a file that is whole or not there.
func writeFile(path string, content []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".rollcall-*")
	if err == nil {
		_, err = tmp.Write(content)
		err = errors.Join(err, tmp.Chmod(0o644), tmp.Close())
		if err == nil {
			err = os.Rename(tmp.Name(), path)
		}
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}
	if err != nil {
		return exit(ExitUsage, "can't write %s: %w; give a path in a folder that exists", path, err)
	}
	return nil
}
