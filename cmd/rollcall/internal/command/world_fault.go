package command

import (
	"context"
	"encoding/json"
	"time"

	"github.com/spf13/pflag"

	"rollcall/mockserver/adminclient"
)

// worldFault has something go wrong in a world, lists what does, or lifts it.
func worldFault() worldCall {
	var f struct {
		adminclient.Fault
		delay   time.Duration
		breaks  string
		lift    string
		liftAll bool
	}
	return worldCall{"fault <world>", "Have something go wrong in a world on purpose; without a flag, print what does", 1, 1,
		func(flags *pflag.FlagSet) {
			flags.StringVar(&f.Contract, "contract", "", "only for calls of this contract")
			flags.StringVar(&f.Operation, "operation", "", "only for this operation")
			flags.StringVar(&f.Method, "method", "", "only for this method")
			flags.StringVar(&f.Path, "path", "", "only for paths like this: /api/wards/*")
			intFlag(flags, &f.Times, "times", 0, 0, 1_000_000, "for so many calls; 0 is all")
			floatFlag(flags, &f.Probability, "probability", 0, 0, 1, "that a call meets it, drawn from a seed; 0 is always")
			intFlag(flags, &f.Status, "status", 0, 0, 599, "refuse with this status, in the contract's own shape")
			intFlag(flags, &f.RetryAfter, "retry-after", 0, 0, 86_400, "seconds, in the header Retry-After")
			durationFlag(flags, &f.delay, "delay", 0, 0, 10*time.Minute, "let the answer wait so long")
			flags.StringVar(&f.breaks, "break", "", "reset, empty, garbage, truncate or slow")
			flags.StringVar(&f.lift, "lift", "", "lift the fault of this id")
			flags.BoolVar(&f.liftAll, "lift-all", false, "lift all")
		},
		func(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
			if f.lift != "" || f.liftAll {
				if f.lift != "" && f.liftAll {
					return nil, exit(ExitUsage, "--lift names one and --lift-all means all: give one of them")
				}
				return []adminclient.Fault{}, m.RemoveFault(ctx, args[0], f.lift)
			}
			if f.delay > 0 {
				f.Delay = &adminclient.Delay{MS: float64(f.delay.Microseconds()) / 1000}
			}
			f.Break = adminclient.Break(f.breaks)
			if f.Status == 0 && f.Delay == nil && f.Break == "" && f.RetryAfter == 0 {
				if f.Contract+f.Operation+f.Method+f.Path != "" || f.Times != 0 || f.Probability != 0 {
					return nil, exit(ExitUsage, "what is to happen? Give --status, --delay or --break")
				}
				return m.Faults(ctx, args[0])
			}
			made, err := m.AddFault(ctx, args[0], f.Fault)
			return []adminclient.Fault{made}, err
		}, showFaults}
}

func showFaults(out *lines, got any) {
	for _, f := range got.([]adminclient.Fault) {
		text, err := json.Marshal(f)
		if err != nil { // numbers alone can be none of JSON's, and these came as JSON
			text = []byte(err.Error())
		}
		out.add("%s %s", f.ID, text)
	}
}

func showSnapshots(out *lines, got any) {
	for _, one := range got.([]adminclient.Snapshot) {
		out.add("%s of %s at %s", one.Name, one.Of, one.At.Format(time.RFC3339))
	}
}
