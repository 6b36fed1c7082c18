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

// starting is the clock that every world begins with; nil is the server's own time.
func (cfg Config) starting() *setting {
	now := cfg.Now()
	s := setting{since: now, at: now, scale: cfg.ClockScale}
	switch {
	case !cfg.ClockStart.IsZero():
		s.at = cfg.ClockStart.UTC()
	case cfg.ClockScale == 0:
		return nil
	}
	return &s
}

// now gives the time of the clock when it is base by the server's.
func (s *setting) now(base time.Time) time.Time {
	switch {
	case s == nil:
		return base.UTC()
	case s.scale == 1:
		return s.at.Add(base.Sub(s.since)).UTC()
	}
	gone := float64(base.Sub(s.since)) * s.scale
	return s.at.Add(time.Duration(min(max(gone, -math.MaxInt64), math.MaxInt64/2))).UTC()
}

func (s *setting) state(base time.Time) admin.Clock {
	now := s.now(base)
	c := admin.Clock{Now: now, Scale: 1, AheadMS: now.Sub(base).Milliseconds()}
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
		n.at = o.Now.UTC()
	}
	ahead := n.at.Sub(base)
	if d := o.Advance; d > 0 && ahead > math.MaxInt64-d || d < 0 && ahead < -math.MaxInt64-d {
		return nil, fmt.Errorf("%w: it is ahead by %d ms, and with %d more it would be past %d; reset the world to put it back",
			admin.ErrTooFar, ahead.Milliseconds(), d.Milliseconds(), time.Duration(math.MaxInt64).Milliseconds())
	}
	n.at = n.at.Add(o.Advance)
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

// SetClock sets, moves, stops or paces the clock of a world, and gives its time. All moves
// together can't be longer than a duration: the clock stays as it was then.
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
	c.AheadMS = c.Now.Sub(base).Milliseconds()
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
