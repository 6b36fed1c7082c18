// Package rollcalltest starts the mock inside a Go test: one line for a contract, one
// for a world of the test's own, and clients that are somebody.
//
//	mock := rollcalltest.Start(t, "council")
//	res, err := mock.Client("default").Get(mock.URL + "/api/wards")
//
// It is an API for users: names stay, members are only added.
package rollcalltest

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// TB is what this package needs of a *testing.T. Fatalf must end the test and not return.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// Option changes what Start starts. Those of this package are the usual ones; a function
// of one's own may set any member of the configuration.
type Option func(*mockserver.Config)

// Seed sets what the data is made from; 1 without it.
func Seed(seed uint64) Option {
	return func(c *mockserver.Config) { c.Seed = seed }
}

// Size sets how much data there is; fixtures.Small without it.
func Size(size fixtures.Size) Option {
	return func(c *mockserver.Config) { c.Size = size }
}

// Defects breaks requirements on purpose, by the names that `rollcall list defects`
// prints: "COU-WARD-06/omit".
func Defects(names ...string) Option {
	return func(c *mockserver.Config) { c.Defects = append(c.Defects, names...) }
}

// Variants makes the mock answer otherwise and still keep the contract, by the names that
// mockserver.Variants lists.
func Variants(names ...string) Option {
	return func(c *mockserver.Config) { c.Variants = append(c.Variants, names...) }
}

// Clock sets the time at which every world stands until Advance moves it. It must be
// safe for concurrent use.
func Clock(now func() time.Time) Option {
	return func(c *mockserver.Config) { c.Now = now }
}

// Log sets where the mock tells what it does; nowhere without it.
func Log(log *slog.Logger) Option {
	return func(c *mockserver.Config) { c.Log = log }
}

// Mock is a contract that is served, in one world. It is safe for concurrent use.
type Mock struct {
	URL string // where the operations of the contract begin, without a slash at the end

	tb       TB
	server   *mockserver.Server
	http     *httptest.Server
	contract string
	world    string
	token    string // of the control API
}

// Start serves a contract on a loopback address until the test ends. With it come the
// contracts that share its state; see Mock.Contract. A name that is not known ends the
// test, with those that are.
func Start(t TB, contract string, options ...Option) *Mock {
	t.Helper()
	config := mockserver.Config{Seed: 1, Size: fixtures.Small}
	for _, name := range append([]string{contract}, mockserver.Companions(contract)...) {
		config.Contracts = append(config.Contracts, load(t, name))
	}
	for _, change := range options {
		change(&config)
	}
	server, err := mockserver.New(config)
	if err != nil {
		t.Fatalf("the mock of %s did not start: %v", contract, err)
	}
	m := &Mock{tb: t, server: server, http: httptest.NewServer(server), world: "default", token: config.AdminToken}
	t.Cleanup(m.http.Close)
	return m.Contract(contract)
}

func load(t TB, name string) *contract.Contract {
	t.Helper()
	c, err := contract.Find(specs.FS, name)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return c
}

// Contract gives another contract of the same server, in the same world.
func (m *Mock) Contract(name string) *Mock {
	m.tb.Helper()
	other := *m
	other.contract = name
	other.URL = other.path(other.Target().URL)
	return &other
}

// World forks the world of this mock, as it is now, for as long as t runs: what the two
// write from then on, their clocks and their journals are each one's own. It has a URL
// of its own, for callers that are given nothing else.
func (m *Mock) World(t TB) *Mock {
	t.Helper()
	own := *m
	own.tb = t
	var err error
	own.world, err = m.Admin().Fork(context.Background(), m.world)
	done(t, err)
	t.Cleanup(func() { done(t, own.Admin().Delete(context.Background(), own.world)) })
	own.URL = own.path(own.Target().URL)
	return &own
}

// path puts the world into an address of the server, which needs none for the default one.
func (m *Mock) path(url string) string {
	if m.world == "default" {
		return url
	}
	return m.http.URL + worlds + m.world + strings.TrimPrefix(url, m.http.URL)
}

// Target says what a suite may know of the mock, and with it who may call
// (Target().Personas) and which records are there (Target().Given). A suite makes worlds
// of its own, of the state as generated: it neither sees nor changes this one.
func (m *Mock) Target() target.Target {
	m.tb.Helper()
	t, err := m.server.Target(m.contract, m.http.URL)
	if err != nil {
		m.tb.Fatalf("%v", err)
	}
	return t
}

// Client calls as a persona, in the world of the mock, whether by URL or by any other
// address of the server. Persona "" sends no credential; headers that a request has
// already stay. A persona that there is not ends the test, with those that there are.
func (m *Mock) Client(persona string) *http.Client {
	m.tb.Helper()
	personas := m.Target().Personas
	known, ok := personas[persona]
	if !ok && persona != "" {
		m.tb.Fatalf("%s has no persona %q; it has %s", m.contract, persona,
			strings.Join(slices.Sorted(maps.Keys(personas)), ", "))
	}
	headers := http.Header{}
	for name, value := range known.Headers {
		headers.Set(name, value)
	}
	headers.Set(target.WorldHeader, m.world)
	client := *m.http.Client()
	client.Transport = &caller{headers, client.Transport}
	return &client
}

// worlds begins the path of a call to a world, before its id.
const worlds = "/__worlds/"

// caller adds headers to requests.
type caller struct {
	headers http.Header
	next    http.RoundTripper
}

// RoundTrip sends a copy of the request that has the headers it lacks.
func (c *caller) RoundTrip(q *http.Request) (*http.Response, error) {
	q = q.Clone(q.Context())
	for name, values := range c.headers {
		if name == target.WorldHeader && strings.HasPrefix(q.URL.Path, worlds) {
			continue // the path names the world, and a call is in one
		}
		if q.Header.Values(name) == nil {
			q.Header[name] = slices.Clone(values)
		}
	}
	return c.next.RoundTrip(q)
}
