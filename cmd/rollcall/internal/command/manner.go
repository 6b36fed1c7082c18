package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"rollcall/conformance/access"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// hooksEnd is how long after a signal a hook may go on to take away what was made.
const hooksEnd = 800 * time.Millisecond

// manner registers the flags that say how a run is gone about, whatever is made of it.
func (o *testOptions) manner(f *pflag.FlagSet) {
	floatFlag(f, &o.rate, "rate", 0, 0, 1_000_000, "requests a second at most; 0 is unlimited")
	f.BoolVar(&o.yes, "yes", false, "cases may change what is given as disposable, whatever the target file says")
	f.BoolVar(&o.keep, "keep-worlds", false, "leave the worlds of cases that did not pass at the mock, and name them")
	textFlag(f, &o.ledger, "ledger",
		"file for what is made on a target without worlds, until it is taken back (default: one in the user's cache folder)")
}

// goAbout finds the target, makes what a run over it needs, carries the run out, and takes away
// what was made. The time that the target's file gives a run bounds the context.
func (o *testOptions) goAbout(
	ctx context.Context, s Streams, c *contract.Contract, carryOut func(context.Context, suite.Config) error,
) (failed error) {
	o.target.listen = o.procs > 1
	target, err := o.target.resolve(ctx, c)
	if err != nil {
		return err
	}
	defer o.target.close()
	if err := suite.CheckTarget(&target, c); err != nil {
		return asExit(err)
	}
	if err := o.warn(s, c, target); err != nil {
		return err
	}
	remove, err := access.Prepare(ctx, &target)
	signal := ctx
	defer func() {
		after, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		defer context.AfterFunc(signal, func() { time.AfterFunc(hooksEnd, cancel) })()
		failed = errors.Join(failed, remove(after))
	}()
	if err != nil {
		return exit(ExitTarget, "%w", err)
	}
	suite.RegisterSecrets(&target, s.Secrets)
	if o.defects, o.variants = o.target.defects, o.target.variants; len(o.defects)+len(o.variants) == 0 {
		o.defects, o.variants = shapedBy(ctx, &target)
	}
	if limit := time.Duration(target.Timeouts.Run); limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	config, err := o.suiteConfig(ctx, s, c, target)
	if err != nil {
		return err
	}
	return carryOut(ctx, config)
}

// clearProgress takes the line of the progress off a terminal.
func clearProgress(s Streams) {
	if s.Terminal {
		fmt.Fprint(s.Err, "\r\033[K")
	}
}
