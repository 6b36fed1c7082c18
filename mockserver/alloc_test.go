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
	most := map[string]float64{"item": 13, "list": 18, "create": 115, "refused create": 95}
	s, key := serverOf(t, "council", fixtures.Small)
	for _, h := range hotPath(t) {
		t.Run(h.name, func(t *testing.T) {
			c := newCaller(s, key, h)
			for range 600 { // past the journal's first round
				c.call()
			}
			if got := testing.AllocsPerRun(200, c.call); got > most[h.name] {
				t.Errorf("%.0f allocations a request, over %.0f", got, most[h.name])
			}
		})
	}
}

// TestReadsDecodeNothing holds that a list costs no allocation for each record:
// documents are stored encoded and go out as they are.
func TestReadsDecodeNothing(t *testing.T) {
	count := func(size fixtures.Size) float64 {
		s, key := serverOf(t, "council", size)
		c := newCaller(s, key, hot{"list", "GET", "/api/wards", nil})
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
