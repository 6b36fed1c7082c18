package command

import (
	"fmt"
	"slices"
	"sync/atomic"
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
		f, err := b.measure(first)
		if err != nil {
			return nil, fmt.Errorf("%s with %d connections: %w", first.name, n, err)
		}
		f.Name = fmt.Sprintf("%s, %d connections", first.name, n)
		all = append(all, f)
	}
	b.connections = 16
	mixed, err := b.besideWrites(first)
	return append(all, mixed), err
}

// besideWrites measures a reading load while another one writes.
func (b *bencher) besideWrites(sc scenario) (figure, error) {
	at := slices.IndexFunc(b.scenarios, func(s scenario) bool { return s.serial != "" })
	if at < 0 {
		return figure{}, fmt.Errorf("there is no writing load beside %s", sc.name)
	}
	writes := b.scenarios[at]
	serial := &atomic.Int64{}
	serial.Store(time.Now().UnixNano() % 1_000_000_000)
	round := time.Duration(b.seconds * float64(time.Second) * float64(b.rounds))
	done := make(chan error, 1)
	go func() {
		_, err := load.Run(load.Plan{Address: b.mock.address, Request: writes.wire(b.mock.address), Serial: writes.serial,
			Connections: b.connections, Duration: round, Status: writes.status}, serial)
		done <- err
	}()
	r, err := load.Run(load.Plan{Address: b.mock.address, Request: sc.wire(b.mock.address), Connections: b.connections, Duration: round, Status: sc.status}, serial)
	if err == nil {
		err = <-done
	}
	return figure{Name: fmt.Sprintf("%s, %d beside %d that write", sc.name, b.connections, b.connections), Mock: r.PerSecond,
		P50: micros(r.P50), P99: micros(r.P99), P999: micros(r.P999), Bytes: len(sc.answer.Body), MemoryKiB: b.mock.resident()}, err
}
