package bench

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall-bench/internal/load"
)

// kept is one row of what --state is about. Times are in microseconds.
type kept struct {
	Name  string  `json:"name"`
	Mock  float64 `json:"per_second"`
	P50   float64 `json:"p50_us"`
	P99   float64 `json:"p99_us"`
	Bare  float64 `json:"bare_per_second,omitempty"` // the same commits, made by nobody but the database's driver
	Ratio float64 `json:"ratio,omitempty"`
	Goal  string  `json:"goal,omitempty"`
}

// runState measures what it costs to keep the state.
func runState(ctx context.Context, s cli.Streams, o *options) error {
	b, err := newBencher(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	for _, p := range []*process{b.bare, b.alike, b.floor} {
		p.stop()
	}
	rows, err := b.inFile(ctx)
	if err == nil && o.postgres != "" {
		var more []kept
		more, err = b.inPostgres(ctx)
		rows = append(rows, more...)
	}
	if err == nil {
		var again kept
		again, err = b.beginAgain(ctx)
		rows = append(rows, again)
	}
	if err != nil {
		return &cli.Exit{Code: cli.ExitTarget, Err: err}
	}
	if o.postgres == "" {
		fmt.Fprintln(s.Out, "NOT RUN: --postgres names no database, so nothing was measured of state that replicas share")
	}
	if err := printKept(s.Out, rows); err != nil {
		return err
	}
	return writeFigures(ctx, b.json, map[string]any{"schema": "rollcall.bench-state/v1", "connections": b.connections,
		"figures": rows})
}

func printKept(out io.Writer, rows []kept) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "STATE\t/S\tP50 µs\tP99\tBARE/S\tRATIO\tGOAL")
	for _, r := range rows {
		bare, ratio := "", ""
		if r.Bare > 0 {
			bare, ratio = fmt.Sprintf("%.0f", r.Bare), fmt.Sprintf("%.2f", r.Ratio)
		}
		fmt.Fprintf(w, "%s\t%.0f\t%.0f\t%.0f\t%s\t%s\t%s\n", r.Name, r.Mock, r.P50, r.P99, bare, ratio, r.Goal)
	}
	return w.Flush()
}

// named finds a load by its name.
func (b *bencher) named(name string) (scenario, error) {
	i := slices.IndexFunc(b.scenarios, func(s scenario) bool { return s.name == name })
	if i < 0 {
		return scenario{}, fmt.Errorf("there is no load %q", name)
	}
	return b.scenarios[i], nil
}

// loaded loads several mocks at once with one load, and gives the sum and the worst times.
func (b *bencher) loaded(name string, sc scenario, connections int, serial *atomic.Int64, on ...*process) (kept, error) {
	rounds := make([]kept, b.rounds)
	for i := range rounds {
		results, errs := make([]load.Result, len(on)), make([]error, len(on))
		var all sync.WaitGroup
		for j, p := range on {
			all.Go(func() {
				results[j], errs[j] = waitingLoad(p, sc, connections/len(on), b.seconds, serial)
			})
		}
		all.Wait()
		for j, r := range results {
			if errs[j] != nil {
				return kept{}, fmt.Errorf("%s: %w", name, errs[j])
			}
			rounds[i].Mock += r.PerSecond
			rounds[i].P50 = max(rounds[i].P50, float64(r.P50.Microseconds()))
			rounds[i].P99 = max(rounds[i].P99, float64(r.P99.Microseconds()))
		}
	}
	of := func(what func(kept) float64) float64 {
		var all []float64
		for _, r := range rounds {
			all = append(all, what(r))
		}
		return median(all)
	}
	return kept{Name: name, Mock: of(func(k kept) float64 { return k.Mock }), P50: of(func(k kept) float64 { return k.P50 }),
		P99: of(func(k kept) float64 { return k.P99 })}, nil
}

