package bench

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"rollcall/cmd/rollcall-bench/internal/load"
)

// waitingLoad loads a mock with connections that sleep until their answer comes: what waits for
// a disk leaves the processor to the others, and a load that never sleeps would take it from them.
func waitingLoad(p *process, sc scenario, connections int, seconds float64, serial *atomic.Int64) (load.Result, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	times, until := hdrhistogram.New(1, int64(time.Hour), 3), time.Now().Add(time.Duration(seconds*float64(time.Second)))
	var mu sync.Mutex
	var failed error
	var all sync.WaitGroup
	began := time.Now()
	for range connections {
		all.Go(func() {
			for time.Now().Before(until) {
				sent := time.Now()
				err := sc.once(client, "http://"+p.address, serial)
				mu.Lock()
				if err != nil {
					failed = err
					mu.Unlock()
					return
				}
				_ = times.RecordValue(int64(time.Since(sent))) // none takes an hour
				mu.Unlock()
			}
		})
	}
	all.Wait()
	at := func(percent float64) time.Duration { return time.Duration(times.ValueAtQuantile(percent)) }
	n := int(times.TotalCount())
	return load.Result{PerSecond: float64(n) / time.Since(began).Seconds(), P50: at(50), P99: at(99), P999: at(99.9),
		Answers: n}, failed
}

// once sends the request, with a new number where it has one.
func (s *scenario) once(client *http.Client, base string, serial *atomic.Int64) error {
	body := s.body
	if s.serial != "" {
		body = strings.ReplaceAll(body, s.serial, fmt.Sprintf("%0*d", len(s.serial), serial.Add(1)%1_000_000_000))
	}
	q, err := http.NewRequest(s.method, base+s.target, strings.NewReader(body))
	if err != nil {
		return err
	}
	for _, h := range s.headers {
		name, value, _ := strings.Cut(h, ": ")
		q.Header.Set(name, value)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	w, err := client.Do(q)
	if err != nil {
		return err
	}
	defer w.Body.Close() //nolint:errcheck // it was read
	text, err := io.ReadAll(w.Body)
	if err == nil && w.StatusCode != s.status {
		err = fmt.Errorf("%s is answered %d, want %d: %.200s", s.name, w.StatusCode, s.status, text)
	}
	return err
}
