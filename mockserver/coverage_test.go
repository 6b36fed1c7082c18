package mockserver

import (
	"maps"
	"sync"
	"testing"
)

// TestCoverageCounts holds that each answer of each operation is counted by itself, by all
// callers together, and that what is handed out is a copy.
func TestCoverageCounts(t *testing.T) {
	var c coverage
	if len(c.all(false)) != 0 {
		t.Errorf("before any call it counts %v", c.all(false))
	}
	var callers sync.WaitGroup
	for range 20 {
		callers.Go(func() { c.count("shelter", "getPet", 200, false); c.count("shelter", "getPet", 404, false) })
	}
	callers.Wait()
	c.count("shelter", "", 404, false)
	c.count("kennel", "getPet", 200, false)
	want := map[string]int{"shelter getPet 200": 20, "shelter getPet 404": 20, "shelter (no operation) 404": 1,
		"kennel getPet 200": 1}
	got := c.all(false)
	if !maps.Equal(got, want) {
		t.Errorf("it counts %v, want %v", got, want)
	}
	got["shelter getPet 200"] = 0
	if !maps.Equal(c.all(false), want) {
		t.Error("who is told the counts can change them")
	}
}