// inFile measures creates in memory and in a file, and what SQLite does by itself.
func (b *bencher) inFile(ctx context.Context) ([]kept, error) {
	create, err := b.named("council create")
	if err != nil {
		return nil, err
	}
	item, err := b.named("council item")
	if err != nil {
		return nil, err
	}
	mock, err := b.launchOn(ctx, "", "file", b.mockProgram("council", "volunteers", "--state", filepath.Join(b.dir, "mock.db")))
	if err != nil {
		return nil, err
	}
	defer mock.stop()
	memory, err := b.loaded("create, in memory", create, b.connections, newSerial(), b.mock)
	if err != nil {
		return nil, err
	}
	file, err := b.loaded("create, in a file", create, b.connections, newSerial(), mock)
	if err != nil {
		return nil, err
	}
	file.Bare, err = bareFile(ctx, filepath.Join(b.dir, "bare.db"), b.connections, b.rounds, b.seconds)
	file.Ratio, file.Goal = file.Mock/file.Bare, "8000/s, p99 25 ms, ratio 0.75"
	if err != nil {
		return nil, err
	}
	read, err := b.loaded("item, in memory", item, b.connections, newSerial(), b.mock)
	if err != nil {
		return nil, err
	}
	readFile, err := b.loaded("item, in a file", item, b.connections, newSerial(), mock)
	readFile.Goal = "as in memory"
	return []kept{memory, file, read, readFile}, err
}

// inPostgres measures creates of three mocks in one world, and reads that ask what others wrote.
func (b *bencher) inPostgres(ctx context.Context) ([]kept, error) {
	create, err := b.named("council create")
	if err != nil {
		return nil, err
	}
	item, err := b.named("council item")
	if err != nil {
		return nil, err
	}
	var mocks []*process
	for i := range 3 {
		p, err := b.launchOn(ctx, "", fmt.Sprint("replica", i), b.mockProgram("council", "volunteers", "--state", b.postgres,
			"--state-reset="+
				fmt.Sprint(i == 0)))
		if err != nil {
			return nil, err
		}
		defer p.stop()
		mocks = append(mocks, p)
	}
	shared, err := b.loaded("create, three replicas in one world", create, 48, newSerial(), mocks...)
	if err != nil {
		return nil, err
	}
	if shared.Bare, err = barePostgres(ctx, b.postgres, 3, 16, b.rounds, b.seconds); err != nil {
		return nil, err
	}
	shared.Ratio, shared.Goal = shared.Mock/shared.Bare, "6000/s, p99 25 ms, ratio 0.6"
	memory, err := b.loaded("item, in memory, one connection", item, 1, newSerial(), b.mock)
	if err != nil {
		return nil, err
	}
	strict, err := b.loaded("item, strict, one connection", item, 1, newSerial(), mocks[1])
	strict.Goal = fmt.Sprintf("p50 at most %.0f", memory.P50+300)
	return []kept{shared, memory, strict}, err
}

// entries is how many entries a mock begins again with.
const entries = 10_000

// beginAgain measures the start of a mock with 100,000 users and a log.
func (b *bencher) beginAgain(ctx context.Context) (kept, error) {
	note, err := b.named("volunteers create a note")
	if err != nil {
		return kept{}, err
	}
	program := b.mockProgram("volunteers", "--size", "100000", "--state", filepath.Join(b.dir, "large.db"), "--durability",
		"normal")
	mock, err := b.launchOn(ctx, "", "large", program)
	if err != nil {
		return kept{}, err
	}
	t, err := mock.describe("volunteers")
	if err != nil {
		return kept{}, err
	}
	for _, s := range scenariosOf("volunteers", t) { // of this data
		if s.name == note.name {
			note = s
		}
	}
	serial := newSerial()
	for from := serial.Load(); serial.Load()-from < entries; {
		// On one connection, so that each has an entry of its own.
		if _, err := waitingLoad(mock, note, 1, b.seconds, serial); err != nil {
			mock.stop()
			return kept{}, err
		}
	}
	mock.stop()
	again, err := b.startedIn(ctx, "again", program)
	if err != nil {
		return kept{}, err
	}
	plain, err := b.startedIn(ctx, "plain", b.mockProgram("volunteers", "--size", "100000"))
	return kept{Name: fmt.Sprintf("start with 100,000 users and %d entries, %.2f s (without a state %.2f s)", entries, again,
		plain),
		Goal: "3 s"}, err
}

// startedIn gives the seconds until a mock listens.
func (b *bencher) startedIn(ctx context.Context, name string, p program) (float64, error) {
	began := time.Now()
	mock, err := b.launchOn(ctx, "", name, p)
	took := time.Since(began)
	mock.stop()
	return took.Seconds(), err
}
