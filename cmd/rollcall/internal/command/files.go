package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"rollcall/cmd/internal/cli"
	"rollcall/reports"
	"rollcall/specs/userfile"
)

// reportFiles are the formats a run can be written in.
type reportFiles struct {
	json, junit, html, markdown, sarif, ctrf, badge string
	folder                                          string // for all of them
	matrix                                          string // to be shown in the page
	proof                                           *reports.Matrix
	lenient                                         bool // what could not be decided is skipped in JUnit
}

// reportFile is one of them.
type reportFile struct {
	flag, path string
	write      func(io.Writer, *reports.Run) error
	end        string // of its name in a folder
}

// asked says whether any file is to be written.
func (r reportFiles) asked() bool { return len(r.all("")) > 0 }

// all lists the files that were asked for, of a run over that contract.
func (r reportFiles) all(contract string) (asked []reportFile) {
	junit := reports.WriteJUnit
	if r.lenient {
		junit = reports.WriteJUnitLenient
	}
	formats := []reportFile{
		{"json", r.json, reports.WriteJSON, ".json"}, {"junit", r.junit, junit, ".junit.xml"},
		{"markdown", r.markdown, reports.WriteMarkdown, ".md"}, {"sarif", r.sarif, reports.WriteSARIF, ".sarif"},
		{"ctrf", r.ctrf, reports.WriteCTRF, ".ctrf.json"}, {"badge", r.badge, reports.WriteBadge, ".badge.json"},
		{"html", r.html, reports.WriteHTML, ".html"}, // takes longest, and a run that is told to end has little time
	}
	for _, f := range formats {
		if f.path != "" {
			asked = append(asked, f)
		}
	}
	for _, f := range formats {
		if r.folder != "" {
			f.flag, f.path = "reports", filepath.Join(r.folder, stem(contract)+f.end)
			asked = append(asked, f)
		}
	}
	return asked
}

// stem is the name of a contract as the beginning of a file's: a run file may have any.
func stem(contract string) string {
	name := strings.TrimLeft(strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r)) {
			return r
		}
		return '-'
	}, contract), ".-")
	if name == "" {
		return "run"
	}
	return name[:min(len(name), 100)]
}

// check refuses, before a run is made, what can't be written after it: a path that is a
// folder, or in one that is not there, and two outputs, or an input and an output, in
// one file. The folder for all formats is made.
func (r reportFiles) check(contract string, used places) error {
	if r.folder != "" {
		if err := os.MkdirAll(r.folder, 0o755); err != nil {
			return exit(ExitUsage, "--reports: %w; give a folder, or the name of one that can be made", err)
		}
	}
	used = used.read("--matrix", r.matrix)
	for _, f := range r.all(contract) {
		if err := cli.Writable(f.flag, f.path); err != nil {
			return err
		}
		used = used.write("--"+f.flag, f.path)
	}
	return used.apart()
}

// readProof reads the matrix that was given, if one was, before a run of that version of the
// contract is made for nothing.
func (r *reportFiles) readProof(ctx context.Context, contract, digest string) error {
	switch {
	case r.matrix == "":
		return nil
	case r.html == "" && r.folder == "":
		return exit(ExitUsage, "--matrix is shown in the HTML report: give --html FILE or --reports FOLDER, too")
	}
	raw, err := userfile.Read(ctx, r.matrix, mostRun)
	if err != nil {
		return exit(ExitUsage, "--matrix: %w", err)
	}
	if r.proof, err = reports.ReadMatrix(raw, contract, digest); err != nil {
		return exit(ExitUsage, "--matrix %s: %w", r.matrix, err)
	}
	return nil
}

// expect notes the files that write makes, for a command that is ended before it came to that.
func (r reportFiles) expect(contract string, outputs *cli.Outputs) {
	for _, f := range r.all(contract) {
		outputs.Expect(f.path)
	}
	if r.folder != "" {
		outputs.Expect(replayFolder(r.folder, contract))
	}
}

// write makes every file that was asked for, also when one of them fails.
func (r reportFiles) write(ctx context.Context, run *reports.Run, outputs *cli.Outputs) error {
	var failed error
	run.Proof = r.proof
	for _, f := range r.all(run.Contract) {
		var b bytes.Buffer
		err := f.write(&b, run)
		if err == nil {
			err = cli.WriteFile(ctx, f.path, b.Bytes())
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("--%s: %w", f.flag, err))
		}
		outputs.Done(f.path)
	}
	if r.folder != "" {
		failed = errors.Join(failed, writeReplays(ctx, r.folder, run))
		outputs.Done(replayFolder(r.folder, run.Contract))
	}
	return failed
}
