package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"rollcall/cmd/rollcall/internal/load"
)

type benchOptions struct {
	size        string
	contracts   []string
	rounds      int
	seconds     float64
	connections int
	concurrency bool
	growth      bool
	million     bool
	json        string
}

func newBench(s Streams) *cobra.Command {
	o := &benchOptions{}
	c := &cobra.Command{
		Use:   "bench",
		Short: "Measure the mock as shipped beside a bare net/http server that writes the same bytes",
		Long: "Starts the mock and a bare server as processes of their own, pinned to one processor where\n" +
			"taskset is there, and loads them in turn from another one. Figures are ratios of medians.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return runBench(c.Context(), s, o) },
	}
	f := c.Flags()
	f.StringVar(&o.size, "size", "small", "amount of data in the mock")
	f.StringSliceVar(&o.contracts, "contract", []string{"council", "volunteers"}, "contracts to load")
	f.IntVar(&o.rounds, "rounds", 5, "interleaved rounds")
	f.Float64Var(&o.seconds, "seconds", 1, "length of one load")
	f.IntVar(&o.connections, "connections", 32, "connections at once")
	f.BoolVar(&o.concurrency, "concurrency", false, "the first load with 1, 2, 8, 64 and 512 connections, and beside a load of writes, instead")
	f.BoolVar(&o.growth, "growth", false, "what reading costs with 1,000, 10,000 and 100,000 users of volunteers, instead")
	f.BoolVar(&o.million, "million", false, "with --growth: a million users, too, which takes minutes and 6 GiB")
	f.StringVar(&o.json, "json", "", "write the figures")
	c.AddCommand(newBare(s))
	return c
}

// newBare is the process of the bare server: it reads what to answer.
func newBare(s Streams) *cobra.Command {
	var file, portFile string
	c := &cobra.Command{
		Use: "bare", Hidden: true, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			raw, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			var answers []load.Recorded
			if err := json.Unmarshal(raw, &answers); err != nil {
				return err
			}
			l, err := load.Listen()
			if err != nil {
				return err
			}
			if err := writePort(portFile, port(l)); err != nil {
				return err
			}
			return serve(c.Context(), l, load.Bare(answers))
		},
	}
	c.Flags().StringVar(&file, "answers", "", "file of recorded answers")
	c.Flags().StringVar(&portFile, "port-file", "", "write the port here")
	c.SetOut(s.Out)
	return c
}

// figure is one row of the table: medians over the rounds.
type figure struct {
	Name      string  `json:"name"`
	Mock      float64 `json:"mock_per_second"`
	Bare      float64 `json:"bare_per_second"`
	Ratio     float64 `json:"ratio"`
	Low       float64 `json:"ratio_lowest"`
	High      float64 `json:"ratio_highest"`
	P50       float64 `json:"mock_p50_us"`
	P99       float64 `json:"mock_p99_us"`
	P999      float64 `json:"mock_p999_us"`
	BareP99   float64 `json:"bare_p99_us"`
	Bytes     int     `json:"answer_bytes"`
	MemoryKiB int     `json:"mock_resident_kib"`
}

func runBench(ctx context.Context, s Streams, o *benchOptions) error {
	if o.million && !o.growth {
		return exit(ExitUsage, "--million is part of the growth table; give --growth, too")
	}
	if o.growth {
		return runGrowth(ctx, s, o)
	}
	b, err := newBencher(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	figures, err := b.figures()
	if err != nil {
		return &Exit{Code: ExitTarget, Err: err}
	}
	if err := printFigures(s.Out, figures, o); err != nil {
		return err
	}
	if o.json == "" {
		return nil
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", "  ")
	if err := e.Encode(map[string]any{"schema": "rollcall.bench/v1", "version": Version, "size": o.size, "connections": o.connections, "figures": figures}); err != nil {
		return err
	}
	return writeFile(o.json, out.Bytes())
}

// figures measures what was asked for.
func (b *bencher) figures() ([]figure, error) {
	if b.concurrency {
		return b.crowds()
	}
	var all []figure
	for _, sc := range b.scenarios {
		f, err := b.measure(sc)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", sc.name, err)
		}
		all = append(all, f)
	}
	return all, nil
}

func (b *bencher) measure(sc scenario) (figure, error) {
	serial := &atomic.Int64{}
	serial.Store(time.Now().UnixNano() % 1_000_000_000)
	plan := func(address string, d time.Duration) load.Plan {
		return load.Plan{Address: address, Request: sc.wire(address), Serial: sc.serial, Connections: b.connections, Duration: d, Status: sc.status}
	}
	round := time.Duration(b.seconds * float64(time.Second))
	for _, address := range []string{b.mock.address, b.bare.address} {
		if _, err := load.Run(plan(address, round/4), serial); err != nil {
			return figure{}, err
		}
	}
	var ratios, mock, bare, p50, p99, p999, bareP99 []float64
	for range b.rounds {
		m, err := load.Run(plan(b.mock.address, round), serial)
		if err != nil {
			return figure{}, err
		}
		n, err := load.Run(plan(b.bare.address, round), serial)
		if err != nil {
			return figure{}, err
		}
		ratios = append(ratios, m.PerSecond/n.PerSecond)
		mock, bare = append(mock, m.PerSecond), append(bare, n.PerSecond)
		p50, p99, p999 = append(p50, micros(m.P50)), append(p99, micros(m.P99)), append(p999, micros(m.P999))
		bareP99 = append(bareP99, micros(n.P99))
	}
	return figure{Name: sc.name, Mock: median(mock), Bare: median(bare), Ratio: median(ratios), Low: slices.Min(ratios), High: slices.Max(ratios),
		P50: median(p50), P99: median(p99), P999: median(p999), BareP99: median(bareP99), Bytes: len(sc.answer.Body), MemoryKiB: b.mock.resident()}, nil
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

func printFigures(w io.Writer, figures []figure, o *benchOptions) error {
	fmt.Fprintf(w, "%d rounds of %.1f s, %d connections, %s data; medians (lowest to highest)\n", o.rounds, o.seconds, o.connections, o.size)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "LOAD\tRATIO TO BARE\tMOCK/S\tBARE/S\tP50 µs\tP99 µs\tP99.9 µs\tBARE P99 µs\tBYTES\tRESIDENT MiB")
	for _, f := range figures {
		fmt.Fprintf(t, "%s\t%.2f (%.2f to %.2f)\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%d\t%d\n",
			f.Name, f.Ratio, f.Low, f.High, f.Mock, f.Bare, f.P50, f.P99, f.P999, f.BareP99, f.Bytes, f.MemoryKiB/1024)
	}
	return t.Flush()
}
