package cli

import (
	"context"
	"fmt"
	"os"
	"time"
)

// How long after a signal a server waits for calls that are under way, and everything
// else for what it is at.
const (
	drainFor = time.Second
	endAfter = 1900 * time.Millisecond
)

// endSoon ends the process, by exit, some time after a signal, unless it has ended by
// itself: making a million records asks nobody whether it is still wanted.
func endSoon(ctx context.Context, done <-chan struct{}, after time.Duration, exit func()) {
	select {
	case <-done:
		return
	case <-ctx.Done():
	}
	select {
	case <-done:
	case <-time.After(after):
		exit()
	}
}

// giveUp ends the process at once.
func giveUp(name string, s Streams) {
	fmt.Fprintln(s.Err, name+": interrupted before it was done")
	os.Exit(int(ExitInconclusive))
}
