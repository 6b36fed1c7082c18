//go:build !linux

package load

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// run keeps each connection busy from a goroutine of its own.
func run(p Plan, serial *atomic.Int64, begin, until time.Time) ([]time.Duration, error) {
	var all sync.WaitGroup
	var mu sync.Mutex
	var times []time.Duration
	var failed error
	for i := range p.Connections {
		all.Go(func() {
			first := begin.Add(p.interval() * time.Duration(i) / time.Duration(p.Connections))
			took, err := loop(p, serial, first, until)
			mu.Lock()
			defer mu.Unlock()
			times = append(times, took...)
			failed = errors.Join(failed, err)
		})
	}
	all.Wait()
	return times, failed
}

// loop sends requests over one connection from a moment on, and gives the time of
// each answer. At a rate, the time of a request that the last answer held up
// counts from the moment it was due: who waits for a slow server waits, too.
func loop(p Plan, serial *atomic.Int64, due, until time.Time) (times []time.Duration, err error) {
	conn, err := net.Dial("tcp", p.Address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	request, answer := slices.Clone(p.Request), make([]byte, 0, 64<<10)
	spots := places(request, p.Serial)
	now := time.Now()
	if p.Rate > 0 {
		now = wait(due)
	}
	for now.Before(until) {
		number(request, spots, p.Serial, serial)
		if _, err := conn.Write(request); err != nil {
			return times, err
		}
		status := 0
		answer = answer[:0]
		for whole := false; !whole; {
			answer = slices.Grow(answer, 16<<10)
			n, err := conn.Read(answer[len(answer):cap(answer)])
			if err != nil {
				return times, err
			}
			answer = answer[:len(answer)+n]
			if status, whole, err = parseAnswer(answer); err != nil {
				return times, err
			}
		}
		if status != p.Status {
			return times, fmt.Errorf("answer %d has status %d, want %d", len(times)+1, status, p.Status)
		}
		end := time.Now()
		times = append(times, end.Sub(now))
		if now = end; p.Rate > 0 {
			due = due.Add(p.interval())
			now = wait(due)
		}
	}
	return times, nil
}

// wait sleeps until a moment and gives the time, or the moment if it has gone by.
func wait(due time.Time) time.Time {
	left := time.Until(due)
	if left <= 0 {
		return due
	}
	time.Sleep(left)
	return time.Now()
}
