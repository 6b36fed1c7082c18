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

	"github.com/HdrHistogram/hdrhistogram-go"
)

// run keeps each connection busy from a goroutine of its own.
func run(p Plan, serial *atomic.Int64) (*hdrhistogram.Histogram, time.Duration, error) {
	begin := time.Now()
	until := begin.Add(p.Duration)
	var all sync.WaitGroup
	var mu sync.Mutex
	var failed error
	times := newTimes()
	note := func(took time.Duration) error {
		mu.Lock()
		defer mu.Unlock()
		return times.RecordValue(int64(took))
	}
	for i := range p.Connections {
		all.Go(func() {
			first := begin.Add(p.interval() * time.Duration(i) / time.Duration(p.Connections))
			err := loop(p, serial, first, until, note)
			mu.Lock()
			defer mu.Unlock()
			failed = errors.Join(failed, err)
		})
	}
	all.Wait()
	return times, time.Since(begin), failed
}

// loop sends requests over one connection from a moment on, and notes the time of
// each answer. At a rate, the time of a request that the last answer held up
// counts from the moment it was due: who waits for a slow server waits, too.
func loop(p Plan, serial *atomic.Int64, due, until time.Time, note func(time.Duration) error) error {
	conn, err := net.Dial("tcp", p.Address)
	if err != nil {
		return err
	}
	defer conn.Close()
	request, answer := slices.Clone(p.Request), make([]byte, 0, 64<<10)
	spots := places(request, p.Serial)
	now := time.Now()
	if p.Rate > 0 {
		now = wait(due)
	}
	for again := true; again; again = now.Before(until) {
		number(request, spots, p.Serial, serial)
		if _, err := conn.Write(request); err != nil {
			return err
		}
		status := 0
		answer = answer[:0]
		for whole := false; !whole; {
			answer = slices.Grow(answer, 16<<10)
			n, err := conn.Read(answer[len(answer):cap(answer)])
			if err != nil {
				return err
			}
			answer = answer[:len(answer)+n]
			if status, whole, err = parseAnswer(answer); err != nil {
				return err
			}
		}
		if status != p.Status {
			return fmt.Errorf("an answer has status %d, want %d", status, p.Status)
		}
		end := time.Now()
		if err := note(end.Sub(now)); err != nil {
			return err
		}
		if now = end; p.Rate > 0 {
			due = due.Add(p.interval())
			now = wait(due)
		}
	}
	return nil
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
