package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"rollcall/cmd/internal/cli"
	"rollcall/reports"
)

// reportFiles are the formats a run can be written in.
type reportFiles struct{ json, junit, html, markdown string }

// reportFile is one of them.
type reportFile struct {
	flag, path string
	write      func(io.Writer, *reports.Run) error
}

// all lists the files that were asked for.
func (r reportFiles) all() (asked []reportFile) {
	for _, f := range []reportFile{
		{"json", r.json, reports.WriteJSON}, {"junit", r.junit, reports.WriteJUnit},
		{"html", r.html, reports.WriteHTML}, {"markdown", r.markdown, reports.WriteMarkdown},
	} {
		if f.path != "" {
			asked = append(asked, f)
		}
	}
	return asked
}

// check refuses, before a run is made, what can't be written after it: a path that is a
// folder, or in one that is not there, and two outputs, or an input and an output, in
// one file.
func (r reportFiles) check(used map[string]string) error {
	taken := map[string]string{}
	for flag, path := range used {
		if path != "" {
			taken[absolute(path)] = flag
		}
	}
	for _, f := range r.all() {
		if err := cli.Writable(f.flag, f.path); err != nil {
			return err
		}
		if other, twice := taken[absolute(f.path)]; twice && cli.Ordinary(f.path) {
			return exit(ExitUsage, "--%s and %s name the same file, %s; give each its own", f.flag, other, f.path)
		}
		taken[absolute(f.path)] = "--" + f.flag
	}
	return nil
}

// absolute is where a path leads.
func absolute(path string) string {
	if real, err := filepath.Abs(cli.Place(path)); err == nil {
		return real
	}
	return path
}

// write makes every file that was asked for, also when one of them fails.
func (r reportFiles) write(ctx context.Context, run *reports.Run) error {
	var failed error
	for _, f := range r.all() {
		var b bytes.Buffer
		err := f.write(&b, run)
		if err == nil {
			err = cli.WriteFile(ctx, f.path, b.Bytes())
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("--%s: %w", f.flag, err))
		}
	}
	return failed
}
