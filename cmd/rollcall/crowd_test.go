package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"rollcall/mockserver"
	"rollcall/mockserver/rollcalltest"
	"rollcall/reports"
	"rollcall/specs/target"
)

// TestCrowd has as many clients as ROLLCALL_CROWD says judge one mock at once by the whole of
// the largest contract, each in a world of its own, and holds that no verdict of any differs
// from that of one who is alone. Each client is a process, as clients are, so that the race
// detector looks at the mock alone. `make crowd` is the one with 64.
func TestCrowd(t *testing.T) {
	clients, err := strconv.Atoi(os.Getenv("ROLLCALL_CROWD"))
	if err != nil || clients < 1 {
		t.Skip("make crowd runs it: it takes long")
	}
	binary := filepath.Join(t.TempDir(), "rollcall")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	mock := rollcalltest.Start(t, "volunteers", func(c *mockserver.Config) { c.MaxWorlds = 100 * (clients + 1) })
	alone := crowdVerdicts(t, binary, inAWorld(t, mock))
	if len(alone) == 0 {
		t.Fatal("who is alone gets no verdict")
	}
	var all sync.WaitGroup
	for i := range clients {
		target := inAWorld(t, mock)
		all.Go(func() {
			its := crowdVerdicts(t, binary, target)
			if len(its) != len(alone) {
				t.Errorf("client %d: %d verdicts, alone %d", i, len(its), len(alone))
			}
			for id, verdict := range its {
				if verdict != alone[id] {
					t.Errorf("client %d: %s is %s, alone it is %s", i, id, verdict, alone[id])
				}
			}
		})
	}
	all.Wait()
	count := map[string]int{}
	for _, verdict := range alone {
		count[verdict]++
	}
	t.Logf("%d clients at once, %d verdicts each: %s", clients, len(alone), fmt.Sprint(count))
}

// inAWorld is the mock as somebody knows it who was given an address and nothing else: all
// cases of a run are in the one world of the address.
func inAWorld(t *testing.T, mock *rollcalltest.Mock) target.Target {
	own := mock.World(t)
	known := own.Target()
	known.URL, known.Worlds, known.Transport = own.URL, "", nil
	known.Timeouts.Answer = target.Duration(2 * time.Minute) // a crowd on few processors has to wait
	return known
}

func crowdVerdicts(t *testing.T, binary string, its target.Target) map[string]string {
	dir := t.TempDir()
	config, report := filepath.Join(dir, "target.yaml"), filepath.Join(dir, "run.json")
	text, err := json.Marshal(its)
	if err != nil {
		t.Error(err)
		return nil
	}
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Error(err)
		return nil
	}
	out, _ := exec.CommandContext(t.Context(), binary, "test", "volunteers", "--config", config, "--json", report,
		"--seed", "1", "--procs", "1", "--yes", "-q", "--ledger", filepath.Join(dir, "ledger")).CombinedOutput()
	file, err := os.Open(report)
	if err != nil {
		t.Errorf("%v\n%s", err, out)
		return nil
	}
	defer file.Close()
	run, err := reports.ReadRun(file)
	if err != nil {
		t.Error(err)
		return nil
	}
	return verdictsOf(run)
}
