package bench

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"rollcall/cmd/internal/cli"
)

// check refuses what can't be measured or written before anything is started: a
// measurement takes minutes.
func (o *options) check(flags *pflag.FlagSet) error {
	if o.rounds < 1 || o.rounds > 1000 {
		return cli.Exitf(cli.ExitUsage, "--rounds is %d; give a number from 1 to 1000", o.rounds)
	}
	if !(o.seconds >= 0.05 && o.seconds <= 600) { // so written, it is true for NaN
		return cli.Exitf(cli.ExitUsage, "--seconds is %v; give a number from 0.05 to 600, the length of one load", o.seconds)
	}
	if o.connections < 1 || o.connections > 10_000 {
		return cli.Exitf(cli.ExitUsage, "--connections is %d; give a number from 1 to 10000", o.connections)
	}
	if o.growth {
		if err := alone(flags, "growth", "has its own data and loads", "size", "contract", "only", "concurrency"); err != nil {
			return err
		}
	}
	if o.concurrency {
		if err := alone(flags, "concurrency", "has its own numbers of connections", "connections"); err != nil {
			return err
		}
	}
	if o.state {
		if err := alone(flags, "state", "has its own loads", "contract", "only", "concurrency", "growth"); err != nil {
			return err
		}
	}
	o.contracts = distinct(o.contracts)
	if err := cli.Writable("json", o.json); err != nil {
		return err
	}
	var err error
	o.rollcall, err = findRollcall(o.rollcall)
	return err
}

// alone refuses flags that another one leaves without effect. Those of the
// environment count too, hence the second name.
func alone(flags *pflag.FlagSet, name, reason string, others ...string) error {
	for _, other := range others {
		if flags.Changed(other) {
			return cli.Exitf(cli.ExitUsage,
				"--%s has no effect with --%s, which %s; leave out one of them (ROLLCALL_%s sets it too)",
				other, name, reason, strings.ToUpper(other))
		}
	}
	return nil
}

// distinct drops what is named again and keeps the order.
func distinct(names []string) (once []string) {
	for _, n := range names {
		if !slices.Contains(once, n) {
			once = append(once, n)
		}
	}
	return once
}
