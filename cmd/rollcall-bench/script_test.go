package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/internal/clitest"
	"rollcall/cmd/rollcall-bench/internal/bench"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"rollcall-bench": func() { os.Exit(bench.Main(os.Args[1:], cli.System())) },
	})
}

// TestScripts runs every script of testdata/script. They find the mock to measure
// in $ROLLCALL, which is not beside the benchmark, and in $TRUE what is none. $BARE_PATH is a
// PATH that has the benchmark alone.
func TestScripts(t *testing.T) {
	rollcall := filepath.Join(t.TempDir(), "rollcall")
	if out, err := exec.Command("go", "build", "-o", rollcall, "../rollcall").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	none, err := exec.LookPath("true")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": clitest.Exits},
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROLLCALL", rollcall)
			env.Setenv("TRUE", none)
			alone, _, _ := strings.Cut(env.Getenv("PATH"), string(os.PathListSeparator))
			env.Setenv("BARE_PATH", alone)
			return nil
		},
	})
}
