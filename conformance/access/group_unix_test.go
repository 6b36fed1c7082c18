//go:build unix

package access_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"rollcall/conformance/access"
	"rollcall/specs/target"
)

// TestACommandEndsWithAllItStarted holds that nothing that a hook has started outlives its end.
func TestACommandEndsWithAllItStarted(t *testing.T) {
	at := filepath.Join(t.TempDir(), "pid")
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for range 500 {
			if raw, _ := os.ReadFile(at); len(raw) > 0 {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		cancel()
	}()
	_, err := access.Prepare(ctx,
		&target.Target{Hooks: []target.Hook{{Make: []string{script(t, "sleep 60 & echo $! > "+at+"; wait")}}}})
	if err == nil {
		t.Fatal("a hook that was ended succeeded")
	}
	raw, _ := os.ReadFile(at)
	pid, err := strconv.Atoi(strings.TrimSpace(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		state, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if syscall.Kill(pid, 0) != nil || strings.Contains(string(state), ") Z ") { // nobody may have asked for its end yet
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
	t.Error("what the hook had started is still running")
}
