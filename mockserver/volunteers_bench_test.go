package mockserver_test

import (
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

func volunteerServer(tb testing.TB, size fixtures.Size) *mockserver.Server {
	tb.Helper()
	c, err := contract.Load(specs.FS, "volunteers")
	if err != nil {
		tb.Fatal(err)
	}
	s, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: size})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// BenchmarkVolunteers reads the largest contract; VOLUNTEERS sets the number of
// users, which is small otherwise.
func BenchmarkVolunteers(b *testing.B) {
	size, err := strconv.Atoi(os.Getenv("VOLUNTEERS"))
	if err != nil {
		size = 1000
	}
	began := time.Now()
	s := volunteerServer(b, fixtures.Size(size))
	b.Logf("%d users in %s", size, time.Since(began))
	p, _ := s.Persona("volunteers", "default")
	for name, path := range map[string]string{
		"get": "/users/1020", "include": "/users/1020?include=roles,emailAddresses", "list": "/users", "deep": "/users?page=30",
		"two filters": "/users?team=100&roles=301&include=roles", "search": "/users?q=1020", "view": "/users?view=on-call",
		"near":  "/users?lat=50.7256&long=-3.5269&distance=5",
		"roles": "/users/1020/roles", "inactive": "/users?include_inactive=true", "sids": "/users?sids=1&view=volunteers",
		"manager": "/users?manager=1002&has_email=true&include=skills",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w := httptest.NewRecorder()
				q := httptest.NewRequest("GET", path, nil)
				q.Header.Set("Authorization", p.Headers["Authorization"])
				s.ServeHTTP(w, q)
				if w.Code != 200 {
					b.Fatal(w.Code, w.Body.String())
				}
			}
		})
	}
}
