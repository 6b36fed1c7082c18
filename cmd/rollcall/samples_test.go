package main_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestSamples runs the tests that show how the mock is used from other languages: against one
// server, whose worlds they clear away, and as they stand, so that each starts a server of its
// own and ends it.
func TestSamples(t *testing.T) {
	for _, row := range []struct{ runtime, line, says string }{
		{"node", "node --test samples/wards.test.mjs", "# pass 5"},
		{"python3", "python3 -m unittest discover -v -s samples", "Ran 4 tests"},
		{"java", "java samples/WardsTest.java", "5 tests passed"},
	} {
		t.Run(row.line, func(t *testing.T) {
			if _, err := exec.LookPath(row.runtime); err != nil {
				t.Skip("NOT RUN: " + row.runtime + " is not installed, so its samples were not tried")
			}
			s, base := mockOf(t, "s3cret", "council", "identity")
			for _, env := range [][]string{{"ROLLCALL_URL=" + base, "ROLLCALL_ADMIN_TOKEN=s3cret"}, {"ROLLCALL_URL="}} {
				line := strings.Fields(row.line)
				c := exec.CommandContext(t.Context(), line[0], line[1:]...)
				c.Env = append(os.Environ(), append(env, "PYTHONDONTWRITEBYTECODE=1", "FORCE_COLOR=0")...)
				out, err := c.CombinedOutput()
				if err != nil || !strings.Contains(string(out), row.says) {
					t.Errorf("%v, with %v: want %q in\n%s", err, env, row.says, out)
				}
			}
			if left := s.Gone("w1"); left == "" {
				t.Error("a world of the samples is still there")
			}
		})
	}
}

// TestSampleOfContainers holds that what nobody runs without a container engine is JavaScript at least.
func TestSampleOfContainers(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("NOT RUN: node is not installed, so the sample was not read")
	}
	check := exec.CommandContext(t.Context(), "node", "--check", "samples/containers/wards.test.mjs")
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
