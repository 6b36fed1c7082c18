package suite_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
	"rollcall/reports"
)

// lastFirst answers /lane/0 to /lane/n-1 when all of them have come, the last one first; who is alone
// is never answered. Everything else is the toy's.
func lastFirst(t *testing.T, n int) suite.Target {
	server := toy.NewServer()
	var come sync.WaitGroup
	come.Add(n)
	answered := make([]chan struct{}, n+1)
	for i := range answered {
		answered[i] = make(chan struct{})
	}
	close(answered[n])
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var i int
		if _, err := fmt.Sscanf(r.URL.Path, "/lane/%d", &i); err != nil {
			server.ServeHTTP(w, r)
			return
		}
		come.Done()
		come.Wait()
		<-answered[i+1]
		w.WriteHeader(http.StatusTeapot)
		close(answered[i])
	}))
	t.Cleanup(s.Close)
	target := toy.Target(t)
	target.URL, target.Worlds = s.URL, s.URL+"/worlds"
	return target
}

// lanes are pieces that send a request each, the last one by a piece of its own, and do what then says.
func lanes(ctx context.Context, env *suite.Env, n int, then func(i int)) (pieces []func()) {
	for i := range n {
		pieces = append(pieces, func() {
			env.Send(ctx, http.MethodGet, fmt.Sprintf("/lane/%d", i))
			then(i)
		})
	}
	inner := pieces[n-2:]
	return append(slices.Clone(pieces[:n-2]), func() { env.Abreast(inner...) })
}

// Requests that don't wait for one another are told in the order of the case, and its end is that of
// the first piece, however the answers come.
func TestAbreastKeepsTheOrder(t *testing.T) {
	rows := map[string]struct {
		ends   []int // pieces that fail the case
		reason string
		told   int // exchanges
	}{
		"none ends":      {nil, "in the end", 4},
		"the last ends":  {[]int{3}, "piece 3", 4},
		"two end":        {[]int{1, 3}, "piece 1", 2},
		"one far ahead":  {[]int{0, 2}, "piece 0", 1},
		"in pieces of a": {[]int{2, 3}, "piece 2", 3},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			result := one(t, lastFirst(t, 4), func(ctx context.Context, env *suite.Env) {
				env.Abreast(lanes(ctx, env, 4, func(i int) {
					if slices.Contains(row.ends, i) {
						env.Fail("piece %d", i)
					}
				})...)
				env.Fail("in the end")
			})
			if result.Verdict != reports.Fail || !strings.Contains(result.Reason, row.reason) {
				t.Errorf("%s: %s; want %q", result.Verdict, result.Reason, row.reason)
			}
			var told []string
			for _, e := range result.Evidence {
				told = append(told, e.URL[strings.LastIndex(e.URL, "/"):])
			}
			if want := []string{"/0", "/1", "/2", "/3"}[:row.told]; !slices.Equal(told, want) {
				t.Errorf("told %v; want %v", told, want)
			}
		})
	}
}

// What is to be played again is asked one after the other.
func TestAbreastInTurn(t *testing.T) {
	c := only(config(t, toy.Target(t)), "TOY-THING-01")
	c.InTurn = true
	var order []int
	c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "the case", Check: func(ctx context.Context, env *suite.Env) {
		var pieces []func()
		for i := range 3 {
			pieces = append(pieces, func() {
				order = append(order, i)
				env.Call(ctx, "listThings")
				order = append(order, i)
			})
		}
		env.Abreast(pieces...)
	}}}
	if _, err := suite.RunPlain(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if want := []int{0, 0, 1, 1, 2, 2}; !slices.Equal(order, want) {
		t.Errorf("order %v; want %v", order, want)
	}
}
