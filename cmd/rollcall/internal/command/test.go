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

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

type testOptions struct {
	target targetOptions
	only   []string
	rate   float64
	files  reportFiles
}

func newTest(s Streams) *cobra.Command {
	o := &testOptions{}
	c := &cobra.Command{
		Use:   "test <contract>",
		Short: "Judge a target by a contract",
		Long: "Runs the suite of a contract against a target. Without --target it starts a mock in this\n" +
			"process; a running mock tells the suite its credentials; anything else needs --config.",
		Args: oneContract,
		RunE: func(c *cobra.Command, args []string) error { return runTest(c.Context(), s, o, args[0]) },
	}
	f := c.Flags()
	o.target.flags(f)
	f.StringArrayVar(&o.only, "only", nil, "decide only requirements or operations that match the pattern (repeatable)")
	f.Float64Var(&o.rate, "rate", 0, "requests a second at most; 0 is unlimited")
	o.files.flags(f)
	return c
}

func oneContract(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return errors.New("name one contract; `rollcall list contracts` prints them")
	}
	return nil
}

func runTest(ctx context.Context, s Streams, o *testOptions, name string) error {
	c, err := loadOne(name)
	if err != nil {
		return err
	}
	target, err := o.target.resolve(c)
	if err != nil {
		return err
	}
	run, err := conformance.Run(ctx, suite.Config{
		Contract: c, Target: target, Only: o.only, Seed: o.target.seed, Version: Version, Rate: o.rate, Progress: progress(s),
	})
	if s.Terminal {
		fmt.Fprint(s.Err, "\r\033[K")
	}
	if err != nil {
		return asExit(err)
	}
	if err := reports.WriteConsole(s.Out, run, reports.Style(s.Colour)); err != nil {
		return err
	}
	if err := o.files.write(run); err != nil {
		return err
	}
	if code := Code(run.Exit()); code != ExitFine {
		return &Exit{Code: code}
	}
	return nil
}

// progress draws a live count on a terminal, and nothing elsewhere.
func progress(s Streams) func(suite.Progress) {
	if !s.Terminal {
		return nil
	}
	return func(p suite.Progress) {
		fmt.Fprintf(s.Err, "\r\033[K%d of %d  %s", p.Done, p.Total, p.Requirement)
	}
}

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
