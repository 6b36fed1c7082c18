package client

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Pace says when requests may be sent: evenly spaced, and none while the target asked to
// be left alone. Several clients may share one. It is safe for concurrent use.
type Pace struct {
	limit  *rate.Limiter               // nil = none
	turn   func(context.Context) error // asks whoever spaces the requests instead; nil = this one does
	mutex  sync.Mutex
	paused time.Time // until when nothing is sent
}

// NewPace returns a pace of so many requests a second; 0 is as fast as can be.
func NewPace(perSecond float64) *Pace {
	if perSecond <= 0 {
		return &Pace{}
	}
	return &Pace{limit: rate.NewLimiter(rate.Limit(perSecond), 1)} // one at a time: evenly spaced
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
	case p.limit == nil:
		return ctx.Err()
	}
	// The limiter's own Wait ends before a deadline that it can't keep, with an error of its own.
	return sleep(ctx, p.limit.Reserve().Delay())
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
