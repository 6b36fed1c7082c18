package conformance_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// withoutDetector is why a test ends under the race detector.
const withoutDetector = "NOT RUN under the race detector, which makes it take ten times as long: `make test` runs it without"

// TestMock judges a mock by every contract: the one at ROLLCALL_TARGET, or one
// started from this source. The suite sees it through its address alone. Under the race detector
// the largest contract would take as long as all other tests of this package.
func TestMock(t *testing.T) {
	base := os.Getenv("ROLLCALL_TARGET")
	if base == "" {
		base = start(t)
	}
	for _, api := range conformance.APIs() {
		t.Run(api.Contract, func(t *testing.T) {
			if raceDetector && api.Contract == "volunteers" {
				t.Skip(withoutDetector)
			}
			c, err := contract.Load(specs.FS, api.Contract)
			if err != nil {
				t.Fatal(err)
			}
			run, err := conformance.Run(t.Context(),
				suite.Config{Contract: c, Target: described(t, base, c.Name), Version: "go-test"})
			if err != nil {
				t.Fatal(err)
			}
			if run.Exit() != 0 || run.Summary.Undetermined > 0 {
				var b bytes.Buffer
				if err := reports.WriteConsole(&b, run, reports.Plain); err != nil {
					t.Error(err)
				}
				t.Error(b.String())
			}
		})
	}
}

// TestEveryRequirementHasACase holds for contracts with a package; the linter adds
// the defects.
func TestEveryRequirementHasACase(t *testing.T) {
	for _, api := range conformance.APIs() {
		c, err := contract.Load(specs.FS, api.Contract)
		if err != nil {
			t.Fatal(err)
		}
		missing, err := conformance.Unchecked(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range missing {
			t.Error(m)
		}
	}
}

func start(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	binary := filepath.Join(dir, "rollcall")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", binary, "../cmd/rollcall").CombinedOutput(); err != nil {
		t.Fatalf("building the mock: %v\n%s", err, out)
	}
	ctx, stop := context.WithCancel(context.Background())
	port := filepath.Join(dir, "port")
	mock := exec.CommandContext(ctx, binary, "mock", "--port", "0", "--port-file", port)
	var said bytes.Buffer
	mock.Stdout, mock.Stderr = &said, &said
	if err := mock.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = mock.Wait() // it was killed
	})
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if raw, err := os.ReadFile(port); err == nil {
			return "http://127.0.0.1:" + strings.TrimSpace(string(raw))
		}
	}
	t.Fatalf("the mock did not start:\n%s", said.String())
	return ""
}

func described(t *testing.T, base, name string) suite.Target {
	t.Helper()
	res, err := http.Get(base + "/__admin/targets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var out suite.Target
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// passes reports whether a test passes that is run as go test would, and silently: what -v prints
// would be taken for the output of the example that asks.
func passes(test func(t *testing.T)) bool {
	verbose := flag.Lookup("test.v").Value
	was := verbose.String()
	_ = verbose.Set("false")
	defer func() { _ = verbose.Set(was) }()
	every := func(string, string) (bool, error) { return true, nil }
	return testing.RunTests(every, []testing.InternalTest{{Name: "Test", F: test}})
}
