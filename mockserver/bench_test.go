package mockserver_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// discard is an answer that nobody reads.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(int)             {}
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }

// council starts a server without a listener and gives the default key.
func council(t testing.TB, size fixtures.Size) (*mockserver.Server, string) {
	t.Helper()
	c, err := contract.Load(specs.FS, "council")
	if err != nil {
		t.Fatal(err)
	}
	s, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: size})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := s.Persona("council", "default")
	return s, p.Headers["Authorization"]
}

func request(method, path, key, body string) *http.Request {
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Header.Set("Authorization", key)
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	return q
}

func BenchmarkCouncil(b *testing.B) {
	s, key := council(b, fixtures.Small)
	p, _ := s.Sample("council")
	_ = p
	item := func(id string) func(int) *http.Request {
		return func(int) *http.Request { return request("GET", "/api/wards/"+id, key, "") }
	}
	for _, row := range []struct {
		name string
		call func(i int) *http.Request
	}{
		{"item", item(givenWard(b))},
		{"list", func(int) *http.Request { return request("GET", "/api/wards", key, "") }},
		{"create", func(i int) *http.Request {
			return request("POST", "/api/wards", key, fmt.Sprintf(`{"name":"Ward %d","boundaryDescription":"From the river to the hill","councilTier":"unitary","latitude":50.26,"longitude":-5.05,"enabled":true}`, i))
		}},
		{"refused create", func(int) *http.Request { return request("POST", "/api/wards", key, `{"name":"","latitude":"north"}`) }},
	} {
		b.Run(row.name, func(b *testing.B) {
			w := &discard{http.Header{}}
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				q := row.call(i)
				clear(w.header)
				b.StartTimer()
				s.ServeHTTP(w, q)
			}
		})
	}
}

func givenWard(t testing.TB) string {
	t.Helper()
	d, err := fixtures.Generate("council", 1, fixtures.Small)
	if err != nil {
		t.Fatal(err)
	}
	return d.Given("council")["wardId"]
}
