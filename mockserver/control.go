package mockserver

import (
	"fmt"
	"net/http"
	"runtime/metrics"
	"time"

	"rollcall/mockserver/store"
	"rollcall/specs/target"
)

// control is what the control API may do with a server.
type control struct{ *Server }

func (c control) Health() map[string]any {
	return map[string]any{"status": "ok", "contracts": c.served(),
		"uptime_ms": c.config.Now().Sub(c.started).Milliseconds(), "memory": memory()}
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

func (c control) find(id string) (*universe, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	u, ok := c.worlds[id]
	return u, ok
}

func (c control) Worlds() []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	ids := make([]string, 0, len(c.worlds))
	for id := range c.worlds {
		ids = append(ids, id)
	}
	return ids
}

// Fork makes a world from another one; from "" is the state as generated.
func (c control) Fork(from string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	u := c.origin
	if from != "" {
		var ok bool
		if u, ok = c.worlds[from]; !ok {
			return "", false
		}
	}
	c.nextID++
	id := fmt.Sprintf("w%d", c.nextID)
	c.worlds[id] = u.fork(c.Server, id)
	return id, true
}

func (c control) Delete(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.worlds[id]
	if ok && id != defaultWorld {
		delete(c.worlds, id)
	}
	return ok && id != defaultWorld
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
	u.advance.Store(source.advance.Load())
	u.born.Store(source.birth(c.config.Now))
	u.journal.clear()
	u.mu.Lock()
	u.spent = nil
	u.mu.Unlock()
	return true
}

func (c control) Advance(id string, d time.Duration) (time.Time, bool) {
	u, ok := c.find(id)
	if !ok {
		return time.Time{}, false
	}
	u.advance.Add(int64(d))
	return u.now(c.config.Now), true
}

func (c control) Requests(id string) ([]any, bool) {
	u, ok := c.find(id)
	if !ok {
		return nil, false
	}
	list := []any{}
	for _, e := range u.journal.entries() {
		list = append(list, e)
	}
	return list, true
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

// Coverage tells how often each operation gave each status.
func (c control) Coverage() map[string]int { return c.coverage.all() }

// Target is the Server's, at the address that the call came to.
func (c control) Target(contract string, q *http.Request) (target.Target, bool) {
	t, err := c.Server.Target(contract, "http://"+q.Host)
	return t, err == nil
}
