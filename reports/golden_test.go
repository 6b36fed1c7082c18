package reports

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// later is sampleRun after a change for the worse, one for the better, a new
// requirement and a removed one.
func later() *Run {
	run := sampleRun()
	run.SuiteVersion = "1.3.0"
	run.Results[0].Verdict, run.Results[0].Reason = Fail, "expected 401, got 200"
	run.Results[3].Verdict, run.Results[3].Reason = Pass, ""
	run.Results[8] = passing("COU-WARD-20", "A ward has a centre.")
	run.Summarise()
	return run
}

// TestGolden holds every format to the bytes in testdata. Add a row for a new
// format and run `go test ./reports -update`.
func TestGolden(t *testing.T) {
	rows := []struct {
		file  string
		write func(io.Writer) error
	}{
		{"run.json", func(w io.Writer) error { return WriteJSON(w, sampleRun()) }},
		{"run.xml", func(w io.Writer) error { return WriteJUnit(w, sampleRun()) }},
		{"run.txt", func(w io.Writer) error { return WriteConsole(w, sampleRun(), Plain) }},
		{"run.colour.txt", func(w io.Writer) error { return WriteConsole(w, sampleRun(), Colour) }},
		{"run.md", func(w io.Writer) error { return WriteMarkdown(w, sampleRun()) }},
		{"run.html", func(w io.Writer) error { return WriteHTML(w, sampleRun()) }},
		{"run.lenient.xml", func(w io.Writer) error { return WriteJUnitLenient(w, sampleRun()) }},
		{"run.full.txt", func(w io.Writer) error { return WriteConsoleDetail(w, sampleRun(), Plain, Full) }},
		{"run.brief.txt", func(w io.Writer) error { return WriteConsoleDetail(w, sampleRun(), Plain, Brief) }},
		{"run.sarif", func(w io.Writer) error { return WriteSARIF(w, sampleRun()) }},
		{"run.ctrf.json", func(w io.Writer) error { return WriteCTRF(w, sampleRun()) }},
		{"run.badge.json", func(w io.Writer) error { return WriteBadge(w, sampleRun()) }},
		{"run.github.txt", func(w io.Writer) error { return WriteGitHub(w, sampleRun()) }},
		{"diff.md", func(w io.Writer) error { return WriteDiffMarkdown(w, Diff(sampleRun(), later())) }},
		{"diff.json", func(w io.Writer) error { return WriteDiffJSON(w, Diff(sampleRun(), later())) }},
		{"empty.json", func(w io.Writer) error { return WriteJSON(w, &Run{}) }},
		{"empty.txt", func(w io.Writer) error { return WriteConsole(w, &Run{Contract: "council"}, Plain) }},
		{"comparable.json", func(w io.Writer) error { return WriteJSON(w, sampleRun().Comparable()) }},
		{"diff.txt", func(w io.Writer) error { return WriteDiffConsole(w, Diff(sampleRun(), later()), Plain) }},
		{"diff.same.txt", func(w io.Writer) error { return WriteDiffConsole(w, Diff(sampleRun(), sampleRun()), Plain) }},
		{"matrix.json", func(w io.Writer) error { return WriteMatrixJSON(w, sampleMatrix()) }},
		{"matrix.txt", func(w io.Writer) error { return WriteMatrixConsole(w, sampleMatrix(), Plain) }},
		{"matrix.empty.json", func(w io.Writer) error { return WriteMatrixJSON(w, &Matrix{}) }},
	}
	for _, row := range rows {
		t.Run(row.file, func(t *testing.T) {
			var got bytes.Buffer
			if err := row.write(&got); err != nil {
				t.Fatal(err)
			}
			compareGolden(t, filepath.Join("testdata", row.file), got.Bytes())
		})
	}
}

func compareGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from what is written now; look at the change, then run the test with -update\n%s",
			path, firstDifference(got, want))
	}
}

func firstDifference(got, want []byte) string {
	gotLines, wantLines := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(gotLines), len(wantLines)) {
		if !bytes.Equal(gotLines[i], wantLines[i]) {
			return "got:  " + string(gotLines[i]) + "\nwant: " + string(wantLines[i])
		}
	}
	return "one is longer than the other"
}
