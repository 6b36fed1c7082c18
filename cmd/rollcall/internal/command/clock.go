package command

import (
	"time"

	"github.com/spf13/pflag"

	"rollcall/mockserver"
	"rollcall/specs/format"
)

// clockOptions say what time it is in the worlds of a mock, and in its data.
type clockOptions struct {
	start, dataNow string
	scale          float64
}

// asMade leaves the dates of the data as they are made. With more data than muchData it is
// the default: to move them all takes as long as to make them.
const (
	asMade   = "as-made"
	muchData = 20_000
)

func (o *clockOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.start, "clock", "",
		"time at which the clock of every world stands, as 2026-11-01T00:00:00Z, until it is moved")
	floatFlag(f, &o.scale, "clock-scale", 0, 0, 1_000_000,
		"seconds of a world in one of this machine; with --clock, 1 lets it go on from there")
	f.StringVar(&o.dataNow, "data-now", "",
		"day on which the dates in the data are recent: start, as-made, or 2026-11-01; start unless --size is over 20000")
}

// set puts the options into a configuration.
func (o *clockOptions) set(c *mockserver.Config, began time.Time) error {
	c.ClockScale = o.scale
	if o.start != "" {
		var ok bool
		if c.ClockStart, ok = format.Instant(o.start); !ok || !format.Writable(c.ClockStart) {
			return exit(ExitUsage, "--clock %q is no time: write it as 2026-11-01T00:00:00Z", o.start)
		}
		began = c.ClockStart
	}
	if o.dataNow == "" && c.Size > muchData {
		o.dataNow = asMade
	}
	switch o.dataNow {
	case "start", "":
		c.DataNow = began
	case asMade:
	default:
		var ok bool
		if c.DataNow, ok = format.Date(o.dataNow); !ok {
			return exit(ExitUsage, "--data-now %q is neither start, %s nor a day as 2026-11-01", o.dataNow, asMade)
		}
	}
	return nil
}
