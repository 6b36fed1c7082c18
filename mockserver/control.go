package mockserver

import (
	"net/http"
	"runtime/metrics"

	"rollcall/mockserver/store"
	"rollcall/specs/target"
)

// control is what the control API may do with a server.
type control struct{ *Server }

func (c control) Health() map[string]any {
	return map[string]any{"status": "ok", "contracts": c.served(), "memory": memory(),
		"uptime_ms": c.config.Now().Sub(c.started).Milliseconds(), "worlds": len(c.Worlds()), "max_worlds": c.config.MaxWorlds,
		"world_idle_ms": c.config.WorldIdle.Milliseconds()}
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
func (c control) Reset(id, from string) bool {
	u, ok := c.find(id)
	source := c.origin
	if from != "" && ok {
		source, ok = c.find(from)
	}
	if !ok {
		return false
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
	return true
}

func (c control) Data(id, contract, table string) ([]*store.Record, bool) {
	u, ok := c.find(id)
	if !ok {
		return nil, false
	}
	for _, m := range c.mounts {
		if m.name != contract {
			continue
		}
		for _, t := range m.plan.Tables {
			if t.Name == table {
				return u.states[m.state()].View().Everything(table), true
			}
		}
	}
	return nil, false
}

// Target is the Server's, at the address that the call came to.
func (c control) Target(contract string, q *http.Request) (target.Target, bool) {
	t, err := c.Server.Target(contract, baseOf(q))
	return t, err == nil
}
