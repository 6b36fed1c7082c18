package mockserver

import (
	"sync"
	"testing"
)

// TestCoverageCounts holds that all callers are counted, and that what is handed out is a copy.
func TestCoverageCounts(t *testing.T) {
	var c, sum coverage
	one := coverage{seen: map[met]int{{contract: "shelter", operation: "getPet", status: 200}: 2}}
	var callers sync.WaitGroup
	for range 20 {
		callers.Go(func() { c.add(&one) })
	}
	callers.Wait()
	got := c.copied()
	clear(got)
	sum.add(&c)
	sum.add(&one)
	if n := sum.seen[met{contract: "shelter", operation: "getPet", status: 200}]; n != 42 {
		t.Errorf("it counts %d, want 42", n)
	}
}

func TestParametersInAQuery(t *testing.T) {
	for query, want := range map[string]bool{
		"": false, "page=1": true, "page": true, "pages=1": false, "a=1&page=2": true, "page[size]=2": true, "apage=1": false,
		"%70age=1": true, "page%5Bsize%5D=1": true, "%zz&page=1": true, "q=page": false, "q=%70age": false,
	} {
		if got := inQuery(query, "page"); got != want {
			t.Errorf("page in %q: %v", query, got)
		}
	}
}
