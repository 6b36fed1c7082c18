package mockserver

import (
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/durable"
)

// clock is the time of a world: the server's own until somebody sets it.
type clock struct{ set atomic.Pointer[setting] }

// setting is a clock that had a time at a moment of the server's time, and goes on from there.
type setting struct {
	since, at time.Time
	scale     float64 // 0: it stands
}

// bounded is the time, or the nearest that RFC 3339 can write: there a clock stands still.
func bounded(t time.Time) time.Time {
	first, last := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	switch t = t.UTC(); {
	case t.Before(first):
		return first
	case t.After(last):
		return last
	}
	return t
}

// nanos are the Unix nanoseconds of a time, or the nearest that there are: those of 1677 and 2262.
func nanos(t time.Time) int64 {
	switch least, most := time.Unix(0, math.MinInt64), time.Unix(0, math.MaxInt64); {
	case t.Before(least):
		return math.MinInt64
	case t.After(most):
		return math.MaxInt64
	}
	return t.UnixNano()
}

// aheadMS is how many milliseconds a time is ahead of another, which may be more than a
// duration holds.
func aheadMS(t, base time.Time) int64 {
	if d := t.Sub(base); d > math.MinInt64 && d < math.MaxInt64 {
		return d.Milliseconds()
	}
	return t.UnixMilli() - base.UnixMilli()
}

// starting is the clock that every world begins with; nil is the server's own time.
func (cfg Config) starting() *setting {
	now := cfg.Now()
	s := setting{since: now, at: now, scale: cfg.ClockScale}
	switch {
	case !cfg.ClockStart.IsZero():
		s.at = bounded(cfg.ClockStart)
	case cfg.ClockScale == 0:
		return nil
	}
	return &s
}

// now gives the time of the clock when it is base by the server's.
func (s *setting) now(base time.Time) time.Time {
	switch {
	case s == nil:
		return bounded(base)
	case s.scale == 1:
		return bounded(s.at.Add(base.Sub(s.since)))
	}
	gone := float64(base.Sub(s.since)) * s.scale
	return bounded(s.at.Add(time.Duration(min(max(gone, -math.MaxInt64), math.MaxInt64/2))))
}

func (s *setting) state(base time.Time) admin.Clock {
	now := s.now(base)
	c := admin.Clock{Now: now, Scale: 1, AheadMS: aheadMS(now, base)}
	if s != nil {
		c.Scale, c.Frozen = s.scale, s.scale == 0
	}
	return c
}

// moved gives the clock as an order wants it.
func (s *setting) moved(base time.Time, o admin.ClockOrder) (*setting, error) {
	n := &setting{since: base, at: s.now(base), scale: 1}
	if s != nil {
		n.scale = s.scale
	}
	if o.Now != nil {
		n.at = bounded(*o.Now)
	}
	moved := n.at.Add(o.Advance)
	if n.at = bounded(moved); !n.at.Equal(moved) {
		return nil, fmt.Errorf("%w: it would leave the years 0000 to 9999 by advance_ms %d; give less, or set now",
			admin.ErrTooFar, o.Advance.Milliseconds())
	}
	switch {
	case o.Scale != nil:
		n.scale = *o.Scale
	case o.Frozen != nil && *o.Frozen:
		n.scale = 0
	case o.Frozen != nil && n.scale == 0:
		n.scale = 1
	}
	return n, nil
}

// Clock tells the time of a world.
func (c control) Clock(id string) (admin.Clock, error) {
	u, err := c.find(id)
	if err != nil {
		return admin.Clock{}, err
	}
	return u.clockNow(c.config.Now()), nil
}

// SetClock sets, moves, stops or paces the clock of a world, and gives its time. One that would leave
// the years that can be written stays as it was.
func (c control) SetClock(id string, o admin.ClockOrder) (admin.Clock, error) {
	u, err := c.find(id)
	if err != nil {
		return admin.Clock{}, err
	}
	if u.lasting != nil {
		return c.setLasting(u, o)
	}
	for {
		base, before := c.config.Now(), u.clock.set.Load()
		after, err := before.moved(base, o)
		if err != nil {
			return admin.Clock{}, err
		}
		if o.Back {
			after = c.config.starting()
		}
		if u.clock.set.CompareAndSwap(before, after) {
			c.settle(u, before.now(base), after.now(base))
			return after.state(base), nil
		}
	}
}

// settle computes anew what depends on the date when a clock was put back to another day.
// Ahead nothing has to be done: the next call finds what is due.
func (c control) settle(u *world, before, after time.Time) {
	if before.Format(time.DateOnly) <= after.Format(time.DateOnly) {
		return
	}
	for _, m := range c.mounts {
		m.engine.Settle(u.states[m.state()], after)
	}
}

// clockNow is how the clock stands.
func (u *world) clockNow(base time.Time) admin.Clock {
	c := u.clock.set.Load().state(base)
	c.Now = u.at(base)
	c.AheadMS = aheadMS(c.Now, base)
	return c
}

// setLasting is SetClock for a world that lasts.
func (c control) setLasting(u *world, o admin.ClockOrder) (told admin.Clock, err error) {
	base := c.config.Now()
	var before, after *setting
	err = u.lasting.Do(func(d *durable.Draft) error {
		before = clockOf(d.Own(durable.OwnClock))
		var err error
		if after, err = before.moved(base, o); err != nil {
			return err
		}
		if o.Back {
			after = c.config.starting()
		}
		d.Set(durable.OwnClock, encode(keptOf(after)))
		return nil
	})
	if err != nil {
		return told, unavailable(err)
	}
	c.settle(u, before.now(base), after.now(base))
	return after.state(base), nil
}
