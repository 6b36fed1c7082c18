package query

import (
	"bytes"
	"crypto/sha256"
	"sync"

	"rollcall/mockserver/store"
)

// mostResults is how many results a cache keeps at most of each kind.
const mostResults = 32

// maxKept is how long a page is at most that is kept, in bytes.
const maxKept = 256 << 10

// Cache keeps what was found and written in one state, so that the further pages of a list, and
// the same page again, are looked up. Another state empties it. Its zero value is ready.
type Cache struct {
	found results[store.Found]
	pages results[*Written]
}

// Written is a page of a list as it was written.
type Written struct {
	Page         Page
	Total, Count int    // of the list, and of the page
	Items        []byte // must not be changed
}

// Find gives what is kept under a key, or else what find finds. Of identifies the
// state, and is compared with ==.
func (c *Cache) Find(of any, key Key, find func() store.Found) store.Found {
	f, ok := c.found.get(of, key)
	if !ok {
		f = find()
		c.found.put(of, key, f)
	}
	return f
}

// Page gives the page that is kept under a key, nil when none is, and whether it is worth to be kept:
// when it is asked for the second time. Most pages are asked for once in a state, and a copy of
// each would cost more than it saves.
func (c *Cache) Page(of any, key Key) (page *Written, worth bool) {
	if key == (Key{}) {
		return nil, false
	}
	page, again := c.pages.get(of, key)
	if !again {
		c.pages.put(of, key, nil)
	}
	return page, again && page == nil
}

// Keep keeps a page, unless it is a long one.
func (c *Cache) Keep(of any, key Key, page Written) {
	if len(page.Items) <= maxKept {
		page.Items = bytes.Clone(page.Items)
		c.pages.put(of, key, &page)
	}
}

// Key stands for what was asked, so that none of a megabyte is compared, or kept, while
// others wait. The zero key is nothing's.
type Key [sha256.Size]byte

// KeyOf is the key of some texts, of which none holds a NUL.
func KeyOf(parts ...string) Key {
	var few [512]byte
	all := few[:0]
	for _, part := range parts {
		all = append(append(all, part...), 0)
	}
	return sha256.Sum256(all)
}

// results are those of one state.
type results[T any] struct {
	mu   sync.Mutex
	of   any
	kept map[Key]T
}

func (r *results[T]) get(of any, key Key) (T, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of != of {
		var none T
		return none, false
	}
	v, ok := r.kept[key]
	return v, ok
}

func (r *results[T]) put(of any, key Key, v T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, again := r.kept[key]; r.of != of || !again && len(r.kept) >= mostResults {
		r.of, r.kept = of, map[Key]T{}
	}
	r.kept[key] = v
}
