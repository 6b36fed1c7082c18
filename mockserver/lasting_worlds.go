package mockserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/internal/fault"
	"rollcall/mockserver/store"
)

// forkLasting is Fork for worlds that last.
func (c control) forkLasting(from string) (string, error) {
	u := c.origin
	if from != "" {
		var err error
		if u, err = c.find(from); err != nil {
			return "", err
		}
	}
	ctx := context.Background()
	if err := c.roomLasting(ctx); err != nil {
		return "", err
	}
	n, err := c.book.Number(ctx)
	if err != nil {
		return "", unavailable(err)
	}
	id := fmt.Sprintf("w%d", n)
	c.mu.Lock()
	c.nextID = max(c.nextID, int(n)) //nolint:gosec // it counts worlds
	c.mu.Unlock()
	return id, unavailable(c.book.Fork(ctx, u.lasting, id, u.heirloom(c.config.Now), c.config.Now().UnixNano()))
}

// heirloom is what of a world's own a fork has: the clock, and when it began.
func (u *world) heirloom(now func() time.Time) map[string][]byte {
	return map[string][]byte{durable.OwnClock: encode(keptOf(u.clock.set.Load())), ownBorn: encode(u.birth(now))}
}

// roomLasting says why there is none for another world.
func (c control) roomLasting(ctx context.Context) error {
	used, err := c.expireLasting(ctx)
	switch {
	case err != nil:
		return err
	case used >= c.config.MaxWorlds:
		return c.full()
	}
	return nil
}

// expireLasting ends the worlds that no process has used for long, and counts those that stay.
func (c control) expireLasting(ctx context.Context) (left int, err error) {
	used, err := c.book.Used(ctx)
	if err != nil {
		return 0, unavailable(err)
	}
	old := c.config.Now().Add(-c.config.WorldIdle).UnixNano()
	for _, id := range slices.Sorted(maps.Keys(used)) {
		if id == defaultWorld || used[id] == 0 || used[id] >= old {
			left++
			continue
		}
		if err := c.book.Bury(ctx, id, c.config.expired(time.Unix(0, used[id]))); err != nil {
			return 0, unavailable(err)
		}
	}
	return left, nil
}

// snapshotLasting is Snapshot for worlds that last. A state with a name was used at no time: so
// it never expires.
func (c control) snapshotLasting(id, name string) error {
	u, err := c.find(id)
	if err != nil {
		return err
	}
	ctx := context.Background()
	if err := nameable(name); err != nil {
		return err
	}
	if _, err := c.find(name); err == nil {
		return taken(name)
	}
	if err := c.roomLasting(ctx); err != nil {
		return err
	}
	own := u.heirloom(c.config.Now)
	own[ownKept] = encode(admin.Snapshot{Name: name, Of: id, At: u.now(c.config.Now)})
	return unavailable(c.book.Fork(ctx, u.lasting, name, own, 0))
}

// resetLasting is Reset for worlds that last: one entry of the log.
func (u *world) resetLasting(source *world) error {
	config := &u.server.config
	own := source.heirloom(config.Now)
	return unavailable(u.lasting.Do(func(d *durable.Draft) error {
		var faults fault.Set
		faults.Load(d.Own(ownFaults))
		faults.Remove("") // no id is given twice
		own[ownFaults] = faults.Dump()
		d.Become(source.lasting)
		for _, name := range []string{durable.OwnClock, ownBorn, ownFaults} {
			d.Set(name, own[name])
		}
		return nil
	}))
}

// lastingWorld is world for worlds that last: each is brought up to what every process has
// written. A credential that another process made is the default world's own, so that one is
// brought up first where the request names none.
func (s *Server) lastingWorld(q *http.Request, id string) (u *world, rest *http.Request, unknown string,
	lost *store.Unavailable) {
	first := cmp.Or(id, defaultWorld)
	err := s.fresh(q.Context(), first)
	named, as := "", q
	s.mu.RLock()
	if len(s.minted.by) > 0 {
		named, as = s.minted.selected(q)
	}
	s.mu.RUnlock()
	q, id = as, cmp.Or(id, named, defaultWorld)
	if err == nil && id != first {
		err = s.fresh(q.Context(), id)
	}
	errors.As(err, &lost)
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, ok := s.worlds[id]
	if !ok {
		return s.worlds[defaultWorld], q, id, lost
	}
	u.touch()
	return u, q, "", lost
}
