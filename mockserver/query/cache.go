package query

import (
	"crypto/sha256"
	"sync"

	"rollcall/mockserver/store"
)

// What a cache keeps at most: results, and records in each.
const (
	mostResults = 32
	mostRecords = 50_000
)

// Cache keeps the results of selections over one state, so that the further
// pages of a list, and the same list again, are looked up. Another state empties
// it. Its zero value is ready.
type Cache struct {
	mu   sync.Mutex
	of   any
	kept map[digest]result
}

// digest stands for a key, so that none of a megabyte is compared, or kept, while
// others wait.
type digest [sha256.Size]byte

// result is the beginning of a list, and how long all of it is.
type result struct {
	first []*store.Record
	total int
}

// has tells whether a part of the list is kept.
func (r result) has(offset, count int) bool {
	return len(r.first) == r.total || offset+count <= len(r.first)
}

// Run is Selection.Run, with the result kept under a key. Of identifies the
// state, and is compared with ==.
func (c *Cache) Run(of any, key string, s Selection, offset, count int) (page []*store.Record, total int) {
	at := digest(sha256.Sum256([]byte(key)))
	kept, ok := c.get(of, at)
	if !ok {
		kept.first, kept.total = s.Run(0, mostRecords)
		c.put(of, at, kept)
	}
	if !kept.has(offset, count) {
		return s.Run(offset, count)
	}
	return window(kept.first, offset, count), kept.total
}

func (c *Cache) get(of any, key digest) (result, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of {
		return result{}, false
	}
	r, ok := c.kept[key]
	return r, ok
}

func (c *Cache) put(of any, key digest, r result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of || len(c.kept) >= mostResults {
		c.of, c.kept = of, map[digest]result{}
	}
	c.kept[key] = r
}

func window(all []*store.Record, offset, count int) []*store.Record {
	from := min(max(offset, 0), len(all))
	return all[from:min(from+count, len(all))]
}
