package bench

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"rollcall/cmd/rollcall-bench/internal/load"
)

// figure is all that is known of one load.
type figure struct {
	Name      string     `json:"name"`
	Full      []measured `json:"full_load"` // by each client; the first is quoted
	Half      half       `json:"half_load"`
	Bytes     int        `json:"answer_bytes"`
	MemoryKiB int        `json:"mock_resident_kib"`
}

// measured is a load at full speed as one client sees it.
type measured struct {
	Client string            `json:"client"`
	Ratio  spread            `json:"mock_to_bare"`
	Alike  spread            `json:"mock_to_bare_with_its_settings"`
	Floor  spread            `json:"floor_to_bare"`
	Of     map[string]served `json:"servers"` // mock, floor, bare, alike
}

// spread is a ratio over the rounds: the median, and from where to where it went.
type spread struct {
	Median  float64 `json:"median"`
	Lowest  float64 `json:"lowest"`
	Highest float64 `json:"highest"`
}

func (s spread) String() string {
	return fmt.Sprintf("%.2f (%.2f to %.2f)", s.Median, s.Lowest, s.Highest)
}

// served is one server under one load: medians over the rounds. Times are in microseconds.
type served struct {
	PerSecond   float64 `json:"per_second"`
	P50         float64 `json:"p50_us"`
	P99         float64 `json:"p99_us"`
	P999        float64 `json:"p999_us,omitempty"` // wrk does not tell
	Processor   float64 `json:"processor_us"`      // for an answer
	Allocations float64 `json:"allocations"`       // for an answer
}

// half is a load at half the rate that each server reaches, by its own client: wrk can't.
type half struct {
	Ratio spread `json:"p99_mock_to_bare"`
	Mock  served `json:"mock"`
	Bare  served `json:"bare"`
}

// series are the rounds of one load on one server.
type series struct {
	process               *process
	pace                  float64 // requests a second, 0 for as many as are answered
	rates, p50, p99, p999 []float64
	answers               int
	spent                 time.Duration
	allocated             uint64
}

// round adds one round of a client.
func (s *series) round(c load.Client, p load.Plan, serial *atomic.Int64) error {
	allocated, err := s.process.allocations()
	if err != nil {
		return err
	}
	before := s.process.spent()
	r, err := c.Run(p, serial)
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
	now, err := s.process.allocations()
	s.allocated += now - allocated
	return err
}

// processor gives the processor time of an answer.
func (s *series) processor() float64 { return micros(s.spent) / float64(max(s.answers, 1)) }

func (s *series) served() served {
	return served{PerSecond: median(s.rates), P50: median(s.p50), P99: median(s.p99), P999: median(s.p999),
		Processor: s.processor(), Allocations: float64(s.allocated) / float64(max(s.answers, 1))}
}

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
	f := figure{Name: sc.name, Bytes: len(sc.answer.Body)}
	serial := newSerial()
	for _, c := range b.clients {
		m, err := b.full(sc, c, serial)
		if err != nil {
			return f, fmt.Errorf("%s: %w", c.Name, err)
		}
		f.Full = append(f.Full, m)
	}
	if err := b.fresh(); err != nil {
		return f, err
	}
	own := f.Full[len(f.Full)-1].Of // the rates are those that the same client has reached
	mock := &series{process: b.mock, pace: own["mock"].PerSecond / 2}
	bare := &series{process: b.bare, pace: own["bare"].PerSecond / 2}
	if err := b.compare(sc, load.Own(), serial, mock, bare); err != nil {
		return f, err
	}
	f.Half = half{ratios(mock.p99, bare.p99), mock.served(), bare.served()}
	f.MemoryKiB = b.mock.resident()
	return f, nil
}

// full measures a load at full speed with one client.
func (b *bencher) full(sc scenario, c load.Client, serial *atomic.Int64) (measured, error) {
	m := measured{Client: c.Name, Of: map[string]served{}}
	if err := b.fresh(); err != nil {
		return m, err
	}
	of := map[string]*series{"mock": {process: b.mock}, "floor": {process: b.floor}, "bare": {process: b.bare},
		"alike": {process: b.alike}}
	for _, s := range of {
		if err := b.warm(s.process, sc, serial); err != nil {
			return m, err
		}
	}
	// Each stands beside the bare server, to which it is compared.
	if err := b.compare(sc, c, serial, of["mock"], of["bare"], of["floor"], of["alike"]); err != nil {
		return m, err
	}
	for name, s := range of {
		m.Of[name] = s.served()
	}
	m.Ratio, m.Alike = ratios(of["mock"].rates, of["bare"].rates), ratios(of["mock"].rates, of["alike"].rates)
	m.Floor = ratios(of["floor"].rates, of["bare"].rates)
	return m, nil
}

// fresh empties the servers that keep what they are sent.
func (b *bencher) fresh() error { return errors.Join(b.mock.reset(), b.floor.reset()) }

// compare loads servers in turn, so that a bad moment of the machine meets all. Who begins is
// another one in each round: the first may find the processor busy with what was before.
func (b *bencher) compare(sc scenario, c load.Client, serial *atomic.Int64, servers ...*series) error {
	for round := range b.rounds {
		for i := range servers {
			s := servers[(round+i)%len(servers)]
			if err := s.round(c, b.plan(s.process, sc, b.seconds, s.pace), serial); err != nil {
				return err
			}
		}
	}
	return nil
}

// warm loads a server for a moment. Nothing is measured, so that on a busy
// machine there may be no answer in it.
func (b *bencher) warm(p *process, sc scenario, serial *atomic.Int64) error {
	_, err := load.Run(b.plan(p, sc, b.seconds/4, 0), serial)
	return err
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
func ratios(a, b []float64) spread {
	all := make([]float64, len(a))
	for i := range a {
		all[i] = a[i] / b[i]
	}
	return spread{median(all), slices.Min(all), slices.Max(all)}
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}
