// Package load measures servers on this machine: a closed loop of connections,
// each sending its next request when it has the answer to the last one.
package load

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Plan is one kind of load.
type Plan struct {
	Address     string // host:port
	Request     []byte // as it goes over the wire
	Serial      string // text in the request that is replaced by a new number each time, as wide; "" for none
	Connections int
	Duration    time.Duration
	Status      int // every answer must have it
}

// Result is what a load came to.
type Result struct {
	PerSecond      float64
	P50, P99, P999 time.Duration
	Answers        int
}

// Run loads a server. An answer with another status than the plan's ends it with
// an error: a figure over failures would mean nothing.
func Run(p Plan, serial *atomic.Int64) (Result, error) {
	var all sync.WaitGroup
	var mu sync.Mutex
	var times []time.Duration
	var failed error
	begin := time.Now()
	until := begin.Add(p.Duration)
	for range p.Connections {
		all.Go(func() {
			took, err := loop(p, serial, until)
			mu.Lock()
			defer mu.Unlock()
			times = append(times, took...)
			failed = errors.Join(failed, err)
		})
	}
	all.Wait()
	if failed != nil {
		return Result{}, failed
	}
	return summarise(times, time.Since(begin)), nil
}

func summarise(times []time.Duration, took time.Duration) Result {
	slices.Sort(times)
	at := func(q float64) time.Duration {
		if len(times) == 0 {
			return 0
		}
		return times[min(int(q*float64(len(times))), len(times)-1)]
	}
	return Result{PerSecond: float64(len(times)) / took.Seconds(), P50: at(.5), P99: at(.99), P999: at(.999), Answers: len(times)}
}

func loop(p Plan, serial *atomic.Int64, until time.Time) ([]time.Duration, error) {
	conn, err := net.Dial("tcp", p.Address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	request := slices.Clone(p.Request)
	spots := places(request, p.Serial)
	answers := bufio.NewReaderSize(conn, 64<<10)
	var times []time.Duration
	for now := time.Now(); now.Before(until); {
		if len(spots) > 0 {
			number := fmt.Sprintf("%0*d", len(p.Serial), serial.Add(1))
			for _, at := range spots {
				copy(request[at:], number)
			}
		}
		if _, err := conn.Write(request); err != nil {
			return times, err
		}
		status, err := skipAnswer(answers)
		if err != nil {
			return times, err
		}
		if status != p.Status {
			return times, fmt.Errorf("answer %d has status %d, want %d", len(times)+1, status, p.Status)
		}
		end := time.Now()
		times = append(times, end.Sub(now))
		now = end
	}
	return times, nil
}

// places finds every place of a text in the request.
func places(request []byte, text string) (all []int) {
	for from := 0; text != ""; {
		i := bytes.Index(request[from:], []byte(text))
		if i < 0 {
			break
		}
		all = append(all, from+i)
		from += i + len(text)
	}
	return all
}

// skipAnswer reads one answer with a Content-Length and gives its status.
func skipAnswer(r *bufio.Reader) (status int, err error) {
	length := -1
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case first && len(line) >= 12:
			if status, err = strconv.Atoi(string(line[9:12])); err != nil {
				return 0, fmt.Errorf("status line %q", line)
			}
		case len(line) == 0:
			if length < 0 {
				return 0, errors.New("an answer without Content-Length can't be measured")
			}
			_, err = io.CopyN(io.Discard, r, int64(length))
			return status, err
		case len(line) > 16 && bytes.EqualFold(line[:15], []byte("Content-Length:")):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[15:]))); err != nil {
				return 0, err
			}
		}
	}
}
