package main_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"rollcall/cmd/rollcall/internal/command"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"rollcall": func() { os.Exit(command.Main(os.Args[1:], command.System())) },
	})
}

// TestScripts runs every script of testdata/script; a script that is not there
// would be noticed by its name in the output, an empty folder fails.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: map[string]func(*testscript.TestScript, bool, []string){
		"waitfor": waitFor, "exits": exits,
	}})
}
