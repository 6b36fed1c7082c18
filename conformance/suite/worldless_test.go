package suite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestWorldsThatHangEndTheRun: what was waited for in vain once is not waited for by each case; what was refused may
// come for another.
func TestWorldsThatHangEndTheRun(t *testing.T) {
	s := &session{target: Target{Worlds: "http://worlds.example/w"}}
	if s.worldless(errors.New("POST /w answered 503")); s.away() {
		t.Error("a refusal ends the run")
	}
	s.worldless(fmt.Errorf("reading: %w", context.DeadlineExceeded))
	if err := s.noWorlds.Load(); !s.away() || err == nil || !strings.Contains(err.Error(), "http://worlds.example/w") {
		t.Errorf("the run goes on: %v", err)
	}
}
