package mockserver

import (
	"context"
	"net/http"
	"runtime/metrics"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/store"
	"rollcall/specs/target"
)

// control is what the control API may do with a server.
type control struct{ *Server }

func (c control) Health() map[string]any {
	status := "ok"
	if c.Ready() != nil {
		status = "degraded"
	}
	return map[string]any{"status": status, "contracts": c.served(), "memory": memory(),
		"uptime_ms": c.config.Now().Sub(c.started).Milliseconds(), "worlds": c.count(), "max_worlds": c.config.MaxWorlds,
		"world_idle_ms": c.config.WorldIdle.Milliseconds()}
}

// count counts the worlds, as they are seen here.
func (c control) count() int {
	if c.book != nil {
		c.mu.RLock()
		defer c.mu.RUnlock()
		return len(c.worlds)
	}
	ids, _ := c.Worlds() // in memory they are always there
	return len(ids)
}

// Ready is why not every call can be answered: the store of the state can't be used.
func (c control) Ready() error {
	if c.book == nil {
		return nil
	}
	_, why := c.book.Trouble()
	return why
}

// State tells how the store of the state is.
func (c control) State(ctx context.Context) durable.State {
	if c.book == nil {
		return durable.State{Engine: "memory", Reads: "local", Healthy: true, Worlds: []durable.WorldState{}}
	}
	s := c.book.State(ctx)
	s.Replica = c.config.State.Replica
	return s
}

// memory tells what the process holds and how often it allocated, for those who
// count allocations for a request.
func memory() map[string]uint64 {
	m := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/allocs:objects"}}
	metrics.Read(m)
	return map[string]uint64{"heap_bytes": m[0].Value.Uint64(), "allocations": m[1].Value.Uint64()}
}

func (c control) Settings() map[string]any {
	return map[string]any{"seed": c.config.Seed, "size": int(c.config.Size), "defects": orEmpty(c.config.Defects),
		"variants": orEmpty(c.config.Variants), "auth": !c.config.NoAuth}
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// Reset gives a world the state of another one, at once; from "" is the state as
// generated.
func (c control) Reset(id, from string) error {
	u, err := c.find(id)
	source := c.origin
	if from != "" && err == nil {
		source, err = c.find(from)
	}
	if err != nil {
		return err
	}
	if u.lasting != nil {
		u.journal.Clear()
		return u.resetLasting(source)
	}
	for name, w := range u.states {
		w.Restore(source.states[name])
	}
	u.clock.set.Store(source.clock.set.Load())
	u.born.Store(source.birth(c.config.Now))
	u.journal.Clear()
	u.faults.Remove("")
	u.replays.clear()
	u.mu.Lock()
	u.spent = nil
	u.mu.Unlock()
	return nil
}

func (c control) Data(id, contract, table string) ([]*store.Record, error) {
	u, err := c.find(id)
	if err != nil {
		return nil, err
	}
	for _, m := range c.mounts {
		if m.name != contract {
			continue
		}
		for _, t := range m.plan.Tables {
			if t.Name == table {
				return u.states[m.state()].View().Everything(table), nil
			}
		}
	}
	return nil, admin.ErrNoTable
}

// Target is the Server's, at the address that the call came to.
func (c control) Target(contract string, q *http.Request) (target.Target, bool) {
	t, err := c.Server.Target(contract, baseOf(q))
	return t, err == nil
}
