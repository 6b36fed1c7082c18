package mockserver

import (
	"cmp"
	"fmt"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/journal"
)

// ControlRealm is what a 401 of the control API names; see admin.Realm.
const ControlRealm = admin.Realm

// How many worlds there are at most, and how long one is kept that nobody uses,
// where Config does not say.
const (
	DefaultMaxWorlds = 1000
	DefaultWorldIdle = time.Hour
)

func (c control) find(id string) (*world, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	u, ok := c.worlds[id]
	if ok {
		u.touch()
	}
	return u, ok
}

// Worlds lists the ids of the worlds that are still in use.
func (c control) Worlds() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire()
	ids := make([]string, 0, len(c.worlds))
	for id := range c.worlds {
		ids = append(ids, id)
	}
	return ids
}

// expire forgets the worlds that nobody has used for long. Who calls it holds the
// lock.
func (c control) expire() {
	old := c.config.Now().Add(-c.config.WorldIdle).UnixNano()
	for id, u := range c.worlds {
		if id != defaultWorld && u.used.Load() < old {
			delete(c.worlds, id)
		}
	}
}

// Fork makes a world from another one; from "" is the state as generated.
func (c control) Fork(from string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	u := c.origin
	if from != "" {
		var ok bool
		if u, ok = c.worlds[from]; !ok {
			return "", admin.ErrNoWorld
		}
		u.touch()
	}
	if len(c.worlds) >= c.config.MaxWorlds {
		if c.expire(); len(c.worlds) >= c.config.MaxWorlds {
			return "", fmt.Errorf("%w, %d; DELETE those that are done with, wait until unused ones expire (after %s),"+
				" or start the mock with more --max-worlds", admin.ErrFull, c.config.MaxWorlds, c.config.WorldIdle)
		}
	}
	c.nextID++
	id := fmt.Sprintf("w%d", c.nextID)
	c.worlds[id] = u.fork(c.Server, id)
	return id, nil
}

// Delete forgets a world; false when there is none, or it is the default one.
func (c control) Delete(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.worlds[id]
	if ok && id != defaultWorld {
		delete(c.worlds, id)
	}
	return ok && id != defaultWorld
}

// bounded fills in what the configuration leaves open.
func (cfg Config) bounded() Config {
	cfg.MaxWorlds = cmp.Or(cfg.MaxWorlds, DefaultMaxWorlds)
	cfg.WorldIdle = cmp.Or(cfg.WorldIdle, DefaultWorldIdle)
	cfg.JournalSize = cmp.Or(cfg.JournalSize, journal.DefaultSize)
	return cfg
}
