package mockserver

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/internal/journal"
)

// ControlRealm is what a 401 of the control API names; see admin.Realm.
const ControlRealm = admin.Realm

// How many worlds there are at most, and how long one is kept that nobody uses,
// where Config does not say.
const (
	DefaultMaxWorlds = 1000
	DefaultWorldIdle = time.Hour
)

func (c control) find(id string) (*world, error) {
	if err := c.fresh(context.Background(), id); err != nil {
		return nil, unavailable(err)
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	u, ok := c.worlds[id]
	if !ok {
		return nil, admin.ErrNoWorld
	}
	u.touch()
	return u, nil
}

// Worlds lists the ids of the worlds that are still in use.
func (c control) Worlds() ([]string, error) {
	if c.book != nil {
		if _, err := c.expireLasting(context.Background()); err != nil {
			return nil, err
		}
		ids, err := c.book.Worlds(context.Background())
		return ids, unavailable(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire()
	ids := make([]string, 0, len(c.worlds))
	for id := range c.worlds {
		ids = append(ids, id)
	}
	return ids, nil
}

// expire forgets the worlds that nobody has used for long. Who calls it holds the
// lock.
func (c control) expire() {
	old := c.config.Now().Add(-c.config.WorldIdle).UnixNano()
	for id, u := range c.worlds {
		if used := u.used.Load(); id != defaultWorld && u.kept == nil && used < old {
			c.bury(u, c.config.expired(time.Unix(0, used)))
		}
	}
}

// Fork makes a world from another one; from "" is the state as generated.
func (c control) Fork(from string) (string, error) {
	if c.book != nil {
		return c.forkLasting(from)
	}
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
	if err := c.room(); err != nil {
		return "", err
	}
	c.nextID++
	id := fmt.Sprintf("w%d", c.nextID)
	c.worlds[id] = u.fork(c.Server, id)
	return id, nil
}

// room says why there is none for another world. Who calls it holds the lock.
func (c control) room() error {
	if len(c.worlds) < c.config.MaxWorlds {
		return nil
	}
	if c.expire(); len(c.worlds) < c.config.MaxWorlds {
		return nil
	}
	return c.full()
}

func (c control) full() error {
	return fmt.Errorf("%w, %d; DELETE those that are done with, wait until unused ones expire (after %s),"+
		" or start the mock with more --max-worlds", admin.ErrFull, c.config.MaxWorlds, c.config.WorldIdle)
}

var snapshotName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// Snapshot keeps the state of a world under a name. It is a world, but one that does not
// expire.
func (c control) Snapshot(id, name string) error {
	if c.book != nil {
		return c.snapshotLasting(id, name)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	u, ok := c.worlds[id]
	if !ok {
		return admin.ErrNoWorld
	}
	if err := nameable(name); err != nil {
		return err
	}
	if c.worlds[name] != nil {
		return taken(name)
	}
	if err := c.room(); err != nil {
		return err
	}
	u.touch()
	c.worlds[name] = u.fork(c.Server, name)
	c.worlds[name].kept = &admin.Snapshot{Name: name, Of: id, At: u.now(c.config.Now)}
	return nil
}

// nameable says why no state may have a name.
func nameable(name string) error {
	switch {
	case !snapshotName.MatchString(name):
		return fmt.Errorf("name is %.80q; give up to 64 letters, digits, dots, dashes and underscores", name)
	case generatedID.MatchString(name):
		return taken(name)
	}
	return nil
}

func taken(name string) error {
	return fmt.Errorf("%w, %q, or ids of worlds are made so", admin.ErrTaken, name)
}

var generatedID = regexp.MustCompile(`^w[0-9]+$`)

// Snapshots lists the states with a name.
func (c control) Snapshots() []admin.Snapshot {
	if c.book != nil && c.book.Shared() { // others may have made some
		ids, _ := c.book.Worlds(context.Background())
		for _, id := range ids {
			_ = c.fresh(context.Background(), id) // what can't be read is left out
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	all := []admin.Snapshot{}
	for _, id := range slices.Sorted(maps.Keys(c.worlds)) {
		if kept := c.worlds[id].kept; kept != nil {
			all = append(all, *kept)
		}
	}
	return all
}

// Delete forgets a world; ErrNoWorld when there is none, or it is the default one.
func (c control) Delete(id string) error {
	if c.book != nil {
		if _, err := c.find(id); err != nil || id == defaultWorld {
			return cmp.Or(err, admin.ErrNoWorld)
		}
		return unavailable(c.book.Bury(context.Background(), id, c.config.deleted()))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	u, ok := c.worlds[id]
	if ok && id != defaultWorld {
		c.bury(u, c.config.deleted())
	}
	if !ok || id == defaultWorld {
		return admin.ErrNoWorld
	}
	return nil
}

// bounded fills in what the configuration leaves open.
func (cfg Config) bounded() Config {
	cfg.MaxWorlds = cmp.Or(cfg.MaxWorlds, DefaultMaxWorlds)
	cfg.WorldIdle = cmp.Or(cfg.WorldIdle, DefaultWorldIdle)
	cfg.JournalSize = cmp.Or(cfg.JournalSize, journal.DefaultSize)
	return cfg
}
