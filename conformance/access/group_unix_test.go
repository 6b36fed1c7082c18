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
	"rollcall/specs/secret"
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

// TestACommandThatIsHeldUp holds that a command that prints without end, or leaves its output open, is ended
// in time and said to have done so, wherever the file names one.
func TestACommandThatIsHeldUp(t *testing.T) {
	for name, row := range map[string]struct{ does, says string }{
		"prints without end":       {"yes", "printed more than 10485760 bytes"},
		"prints without line ends": {"cat /dev/zero", "printed more than"},
		"leaves its output open":   {"sleep 61 & echo '{}'", "holds its output open"},
	} {
		command := []string{script(t, row.does)}
		for use, err := range map[string]func() error{
			"make": func() error {
				_, err := access.Prepare(t.Context(), &target.Target{Hooks: []target.Hook{{Make: command}}})
				return err
			},
			"token": func() error {
				personas := map[string]target.Persona{"p": {Token: &target.Token{Command: command}}}
				tokens := access.NewTokens(personas, nil, &secret.Keeper{})
				_, _, err := tokens.Header(t.Context(), "p")
				return err
			},
		} {
			if err := err(); err == nil || !strings.Contains(err.Error(), row.says) || len(err.Error()) > 400 {
				t.Errorf("%s, %s: %v", name, use, err)
			}
		}
	}
}
