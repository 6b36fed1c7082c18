package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall/internal/command"
	"rollcall/conformance"
	"rollcall/mockserver/rollcalltest"
	"rollcall/reports"
)

// scratch is all that somebody writes who wants mock and suite in a Go test. It stays
// within 20 lines.
const scratch = `package scratch

import (
	"testing"

	"rollcall/conformance"
	"rollcall/mockserver/rollcalltest"
)

func TestSound(t *testing.T) {
	t.Parallel()
	conformance.Test(t, rollcalltest.Start(t, "council").Target())
}

func TestBroken(t *testing.T) {
	t.Parallel()
	mock := rollcalltest.Start(t, "council", rollcalltest.Defects("COU-WARD-06/omit"))
	conformance.Test(t, mock.Target())
}
`

// byCommand is the run of `rollcall test`.
func byCommand(t *testing.T, args ...string) *reports.Run {
	t.Helper()
	file := filepath.Join(t.TempDir(), "run.json")
	var said bytes.Buffer
	streams := cli.System()
	streams.Out, streams.Err = io.Discard, &said
	code := command.Main(append([]string{"test", "--json", file}, args...), streams)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("the command ends with %d and no run: %s", code, said.String())
	}
	run, err := reports.ReadRun(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// TestLibraryDecidesAsTheCommand holds that persons, worlds and clock of a mock reach a
// suite in one process as they reach the command's. It judges each contract twice at once,
// which the command's runner can't; the largest, which takes longest, once.
func TestLibraryDecidesAsTheCommand(t *testing.T) {
	for _, api := range conformance.APIs() {
		t.Run(api.Contract, func(t *testing.T) {
			times := 2
			if api.Contract == "volunteers" {
				times = 1
			}
			want := byCommand(t, api.Contract)
			t.Run("at-once", func(t *testing.T) {
				for i := range times {
					t.Run(fmt.Sprint(i), func(t *testing.T) {
						t.Parallel()
						run, err := conformance.Decide(t.Context(), rollcalltest.Start(t, api.Contract).Target(),
							conformance.Seed(uint64(i+1)))
						if err != nil {
							t.Fatal(err)
						}
						sameVerdicts(t, verdictsOf(run), verdictsOf(want))
					})
				}
			})
		})
	}
}

func verdictsOf(run *reports.Run) map[string]string {
	of := map[string]string{}
	for _, r := range run.Results {
		of[r.Requirement] = string(r.Verdict)
	}
	return of
}

func sameVerdicts(t *testing.T, got, want map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d requirements are decided, the command decides %d", len(got), len(want))
	}
	for id, verdict := range want {
		if got[id] != verdict {
			t.Errorf("%s is %q, the command says %q", id, got[id], verdict)
		}
	}
}

// TestScratchModule writes a module of somebody else's and runs its test.
func TestScratchModule(t *testing.T) {
	if lines := strings.Count(scratch, "\n"); lines > 20 {
		t.Errorf("the test has %d lines", lines)
	}
	dir := t.TempDir()
	home, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(home, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(home, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	theirs := strings.Replace(string(mod), "module rollcall\n", "module scratch\n", 1) +
		fmt.Sprintf("\nrequire rollcall v0.0.0\n\nreplace rollcall => %q\n", filepath.ToSlash(home))
	for name, text := range map[string]string{"go.mod": theirs, "go.sum": string(sum), "scratch_test.go": scratch} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.CommandContext(t.Context(), "go", "test", "-json", "-count=1", ".")
	run.Dir, run.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOPROXY=off")
	var said, failed bytes.Buffer
	run.Stdout, run.Stderr = &said, &failed
	if err := run.Run(); err == nil {
		t.Error("the test of a broken mock ends well")
	}
	seen := subtests(t, &said)
	commands := map[string][]string{"TestSound": {"council"}, "TestBroken": {"council", "--defect", "COU-WARD-06/omit"}}
	for name, args := range commands {
		if len(seen[name]) == 0 {
			t.Fatalf("%s has no subtest:\n%s%s", name, failed.String(), said.String())
		}
		want := byCommand(t, args...)
		sameVerdicts(t, seen[name], verdictsOf(want))
		if green := seen[""][name] == "pass"; green != (want.Exit() == 0) {
			t.Errorf("%s is green: %v, the command ends with %d", name, green, want.Exit())
		}
	}
}

// subtests reads the verdicts that the subtests of each test tell: by the first word of
// what they say, and that they passed where they say nothing. Those of "" are the tests.
func subtests(t *testing.T, output io.Reader) map[string]map[string]string {
	t.Helper()
	seen := map[string]map[string]string{}
	told := map[string]string{}
	for lines := json.NewDecoder(output); ; {
		var event struct{ Action, Test, Output string }
		if err := lines.Decode(&event); err == io.EOF {
			return seen
		} else if err != nil {
			t.Fatal(err)
		}
		parent, id, sub := strings.Cut(event.Test, "/")
		if !sub {
			parent, id = "", event.Test
		}
		switch event.Action {
		case "output":
			for _, v := range reports.Verdicts() {
				if _, text, ok := strings.Cut(event.Output, ".go:"); ok && strings.Contains(text, ": "+string(v)+": ") {
					told[event.Test] = string(v)
				}
			}
		case "pass", "fail", "skip":
			if seen[parent] == nil {
				seen[parent] = map[string]string{}
			}
			seen[parent][id] = event.Action
			if v := told[event.Test]; sub && v != "" {
				seen[parent][id] = v
			}
		}
	}
}
