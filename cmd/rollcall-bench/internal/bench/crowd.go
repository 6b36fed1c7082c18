package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall-bench/internal/load"
)

// crowd is one row of the table: medians over the rounds, or one long round beside
// writes, where there is no bare server. Times are in microseconds.
type crowd struct {
	Name        string  `json:"name"`
	Connections int     `json:"connections"`
	Mock        float64 `json:"mock_per_second"`
	Bare        float64 `json:"bare_per_second,omitempty"`
	Ratio       float64 `json:"ratio,omitempty"`
	P50         float64 `json:"mock_p50_us"`
	P99         float64 `json:"mock_p99_us"`
	P999        float64 `json:"mock_p999_us,omitempty"`
	BareP99     float64 `json:"bare_p99_us,omitempty"`
	MemoryKiB   int     `json:"mock_resident_kib,omitempty"`
}

// runCrowds measures, prints and writes what --concurrency is about.
func (b *bencher) runCrowds(ctx context.Context, s cli.Streams) error {
	crowds, err := b.crowds()
	if err != nil {
		return &cli.Exit{Code: cli.ExitTarget, Err: err}
	}
	if err := printCrowds(s.Out, crowds, b.clients[0].Name, b.options); err != nil {
		return err
	}
	return writeFigures(ctx, b.json, map[string]any{"schema": "rollcall.bench-concurrency/v1", "size": b.size, "figures": crowds})
}

// crowds measures the first load with ever more connections, then beside a load
// of writes to the same world.
func (b *bencher) crowds() ([]crowd, error) {
	first := b.scenarios[0]
	var all []crowd
	for _, n := range []int{1, 2, 8, 64, 512} {
		b.connections = n
		mock, bare := &series{process: b.mock}, &series{process: b.bare}
		if err := b.compare(first, b.clients[0], newSerial(), mock, bare); err != nil {
			return nil, fmt.Errorf("%s with %d connections: %w", first.name, n, err)
		}
		c := mock.crowd(fmt.Sprintf("%s, %d connections", first.name, n), n)
		c.Bare, c.Ratio, c.BareP99 = median(bare.rates), median(mock.rates)/median(bare.rates), median(bare.p99)
		all = append(all, c)
	}
	b.connections = 16
	mixed, err := b.besideWrites(first)
	return append(all, mixed...), err
}

func (s *series) crowd(name string, connections int) crowd {
	return crowd{Name: name, Connections: connections, Mock: median(s.rates),
		P50: median(s.p50), P99: median(s.p99), P999: median(s.p999), MemoryKiB: s.process.resident()}
}

// writingBeside finds a load that writes among all there are, whatever is chosen
// to be measured: one of the same contract where there is one, so that both are
// about the same data.
func writingBeside(sc scenario, all []scenario) (scenario, bool) {
	contract, _, _ := strings.Cut(sc.name, " ")
	writes := func(s scenario) bool { return s.serial != "" }
	at := slices.IndexFunc(all, func(s scenario) bool { return writes(s) && strings.HasPrefix(s.name, contract+" ") })
	if at < 0 {
		at = slices.IndexFunc(all, writes)
	}
	if at < 0 {
		return scenario{}, false
	}
	return all[at], true
}

// longRound is how long the one round beside writes takes, in seconds.
func (o *options) longRound() float64 { return o.seconds * float64(o.rounds) }

// besideWrites measures a load while another one writes.
func (b *bencher) besideWrites(sc scenario) ([]crowd, error) {
	plan := func(s scenario) load.Plan { return b.plan(b.mock, s, b.longRound(), 0) }
	writes := &series{process: b.mock}
	done := make(chan error, 1)
	go func() { done <- writes.round(load.Own(), plan(b.writing), newSerial()) }()
	reads := &series{process: b.mock}
	err := reads.round(load.Own(), plan(sc), newSerial())
	if failed := <-done; err == nil {
		err = failed
	}
	if err != nil {
		return nil, fmt.Errorf("%s beside %s: %w", sc.name, b.writing.name, err)
	}
	return []crowd{
		reads.crowd(fmt.Sprintf("%s, %d beside as many that write", sc.name, b.connections), b.connections),
		writes.crowd(fmt.Sprintf("%s, those %d", b.writing.name, b.connections), b.connections),
	}, nil
}

func printCrowds(w io.Writer, crowds []crowd, client string, o *options) error {
	fmt.Fprintf(w, "%d rounds of %.6g s by %s, %s data; medians, but the last two rows, beside writes, are one round of %.6g s "+
		"by its own client; times in µs\n\n",
		o.rounds, o.seconds, client, o.size, o.longRound())
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "LOAD\tRATIO TO BARE\tMOCK/S\tBARE/S\tP50\tP99\tP99.9\tBARE P99")
	for _, c := range crowds {
		ratio, bare, p99, p999 := "", "", "", ""
		if c.P999 > 0 { // wrk does not tell it
			p999 = fmt.Sprintf("%.0f", c.P999)
		}
		if c.Bare > 0 {
			ratio, bare, p99 = fmt.Sprintf("%.2f", c.Ratio), fmt.Sprintf("%.0f", c.Bare), fmt.Sprintf("%.0f", c.BareP99)
		}
		fmt.Fprintf(t, "%s\t%s\t%.0f\t%s\t%.0f\t%.0f\t%s\t%s\n", c.Name, ratio, c.Mock, bare, c.P50, c.P99, p999, p99)
	}
	return t.Flush()
}
