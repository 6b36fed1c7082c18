package command

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"rollcall/reports"
)

// TestDiffTellsTheClassByItsExitCode: worse goes before what is no longer decided.
func TestDiffTellsTheClassByItsExitCode(t *testing.T) {
	dir := t.TempDir()
	of := func(name, contract string, verdicts ...reports.Verdict) string {
		run := &reports.Run{Contract: contract}
		for i, v := range verdicts {
			run.Results = append(run.Results, reports.Result{Requirement: string(rune('A' + i)), Verdict: v})
		}
		var b bytes.Buffer
		if err := reports.WriteJSON(&b, run); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	before := of("before", "council", reports.Pass, reports.Pass)
	for want, after := range map[Code]string{
		ExitFine:         of("same", "council", reports.Pass, reports.Pass),
		ExitFindings:     of("worse", "council", reports.Fail),
		ExitUsage:        of("other", "tenants", reports.Pass, reports.Pass),
		ExitInconclusive: of("fewer", "council", reports.Pass),
	} {
		if said, code := messages(t, "report", "diff", before, after); code != int(want) {
			t.Errorf("%s: it ends with %d, not %d, and says\n%s", after, code, want, said)
		}
	}
}
