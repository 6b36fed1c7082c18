//go:build !race

package mockserver_test

import (
	"testing"

	"rollcall/fixtures"
)

// TestAllocations bounds what a request of the hot path allocates. The counts
// don't depend on the machine; the race detector changes them, so `make allocs`
// runs this test without it.
func TestAllocations(t *testing.T) {
	for _, api := range []struct {
		name  string
		paths []hot
		most  map[string]float64
	}{
		{"council", hotPath(t), map[string]float64{"item": 4, "list": 4, "create": 27, "refused create": 21}},
		{"volunteers", volunteersHotPath(t), map[string]float64{"item": 7, "page": 9, "filtered": 14, "create": 28,
			"create a user": 126, "refused create": 22}},
	} {
		s, key := serverOf(t, api.name, fixtures.Small)
		for _, h := range api.paths {
			t.Run(api.name+" "+h.name, func(t *testing.T) {
				c := newCaller(s, key, h)
				for range 600 { // past the journal's first round
					c.call()
				}
				if c.answer.status != h.status {
					t.Fatalf("answered %d, want %d", c.answer.status, h.status)
				}
				if got := testing.AllocsPerRun(200, c.call); got > api.most[h.name] {
					t.Errorf("%.0f allocations a request, over %.0f", got, api.most[h.name])
				}
			})
		}
	}
}

// TestReadsDecodeNothing holds that a list costs no allocation for each record:
// documents are stored encoded and go out as they are.
func TestReadsDecodeNothing(t *testing.T) {
	count := func(size fixtures.Size) float64 {
		s, key := serverOf(t, "council", size)
		c := newCaller(s, key, hot{"list", "GET", "/api/wards", 200, nil})
		for range 600 {
			c.call()
		}
		return testing.AllocsPerRun(100, c.call)
	}
	few, many := count(20), count(300)
	if many > few+8 {
		t.Errorf("%.0f allocations with few wards, %.0f with many", few, many)
	}
}
