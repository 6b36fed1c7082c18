package command

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"rollcall/cmd/rollcall/internal/load"
)

// crowds measures the first load with ever more connections, then beside a load
// of writes to the same world.
func (b *bencher) crowds() ([]figure, error) {
	first := b.scenarios[0]
	var all []figure
	for _, n := range []int{1, 2, 8, 64, 512} {
		b.connections = n
		mock, bare, err := b.duel(first, b.rounds, b.seconds, full(), newSerial())
		if err != nil {
			return nil, fmt.Errorf("%s with %d connections: %w", first.name, n, err)
		}
		f := mock.figure(fmt.Sprintf("%s, %d connections", first.name, n))
		f.Bare, f.Ratio, f.BareP99 = median(bare.rates), median(mock.rates)/median(bare.rates), median(bare.p99)
		all = append(all, f)
	}
	b.connections = 16
	mixed, err := b.besideWrites(first)
	return append(all, mixed...), err
}

func (s *series) figure(name string) figure {
	return figure{Name: name, Mock: median(s.rates), P50: median(s.p50), P99: median(s.p99), P999: median(s.p999), MemoryKiB: s.process.resident()}
}

// besideWrites measures a reading load while another one writes.
func (b *bencher) besideWrites(sc scenario) ([]figure, error) {
	at := slices.IndexFunc(b.scenarios, func(s scenario) bool { return s.serial != "" })
	if at < 0 {
		return nil, fmt.Errorf("there is no writing load beside %s", sc.name)
	}
	plan := func(s scenario) load.Plan {
		return load.Plan{Address: b.mock.address, Request: s.wire(b.mock.address), Serial: s.serial, Connections: b.connections,
			Duration: time.Duration(b.seconds * float64(time.Second) * float64(b.rounds)), Status: s.status}
	}
	writes := &series{process: b.mock}
	done := make(chan error, 1)
	go func() { done <- writes.round(plan(b.scenarios[at]), newSerial()) }()
	reads := &series{process: b.mock}
	err := reads.round(plan(sc), newSerial())
	if failed := <-done; err == nil {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	return []figure{
		reads.figure(fmt.Sprintf("%s, %d beside as many that write", sc.name, b.connections)),
		writes.figure(fmt.Sprintf("%s, those %d", b.scenarios[at].name, b.connections)),
	}, nil
}

func printCrowds(w io.Writer, figures []figure, o *benchOptions) error {
	fmt.Fprintf(w, "%d rounds of %.1f s, %s data; medians; times in µs\n\n", o.rounds, o.seconds, o.size)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "LOAD\tRATIO TO BARE\tMOCK/S\tBARE/S\tP50\tP99\tP99.9\tBARE P99")
	for _, f := range figures {
		ratio, bare, p99 := "", "", ""
		if f.Bare > 0 {
			ratio, bare, p99 = fmt.Sprintf("%.2f", f.Ratio), fmt.Sprintf("%.0f", f.Bare), fmt.Sprintf("%.0f", f.BareP99)
		}
		fmt.Fprintf(t, "%s\t%s\t%.0f\t%s\t%.0f\t%.0f\t%.0f\t%s\n", f.Name, ratio, f.Mock, bare, f.P50, f.P99, f.P999, p99)
	}
	return t.Flush()
}
