//go:build unix

package main_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// TestKilledMock kills a mock whose state is in a file, at random moments while four clients
// create wards, and holds each time that it begins again with every ward that was acknowledged,
// and with none that nobody asked for. `make state-kills` does it 1,000 times.
func TestKilledMock(t *testing.T) {
	kills := 3
	if n, err := strconv.Atoi(os.Getenv("ROLLCALL_KILLS")); err == nil {
		kills = n
	}
	mock := newReplica(t, "mock", "council", "--state", filepath.Join(t.TempDir(), "state.db"))
	c := newCaller()
	asked, acknowledged := sync.Map{}, sync.Map{}
	made := 0
	for kill := range kills {
		var all sync.WaitGroup
		for client := range 4 {
			all.Go(func() {
				for n := 0; ; n++ {
					name := fmt.Sprintf("Killed %d %d %d", kill, client, n)
					asked.Store(name, true)
					status, _, err := c.call("POST", mock.url+"/api/wards", wardNamed(name))
					if err != nil {
						return // it is dead
					}
					if status == http.StatusCreated {
						acknowledged.Store(name, true)
					}
				}
			})
		}
		time.Sleep(time.Duration(20+rand.IntN(120)) * time.Millisecond)
		mock.kill()
		all.Wait()
		mock.start()
		made = compare(t, kill, c.wards(t, mock.url), &asked, &acknowledged)
		if t.Failed() {
			return
		}
	}
	if made == 0 {
		t.Error("no ward was ever made, so that nothing was seen")
	}
	t.Logf("killed %d times; %d wards were acknowledged, and are there", kills, made)
}

// compare holds what is there against what was asked for and what was acknowledged.
func compare(t *testing.T, kill int, there map[string]string, asked, acknowledged *sync.Map) (made int) {
	t.Helper()
	count := map[string]int{}
	for _, name := range there {
		count[name]++
		if _, ok := asked.Load(name); !ok && len(name) > 6 && name[:6] == "Killed" {
			t.Errorf("kill %d: nobody asked for %q", kill, name)
		}
		if count[name] > 1 && name[:6] == "Killed" {
			t.Errorf("kill %d: %q is there %d times", kill, name, count[name])
		}
	}
	acknowledged.Range(func(name, _ any) bool {
		if made++; count[name.(string)] == 0 {
			t.Errorf("kill %d: %q was acknowledged and is lost", kill, name)
		}
		return true
	})
	return made
}
