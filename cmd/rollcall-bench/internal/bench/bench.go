// Package bench is the command rollcall-bench: it starts the servers, loads them
// in turn and prints what came of it.
package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall-bench/internal/load"
)

type options struct {
	size        string
	contracts   []string
	rounds      int
	seconds     float64
	connections int
	concurrency bool
	growth      bool
	state       bool
	postgres    string
	only        string
	json        string
	rollcall    string
}

// Main runs the command line and gives the exit code.
func Main(args []string, s cli.Streams) (code int) {
	defer cli.Rescue("rollcall-bench", s, &code)
	return cli.Execute(newRoot(s), args, s)
}

func newRoot(s cli.Streams) *cobra.Command {
	o := &options{}
	c := &cobra.Command{
		Use:   "rollcall-bench",
		Short: "Measure the mock as shipped beside a bare net/http server that writes the same bytes",
		Long: "Starts the mock, a bare server and a floor as processes of their own, pinned to one processor\n" +
			"where taskset is there, and loads them in turn from the others: as fast as they answer, by wrk\n" +
			"where it is installed and by its own client, then each at half of the rate it has reached\n" +
			"itself. Figures are medians over the rounds.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := o.check(c.Flags()); err != nil {
				return err
			}
			return runBench(c.Context(), s, o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.size, "size", "small", "amount of data in the mock")
	f.StringSliceVar(&o.contracts, "contract", []string{"council", "volunteers"}, "contracts to load")
	f.IntVar(&o.rounds, "rounds", 10, "interleaved rounds, 1 to 1000")
	f.Float64Var(&o.seconds, "seconds", 0.5, "length of one load in seconds, 0.05 to 600")
	f.IntVar(&o.connections, "connections", 32, "connections at once, 1 to 10000")
	f.BoolVar(&o.concurrency, "concurrency", false,
		"the first load with 1, 2, 8, 64 and 512 connections, and beside a load of writes, instead")
	f.BoolVar(&o.growth, "growth", false,
		"what reading costs with 1,000 to 1,000,000 users of volunteers, instead; a million takes minutes and about 5 GiB, "+
			"and is left out, with a word, where less than 7 GiB are free")
	f.BoolVar(&o.state, "state", false, "what it costs to keep the state, in a file and with --postgres, instead")
	f.StringVar(&o.postgres, "postgres", "",
		"database for --state, as postgres://user@host/database; what a mock kept there is lost")
	f.StringVar(&o.only, "only", "", "the loads whose name has this text")
	f.StringVar(&o.json, "json", "", "write the figures")
	f.StringVar(&o.rollcall, "rollcall", "", "binary of rollcall that serves the mock (default: the one beside this binary)")
	c.AddCommand(newBare(s))
	return c
}

func runBench(ctx context.Context, s cli.Streams, o *options) error {
	if o.growth {
		return runGrowth(ctx, s, o)
	}
	if o.state {
		return runState(ctx, s, o)
	}
	leaveToServers()
	b, err := newBencher(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	b.clients = clients(s, b.dir)
	if o.concurrency {
		return b.runCrowds(ctx, s)
	}
	return b.runFigures(ctx, s)
}

// clients are wrk where it is installed, which is quoted then, and the client of this program.
func clients(s cli.Streams, folder string) []load.Client {
	own := load.Own()
	wrk, err := exec.LookPath("wrk")
	if err != nil {
		fmt.Fprintln(s.Err, "NOT RUN: wrk is not installed, so no client of other authors has loaded the servers; "+
			"what is quoted is this program's own, by which the mock comes off better")
		return []load.Client{own}
	}
	return []load.Client{load.Wrk(wrk, folder), own}
}

// runFigures measures the loads, and with all of them what a start takes.
func (b *bencher) runFigures(ctx context.Context, s cli.Streams) error {
	figures, err := b.figures()
	if err != nil {
		return &cli.Exit{Code: cli.ExitTarget, Err: err}
	}
	if err := printFigures(s.Out, figures, b.options); err != nil {
		return err
	}
	written := map[string]any{"schema": "rollcall.bench/v3", "size": b.size, "connections": b.connections,
		"quoted": b.clients[0].Name, "figures": figures}
	if b.only == "" {
		starts, err := b.starts(ctx)
		if err != nil {
			return &cli.Exit{Code: cli.ExitTarget, Err: err}
		}
		fmt.Fprintln(s.Out)
		if err := printStarts(s.Out, starts); err != nil {
			return err
		}
		written["starts"] = starts
	}
	return writeFigures(ctx, b.json, written)
}

// writeFigures writes what was measured, with the machine it was measured on.
// Without a file it does nothing.
func writeFigures(ctx context.Context, file string, figures map[string]any) error {
	if file == "" {
		return nil
	}
	figures["version"], figures["machine"] = cli.Version, thisMachine()
	out, err := json.MarshalIndent(figures, "", "  ")
	if err != nil {
		return err
	}
	return cli.WriteFile(ctx, file, append(out, '\n'))
}

// machine is what figures depend on.
type machine struct {
	System     string `json:"system"`
	Processor  string `json:"processor,omitempty"`
	Processors int    `json:"processors"`
	Go         string `json:"go"`
}

func thisMachine() machine {
	m := machine{System: runtime.GOOS + "/" + runtime.GOARCH, Processors: runtime.NumCPU(), Go: runtime.Version()}
	raw, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return m // another system; the processor has no name then
	}
	if _, rest, ok := strings.Cut(string(raw), "model name"); ok {
		name, _, _ := strings.Cut(rest, "\n")
		m.Processor = strings.Trim(name, "\t :")
	}
	return m
}
