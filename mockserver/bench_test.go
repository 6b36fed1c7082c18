package mockserver_test

import (
	"fmt"
	"io"
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
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }

// serverOf starts a server without a listener and gives the default key.
func serverOf(t testing.TB, name string, size fixtures.Size) (*mockserver.Server, string) {
	t.Helper()
	c, err := contract.Load(specs.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: size})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := s.Persona(name, "default")
	return s, p.Headers["Authorization"]
}

func request(method, path, key, body string) *http.Request {
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Header.Set("Authorization", key)
	q.Header.Set("Accept", "application/x.uvol.v3+json")
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	return q
}

// hot is one request of the hot path. Its body is made for every call, as
// nobody sends the same create twice.
type hot struct {
	name, method, path string
	status             int
	body               func(i int) string
}

func hotPath(t testing.TB) []hot {
	ward := func(i int) string {
		return fmt.Sprintf(`{"name":"Ward %d","boundaryDescription":"From the river to the hill",`+
			`"councilTier":"unitary","latitude":50.26,"longitude":-5.05,"enabled":true}`, i)
	}
	return []hot{
		{"item", "GET", "/api/wards/" + givenWard(t), 200, nil},
		{"list", "GET", "/api/categories", 200, nil},
		{"create", "POST", "/api/wards", 201, ward},
		{"refused create", "POST", "/api/wards", 400, func(int) string { return `{"name":"","latitude":"north"}` }},
	}
}

func volunteersHotPath(t testing.TB) []hot {
	t.Helper()
	d := fixtures.Volunteers(1, fixtures.Small)
	given := d.Given("volunteers")
	notes := "/users/" + given["userId"] + "/notes"
	note := func(i int) string {
		return fmt.Sprintf(`{"subject":"Call %d","body":"Rang about the rota.","private":false,"pinned":false}`, i)
	}
	user := func(i int) string {
		return fmt.Sprintf(`{"first_name":"Load","last_name":"N%d","dob":"1990-01-01","roleProfiles":[{"id":%s,`+
			`"team":{"id":%s},"start":"2026-10-01"}],`+
			`"emailAddresses":[{"email":"load.%d@example.org","primary":true}]}`, i, given["roleProfileId"], given["teamId"], i)
	}
	return []hot{
		{"item", "GET", "/users/" + given["userId"], 200, nil},
		{"page", "GET", "/users?limit=20", 200, nil},
		{"filtered", "GET", "/users?limit=20&sids=1&has_email=true&include=roles", 200, nil},
		{"create", "POST", notes, 201, note},
		{"create a user", "POST", "/users", 201, user},
		{"refused create", "POST", notes, 422, func(int) string { return `{"subject":"Call","body":"x","private":"no"}` }},
	}
}

// caller sends one hot request again and again, without a network.
type caller struct {
	hot
	server  *mockserver.Server
	request *http.Request
	answer  discard
	sent    int
}

func newCaller(s *mockserver.Server, key string, h hot) *caller {
	c := &caller{hot: h, server: s, request: request(h.method, h.path, key, "x"), answer: discard{header: http.Header{}}}
	if h.body == nil {
		c.request = request(h.method, h.path, key, "")
		c.request.Body = http.NoBody
	}
	return c
}

func (c *caller) call() {
	clear(c.answer.header)
	if c.body != nil {
		c.sent++
		body := c.body(c.sent)
		c.request.Body, c.request.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	c.server.ServeHTTP(&c.answer, c.request)
}

func BenchmarkCouncil(b *testing.B) { benchmark(b, "council", hotPath(b)) }

func BenchmarkVolunteersHotPath(b *testing.B) { benchmark(b, "volunteers", volunteersHotPath(b)) }

func benchmark(b *testing.B, name string, paths []hot) {
	s, key := serverOf(b, name, fixtures.Small)
	for _, h := range paths {
		b.Run(h.name, func(b *testing.B) {
			c := newCaller(s, key, h)
			b.ReportAllocs()
			for b.Loop() {
				c.call()
			}
		})
	}
}

func givenWard(t testing.TB) string {
	t.Helper()
	d := fixtures.Council(1, fixtures.Small)
	return d.Given("council")["wardId"]
}
