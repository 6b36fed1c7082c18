//go:build unix

package mockserver_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"rollcall/mockserver/durable/pgtest"
)

// TestSharedIsMemory is TestLastingIsMemory for state in PostgreSQL, with a mock that is begun
// again and again.
func TestSharedIsMemory(t *testing.T) {
	t.Parallel() // it waits for the database more than it works
	pg := pgtest.Start(t)
	model(t, []*lasting{startLasting(t, ""), startLasting(t, pg.URL("a", "")), startLasting(t, pg.URL("b", ""))}, 60)
}

// TestReplicasAreOne holds that what is written by one of two mocks that share a state is seen
// by the other at once, whatever it is.
func TestReplicasAreOne(t *testing.T) {
	t.Parallel() // it waits for the database more than it works
	pg := pgtest.Start(t)
	first := startLasting(t, pg.URL("both", ""))
	second := startLasting(t, pg.URL("both", ""))
	second.now = first.now
	random := rand.New(rand.NewPCG(5, 6))
	first.fork("")
	second.must("POST", "/__admin/worlds/default/snapshot", "", `{"name":"kept"}`)
	for step := range 60 {
		walk(random, step, []*lasting{[]*lasting{first, second}[random.IntN(2)]})
		*first.now = first.now.Add(time.Second)
		if step%6 != 5 {
			continue
		}
		if one, other := first.everything(), second.everything(); one != other {
			t.Fatalf("step %d: the first has\n%.3000s\nthe second\n%.3000s", step, one, other)
		}
	}
	if got := first.must("GET", "/__admin/worlds/default/data", "", ""); !strings.Contains(got, "Ward 1") {
		t.Error("no ward was made, so that nothing was seen")
	}
}
