package bench

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"rollcall/cmd/rollcall-bench/internal/load"
)

// figure is one row of the table: medians over the rounds. Times are in
// microseconds.
type figure struct {
	Name          string  `json:"name"`
	Mock          float64 `json:"mock_per_second"`
	Bare          float64 `json:"bare_per_second"`
	Ratio         float64 `json:"ratio"`
	Low           float64 `json:"ratio_lowest"`
	High          float64 `json:"ratio_highest"`
	MockProcessor float64 `json:"mock_processor_us"` // for an answer
	BareProcessor float64 `json:"bare_processor_us"`
	P50           float64 `json:"mock_p50_us"`
	P99           float64 `json:"mock_p99_us"`
	P999          float64 `json:"mock_p999_us"`
	BareP50       float64 `json:"bare_p50_us"`
	BareP99       float64 `json:"bare_p99_us"`
	HalfRatio     float64 `json:"half_load_p99_ratio"`
	HalfLow       float64 `json:"half_load_p99_ratio_lowest"`
	HalfHigh      float64 `json:"half_load_p99_ratio_highest"`
	HalfP50       float64 `json:"half_load_mock_p50_us"`
	HalfP99       float64 `json:"half_load_mock_p99_us"`
	HalfBareP50   float64 `json:"half_load_bare_p50_us"`
	HalfBareP99   float64 `json:"half_load_bare_p99_us"`
	Allocations   float64 `json:"mock_allocations"` // for an answer
	Bytes         int     `json:"answer_bytes"`
	MemoryKiB     int     `json:"mock_resident_kib"`
}

// series are the rounds of one load on one server.
type series struct {
	process               *process
	pace                  float64 // requests a second, 0 for as many as are answered
	rates, p50, p99, p999 []float64
	answers               int
	spent                 time.Duration
}

// round adds one round.
func (s *series) round(p load.Plan, serial *atomic.Int64) error {
	before := s.process.spent()
	r, err := load.Run(p, serial)
	if err != nil {
		return err
	}
	if r.Answers == 0 {
		return errors.New("there was no answer in a round; give more --seconds, or fewer --connections")
	}
	s.spent += s.process.spent() - before
	s.answers += r.Answers
	s.rates = append(s.rates, r.PerSecond)
	s.p50, s.p99, s.p999 = append(s.p50, micros(r.P50)), append(s.p99, micros(r.P99)), append(s.p999, micros(r.P999))
	return nil
}

// processor gives the processor time of an answer.
func (s *series) processor() float64 { return micros(s.spent) / float64(max(s.answers, 1)) }

// figures measures every load.
func (b *bencher) figures() ([]figure, error) {
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
	if err := b.mock.reset(); err != nil {
		return figure{}, err
	}
	serial := newSerial()
	if err := b.warm(sc, serial); err != nil {
		return figure{}, err
	}
	began, err := b.mock.allocations()
	if err != nil {
		return figure{}, err
	}
	mock, bare, err := b.compare(sc, b.rounds, b.seconds, full(), serial)
	if err != nil {
		return figure{}, err
	}
	ended, err := b.mock.allocations()
	if err != nil {
		return figure{}, err
	}
	if err := b.mock.reset(); err != nil {
		return figure{}, err
	}
	halfMock, halfBare, err := b.compare(sc, b.rounds, b.seconds, pace{median(mock.rates) / 2, median(bare.rates) / 2}, serial)
	if err != nil {
		return figure{}, err
	}
	ratios, tails := ratios(mock.rates, bare.rates), ratios(halfMock.p99, halfBare.p99)
	return figure{
		Name: sc.name, Mock: median(mock.rates), Bare: median(bare.rates),
		Ratio: median(ratios), Low: slices.Min(ratios), High: slices.Max(ratios),
		MockProcessor: mock.processor(), BareProcessor: bare.processor(),
		P50: median(mock.p50), P99: median(mock.p99), P999: median(mock.p999), BareP50: median(bare.p50),
		BareP99:   median(bare.p99),
		HalfRatio: median(tails), HalfLow: slices.Min(tails), HalfHigh: slices.Max(tails),
		HalfP50: median(halfMock.p50), HalfP99: median(halfMock.p99),
		HalfBareP50: median(halfBare.p50), HalfBareP99: median(halfBare.p99),
		Allocations: float64(ended-began) / float64(max(mock.answers, 1)), Bytes: len(sc.answer.Body),
		MemoryKiB: b.mock.resident(),
	}, nil
}

