package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// ending are the signals by which people, terminals and systems ask a program to end. They
// mean one and the same: SIGQUIT, too, whose default shows what no user can read.
func ending() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT}
	if !signal.Ignored(syscall.SIGHUP) { // as under nohup, which is there to outlive the terminal
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// untilSignal gives a context that ends with the first signal, whose name is the cause. The
// second one does not wait for anything: it calls again.
func untilSignal(again func()) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	caught, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(caught, ending()...)
	// Who reads an output may go away before its end (`| head -1`). Being asked for, the signal
	// of that kills nobody; what is written then is an error, see leftAlone.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	go func() {
		for seen := 0; ; seen++ {
			select {
			case <-done:
				return
			case s := <-caught:
				cancel(fmt.Errorf("%s signal received", s))
			}
			if seen > 0 {
				again()
			}
		}
	}()
	return ctx, func() {
		signal.Stop(caught)
		close(done)
		cancel(nil)
	}
}

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
	fmt.Fprintln(s.Err, name+": interrupted before it was done; reports and results that were not yet written are lost"+
		s.Outputs.lost())
	os.Exit(int(ExitInconclusive))
}
