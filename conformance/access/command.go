package access

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"rollcall/specs/trouble"
)

const (
	commandTime = time.Minute // for one command of the target's file
	mostPrinted = 10 << 20    // bytes that it may print, as many as an answer may have
)

// errTooMuch ends a command that prints without end.
var errTooMuch = fmt.Errorf("printed more than %d bytes, and was ended: have it print its result alone", mostPrinted)

// run carries a command of the target's file out and returns what it printed.
func run(ctx context.Context, command []string, input []byte) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, commandTime)
	defer cancel()
	limited, stop := context.WithCancelCause(limited)
	defer stop(nil)
	c := exec.CommandContext(limited, command[0], command[1:]...)
	c.Stdin = bytes.NewReader(input)
	out, said := &output{stop: stop}, &count{}
	c.Stdout, c.Stderr = out, said
	c.WaitDelay = time.Second
	endTogether(c)
	err := c.Run()
	switch {
	case err == nil:
		return out.held.Bytes(), nil
	case errors.Is(context.Cause(limited), errTooMuch):
		return nil, fmt.Errorf("%s: %w", command[0], errTooMuch)
	case errors.Is(err, exec.ErrWaitDelay):
		_ = c.Cancel() // what it left is of a command that failed
		return nil, fmt.Errorf("%s has ended, but what it started holds its output open: "+
			"have that write elsewhere (>/dev/null 2>&1), or wait for its end", command[0])
	case ctx.Err() == nil && errors.Is(limited.Err(), context.DeadlineExceeded):
		err = fmt.Errorf("it had not ended after %v, and was ended", commandTime)
	}
	if errors.Is(err, exec.ErrNotFound) {
		return nil, fmt.Errorf("%s: %w", command[0], trouble.Plain(err))
	}
	// What it says may hold what it was given or has made, which nobody knows yet.
	if printed := out.held.Len() + said.bytes; printed > 0 {
		return nil, fmt.Errorf("%s: %w, having printed %d bytes, which are not shown; run it by itself to read them",
			command[0], err, printed)
	}
	return nil, fmt.Errorf("%s: %w", command[0], err)
}

// output holds what is written, up to the bound. It has no other way in than Write: what copies into a
// buffer by its own way goes round every bound.
type output struct {
	held bytes.Buffer
	stop func(error)
}

func (o *output) Write(p []byte) (int, error) {
	if o.held.Len()+len(p) > mostPrinted {
		o.stop(errTooMuch)
		return 0, errTooMuch
	}
	return o.held.Write(p)
}

// count counts what nobody reads.
type count struct{ bytes int }

func (c *count) Write(p []byte) (int, error) {
	c.bytes += len(p)
	return len(p), nil
}
