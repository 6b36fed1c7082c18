package main_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestSamples runs the tests that show how the mock is used from other languages, against one
// server, and holds that no world of theirs is left.
func TestSamples(t *testing.T) {
	for _, row := range []struct{ runtime, line, says string }{
		{"node", "node --test samples/", "# pass 5"},
		{"python3", "python3 -m unittest discover -v -s samples", "Ran 4 tests"},
	} {
		t.Run(row.runtime, func(t *testing.T) {
			if _, err := exec.LookPath(row.runtime); err != nil {
				t.Skip("NOT RUN: " + row.runtime + " is not installed, so its samples were not tried")
			}
			s, base := mockOf(t, "s3cret", "council", "identity")
			line := strings.Fields(row.line)
			c := exec.CommandContext(t.Context(), line[0], line[1:]...)
			c.Env = append(os.Environ(), "ROLLCALL_URL="+base, "ROLLCALL_ADMIN_TOKEN=s3cret", "PYTHONDONTWRITEBYTECODE=1",
				"FORCE_COLOR=0")
			out, err := c.CombinedOutput()
			if err != nil || !strings.Contains(string(out), row.says) {
				t.Errorf("%v, want %q in\n%s", err, row.says, out)
			}
			if left := s.Gone("w1"); left == "" {
				t.Error("a world of the samples is still there")
			}
		})
	}
}
