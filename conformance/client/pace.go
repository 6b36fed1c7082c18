package client

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Pace says when requests may be sent: evenly spaced, and none while the target asked to
// be left alone. Several clients may share one. It is safe for concurrent use.
type Pace struct {
	interval time.Duration
	turn     func(context.Context) error // asks whoever spaces the requests instead; nil = this one does
	mutex    sync.Mutex
	next     time.Time // when the next slot is
	paused   time.Time // until when nothing is sent
}

// NewPace returns a pace of so many requests a second; 0 is as fast as can be.
func NewPace(rate float64) *Pace {
	if rate <= 0 {
		return &Pace{}
	}
	return &Pace{interval: time.Duration(float64(time.Second) / rate)}
}

// PaceOf returns a pace whose requests another one spaces: turn blocks until it is the
// caller's turn, or returns why that never comes.
func PaceOf(turn func(context.Context) error) *Pace { return &Pace{turn: turn} }

// Wait blocks until the caller may send a request, or returns the context's error.
func (p *Pace) Wait(ctx context.Context) error {
	for {
		if err := sleep(ctx, p.pause(time.Now())); err != nil {
			return err
		}
		if err := p.takeTurn(ctx); err != nil {
			return err
		}
		if p.pause(time.Now()) <= 0 { // else the turn is lost, so that no crowd waits for the end of the pause
			return nil
		}
	}
}

// Pause lets nobody send anything for so long, and says whether that is news.
func (p *Pace) Pause(wait time.Duration) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now, was := time.Now(), p.paused
	if until := now.Add(wait); until.After(was) {
		p.paused = until
	}
	return wait > 0 && !was.After(now)
}

// pause is how long nothing may be sent.
func (p *Pace) pause(now time.Time) time.Duration {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.paused.Sub(now)
}

func (p *Pace) takeTurn(ctx context.Context) error {
	switch {
	case p.turn != nil:
		return p.turn(ctx)
	case p.interval == 0:
		return ctx.Err()
	}
	return sleep(ctx, p.reserve(time.Now()))
}

// reserve takes the next slot and returns how far away it is.
func (p *Pace) reserve(now time.Time) time.Duration {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.next.Before(now) {
		p.next = now
	}
	wait := p.next.Sub(now)
	p.next = p.next.Add(p.interval)
	return wait
}

// longWait is a day, in seconds: nobody waits longer, and a duration holds it.
const longWait = 24 * 60 * 60

// retryAfter reads the header in either of its forms. An answer that names no
// time is given one second.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, longWait)) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return time.Second
}

// sleep waits unless the context ends first.
func sleep(ctx context.Context, wait time.Duration) error {
	if wait <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
