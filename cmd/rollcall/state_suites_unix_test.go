//go:build unix

package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"rollcall/mockserver/durable/pgtest"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// TestSuitesAgainstReplicas has the suites judge three mocks that share a state, behind a proxy
// that hands each request to another one: whoever asks sees what was written, wherever it was.
// `make state-tests` runs it: it takes minutes.
func TestSuitesAgainstReplicas(t *testing.T) {
	if os.Getenv("ROLLCALL_SUITES") == "" {
		t.Skip("make state-tests runs it: it takes minutes")
	}
	pg := pgtest.Start(t)
	var replicas []*replica
	for i := range 3 {
		replicas = append(replicas, newReplica(t, fmt.Sprint("r", i), "--state", pg.URL("suites", ""), "--replica",
			fmt.Sprint("r", i)))
	}
	base := balanced(t, replicas...)
	for _, name := range contract.Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			c := exec.Command("rollcall", "test", name, "--target", base+"/"+name)
			c.Env = append(os.Environ(), "XDG_CACHE_HOME="+t.TempDir())
			out, err := c.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "\nCONFORMANT") {
				t.Errorf("%v\n%s", err, out)
			}
			t.Logf("%.1500s", out[max(0, len(out)-300):])
		})
	}
}
