package command

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"rollcall/mockserver/adminclient"
	"rollcall/specs/format"
)

// mostMoved is how far a clock can be moved at once, in whole days of what Go's durations hold.
const mostMoved = 106_751 * 24 * time.Hour

// worldClock tells or moves the clock of a world.
func worldClock() worldCall {
	var o struct {
		now           string
		advance       time.Duration
		freeze, going bool
		scale         float64
		back          bool
	}
	return worldCall{"clock <world>", "Print the time of a world, or set, move, stop or pace its clock", 1, 1,
		func(f *pflag.FlagSet) {
			f.StringVar(&o.now, "now", "", "set it, as 2026-11-01T09:00:00Z")
			durationFlag(f, &o.advance, "advance", 0, -mostMoved, mostMoved, "move it, as 36h or -10m")
			f.BoolVar(&o.freeze, "freeze", false, "let it stand")
			f.BoolVar(&o.going, "go", false, "let it go on")
			floatFlag(f, &o.scale, "scale", 0, 0, 1_000_000, "seconds of the world in one of this machine")
			f.BoolVar(&o.back, "back", false, "put it back to how worlds begin")
		},
		func(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
			order := adminclient.ClockOrder{AdvanceMS: o.advance.Milliseconds()}
			at, isTime := format.Instant(o.now)
			switch {
			case o.freeze && o.going:
				return nil, exit(ExitUsage, "--freeze and --go are opposites: give one of them")
			case o.now != "" && (!isTime || !format.Writable(at)):
				return nil, exit(ExitUsage, "--now %.80q is no time: write it as 2026-11-01T09:00:00Z", o.now)
			case o.now != "":
				order.Now = &at
			}
			if o.freeze || o.going {
				order.Frozen = &o.freeze
			}
			if o.scale != 0 {
				order.Scale = &o.scale
			}
			switch {
			case o.back:
				return m.ResetClock(ctx, args[0])
			case order == adminclient.ClockOrder{}:
				return m.Clock(ctx, args[0])
			}
			return m.SetClock(ctx, args[0], order)
		},
		func(out *lines, got any) {
			c := got.(adminclient.Clock)
			pace := fmt.Sprintf("goes at %v", c.Scale)
			if c.Frozen {
				pace = "stands"
			}
			out.add("%s %s", c.Now.Format(time.RFC3339Nano), pace)
		}}
}

// worldCredential prints what a caller sends to be somebody in a world.
func worldCredential() worldCall {
	persona := ""
	return worldCall{"credential <world> <contract>", "Print the headers by which a persona calls in one world", 2, 2,
		func(f *pflag.FlagSet) { f.StringVar(&persona, "as", "default", "the persona") },
		func(ctx context.Context, m *adminclient.Client, args []string) (any, error) {
			return m.Credential(ctx, args[0], args[1], persona)
		},
		func(out *lines, got any) {
			headers := got.(adminclient.Credential).Headers
			for _, name := range slices.Sorted(maps.Keys(headers)) {
				out.add("%s: %s", name, headers[name])
			}
		}}
}
