package main_test

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"

	"rollcall/conformance"
	"rollcall/mockserver"
	"rollcall/mockserver/rollcalltest"
	"rollcall/specs/target"
)

// TestCrowd has as many clients as ROLLCALL_CROWD says judge one mock at once by the whole of
// the largest contract, each in a world of its own, and holds that no verdict of any differs
// from that of one who is alone. `make crowd` is the one with 64.
func TestCrowd(t *testing.T) {
	clients, err := strconv.Atoi(os.Getenv("ROLLCALL_CROWD"))
	if err != nil || clients < 1 {
		t.Skip("make crowd runs it: it takes long")
	}
	mock := rollcalltest.Start(t, "volunteers", func(c *mockserver.Config) { c.MaxWorlds = 100 * (clients + 1) })
	alone := verdicts(t, inAWorld(t, mock))
	if len(alone) == 0 {
		t.Fatal("who is alone gets no verdict")
	}
	var all sync.WaitGroup
	for i := range clients {
		target := inAWorld(t, mock)
		all.Go(func() {
			for id, verdict := range verdicts(t, target) {
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
	known.URL, known.Worlds = own.URL, ""
	return known
}

func verdicts(t *testing.T, target target.Target) map[string]string {
	run, err := conformance.Decide(t.Context(), target, conformance.Seed(1))
	if err != nil {
		t.Error(err)
		return nil
	}
	return verdictsOf(run)
}
