package main_test

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/internal/clitest"
	"rollcall/cmd/rollcall/internal/command"
)

func TestMain(m *testing.M) {
	rollcall := func() { os.Exit(command.Main(os.Args[1:], cli.System())) }
	testscript.Main(m, map[string]func(){
		"rollcall":         rollcall,
		"conformance.test": rollcall, // what the processes of a run are called
	})
}

// TestScripts runs every script of testdata/script; a script that is not there
// would be noticed by its name in the output, an empty folder fails.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: map[string]func(*testscript.TestScript, bool, []string){
		"waitfor": waitFor, "exits": clitest.Exits, "samerun": sameRun, "waittext": waitText,
		"waitanswer": waitAnswer, "unworldly": unworldly,
		"strict": strict,
	}, Condition: func(name string) (bool, error) {
		if name != "hangup" {
			return false, fmt.Errorf("no condition is called %s", name)
		}
		return !signal.Ignored(
			syscall.SIGHUP,
		), nil // under nohup all that is started here outlives its terminal, as it should
	}, Setup: func(env *testscript.Env) error {
		env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/cache")
		return nil
	}})
}
