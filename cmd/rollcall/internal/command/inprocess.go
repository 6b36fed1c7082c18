package command

import (
	"bytes"
	"io"
	"net"
	"net/http"

	"rollcall/cmd/internal/cli"
	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// inProcess is the address under which a mock in this process is known; nothing
// listens there.
const inProcess = "http://" + reports.InProcessHost

// handlerTransport hands requests to a handler without a network between.
type handlerTransport struct{ handler http.Handler }

// RoundTrip answers as the handler does.
func (t handlerTransport) RoundTrip(q *http.Request) (*http.Response, error) {
	in := q.Clone(q.Context())
	in.RequestURI, in.Host = q.URL.RequestURI(), q.URL.Host
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := &recorder{header: http.Header{}, status: http.StatusOK}
	t.handler.ServeHTTP(w, in)
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: q,
	}, nil
}

type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

// mockTarget starts a mock of one contract in this process, or of several that
// share their state.
func mockTarget(c *contract.Contract, all []*contract.Contract, seed uint64, defects, variants []string) (suite.Target, error) {
	server, err := newMockServer(all, seed, defects, variants)
	if err != nil {
		return suite.Target{}, err
	}
	return inProcessTarget(c.Name, server)
}

// inProcessTarget is the target that a mock in this process is, without a listener.
func inProcessTarget(name string, server *mockserver.Server) (suite.Target, error) {
	t, err := server.Target(name, inProcess)
	t.Transport = handlerTransport{server}
	return t, err
}

func newMockServer(all []*contract.Contract, seed uint64, defects, variants []string) (*mockserver.Server, error) {
	return mockserver.New(mockserver.Config{
		Contracts: all, Seed: seed, Size: fixtures.Small, Defects: defects, Variants: variants, Strict: true,
	})
}

// listeningTarget starts the same mock at an address of its own, where other
// processes reach it, until o is closed.
func (o *targetOptions) listeningTarget(
	c *contract.Contract, all []*contract.Contract, seed uint64, defects, variants []string,
) (suite.Target, error) {
	mock, err := newMockServer(all, seed, defects, variants)
	if err != nil {
		return suite.Target{}, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return suite.Target{}, err
	}
	server := cli.Bounded(mock)
	go func() { _ = server.Serve(listener) }() // ends when it is closed
	o.stop = func() { _ = server.Close() }
	return mock.Target(c.Name, "http://"+listener.Addr().String())
}

// withCompanions loads the contracts that share the state of one, and puts it first:
// what one of them writes shows in the others.
func withCompanions(c *contract.Contract) ([]*contract.Contract, error) {
	names := mockserver.Companions(c.Name)
	if len(names) == 0 {
		return []*contract.Contract{c}, nil
	}
	others, err := loadAll(names)
	return append([]*contract.Contract{c}, others...), err
}
