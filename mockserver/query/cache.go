package query

import (
	"crypto/sha256"
	"sync"

	"rollcall/mockserver/store"
)

// mostResults is how many results a cache keeps at most.
const mostResults = 32

// Cache keeps what was found in one state, so that the further pages of a list, and
// the same list again, are looked up. Another state empties it. Its zero value is ready.
type Cache struct {
	mu   sync.Mutex
	of   any
	kept map[digest]store.Found
}

// digest stands for a key, so that none of a megabyte is compared, or kept, while
// others wait.
type digest [sha256.Size]byte

// Find gives what is kept under a key, or else what find finds. Of identifies the
// state, and is compared with ==.
func (c *Cache) Find(of any, key string, find func() store.Found) store.Found {
	at := digest(sha256.Sum256([]byte(key)))
	f, ok := c.get(of, at)
	if !ok {
		f = find()
		c.put(of, at, f)
	}
	return f
}

func (c *Cache) get(of any, key digest) (store.Found, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of {
		return store.Found{}, false
	}
	f, ok := c.kept[key]
	return f, ok
}

func (c *Cache) put(of any, key digest, f store.Found) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of || len(c.kept) >= mostResults {
		c.of, c.kept = of, map[digest]store.Found{}
	}
	c.kept[key] = f
}
