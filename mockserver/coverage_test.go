package mockserver

import (
	"maps"
	"sync"
	"testing"
)

// TestCoverageCounts holds that all callers are counted, and that what is handed out is a copy.
func TestCoverageCounts(t *testing.T) {
	var c, one, sum coverage
	n := one.at(place{"shelter", "getPet"})
	n.answers[answered{status: 200}], n.parameters["size"], n.requirements["PET-01"] = 2, 3, 4
	var callers sync.WaitGroup
	for range 20 {
		callers.Go(func() { c.add(&one) })
	}
	callers.Wait()
	got := c.copied()
	clear(got)
	sum.add(&c)
	sum.add(&one)
	want := map[met]int{{contract: "shelter", operation: "getPet", status: 200}: 42,
		{contract: "shelter", operation: "getPet", what: metParameter, name: "size"}:     63,
		{contract: "shelter", operation: "getPet", what: metRequirement, name: "PET-01"}: 84}
	if got := sum.copied(); !maps.Equal(got, want) {
		t.Errorf("it counts %v, want %v", got, want)
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