// pace are the rates at which the two servers are loaded, 0 for as fast as they
// answer. At half load each has half of the rate that it has reached itself.
type pace struct{ mock, bare float64 }

func full() pace { return pace{} }

// compare loads the mock and the bare server in turn, so that a bad moment of the
// machine meets both.
func (b *bencher) compare(
	sc scenario, rounds int, seconds float64, at pace, serial *atomic.Int64,
) (mock, bare *series, err error) {
	mock, bare = &series{process: b.mock, pace: at.mock}, &series{process: b.bare, pace: at.bare}
	for range rounds {
		for _, s := range []*series{mock, bare} {
			if err := s.round(b.plan(s.process, sc, seconds, s.pace), serial); err != nil {
				return nil, nil, err
			}
		}
	}
	return mock, bare, nil
}

// warm loads both servers for a moment. Nothing is measured, so that on a busy
// machine there may be no answer in it.
func (b *bencher) warm(sc scenario, serial *atomic.Int64) error {
	for _, p := range []*process{b.mock, b.bare} {
		if _, err := load.Run(b.plan(p, sc, b.seconds/4, 0), serial); err != nil {
			return err
		}
	}
	return nil
}

// plan is a load of a server for some seconds, at a rate or, with 0, as fast as it
// answers.
func (b *bencher) plan(p *process, sc scenario, seconds, rate float64) load.Plan {
	return load.Plan{Address: p.address, Request: sc.wire(p.address), Serial: sc.serial, Connections: b.connections,
		Duration: time.Duration(seconds * float64(time.Second)), Rate: rate, Status: sc.status}
}

// newSerial begins where no earlier load did.
func newSerial() *atomic.Int64 {
	serial := &atomic.Int64{}
	serial.Store(time.Now().UnixNano() % 1_000_000_000)
	return serial
}

// ratios divides round by round.
func ratios(a, b []float64) []float64 {
	all := make([]float64, len(a))
	for i := range a {
		all[i] = a[i] / b[i]
	}
	return all
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

func printFigures(w io.Writer, figures []figure, o *options) error {
	fmt.Fprintf(w, "%d rounds of %.6g s, %d connections, %s data; medians (lowest to highest); times in µs\n\n",
		o.rounds, o.seconds, o.connections, o.size)
	width := 0
	for _, f := range figures {
		width = max(width, len(f.Name))
	}
	name := func(s string) string { return s + strings.Repeat(" ", width-len(s)) } // so that the two tables are one picture
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, name("AT FULL LOAD")+"\tRATIO TO BARE\tMOCK/S\tBARE/S\tPROCESSOR\tBARE\tP50\tP99\tP99.9\tBARE P50\tP99")
	for _, f := range figures {
		fmt.Fprintf(t, "%s\t%.2f (%.2f to %.2f)\t%.0f\t%.0f\t%.1f\t%.1f\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\n",
			name(f.Name), f.Ratio, f.Low, f.High, f.Mock, f.Bare,
			f.MockProcessor, f.BareProcessor, f.P50, f.P99, f.P999, f.BareP50, f.BareP99)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w)
	fmt.Fprintln(t, name("AT HALF LOAD")+"\tP99 TO BARE\tP50\tP99\tBARE P50\tP99\tALLOCATIONS\tBYTES\tRESIDENT MiB")
	for _, f := range figures {
		fmt.Fprintf(t, "%s\t%.2f (%.2f to %.2f)\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%d\t%d\n",
			name(f.Name), f.HalfRatio, f.HalfLow, f.HalfHigh, f.HalfP50, f.HalfP99,
			f.HalfBareP50, f.HalfBareP99, f.Allocations, f.Bytes, f.MemoryKiB/1024)
	}
	return t.Flush()
}
