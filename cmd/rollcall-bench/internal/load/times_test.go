package load

import (
	"slices"
	"testing"
	"time"
)

// TestSummarise holds that a tail keeps a thousandth of its length, however far it
// is from the middle, and that a load without an answer has no figures.
func TestSummarise(t *testing.T) {
	few := func(times ...time.Duration) []time.Duration { return times }
	ramp := make([]time.Duration, 1000)
	for i := range ramp {
		ramp[i] = time.Duration(i+1) * time.Microsecond
	}
	tail := slices.Concat(ramp[:990], slices.Repeat(few(9*time.Minute), 10))
	for name, row := range map[string]struct {
		times          []time.Duration
		p50, p99, p999 time.Duration
	}{
		"none":           {nil, 0, 0, 0},
		"one":            {few(37 * time.Microsecond), 37 * time.Microsecond, 37 * time.Microsecond, 37 * time.Microsecond},
		"a thousand":     {ramp, 500 * time.Microsecond, 990 * time.Microsecond, 999 * time.Microsecond},
		"a far tail":     {tail, 500 * time.Microsecond, 990 * time.Microsecond, 9 * time.Minute},
		"less than a µs": {few(800, 900, 900, 900), 900, 900, 900},
	} {
		t.Run(name, func(t *testing.T) {
			times := newTimes()
			for _, d := range row.times {
				if err := times.RecordValue(int64(d)); err != nil {
					t.Fatal(err)
				}
			}
			got := summarise(times, 2*time.Second)
			if want := float64(len(row.times)) / 2; got.PerSecond != want || got.Answers != len(row.times) {
				t.Errorf("it is %v a second for %d answers, want %v for %d", got.PerSecond, got.Answers, want, len(row.times))
			}
			for _, q := range [][2]time.Duration{{got.P50, row.p50}, {got.P99, row.p99}, {got.P999, row.p999}} {
				if off := (q[0] - q[1]).Abs(); off > q[1]/1000 {
					t.Errorf("it is %v, want %v", q[0], q[1])
				}
			}
		})
	}
}
