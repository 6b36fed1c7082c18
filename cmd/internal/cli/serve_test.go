package cli

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestServersWaitForNobody holds that each way of being slow has an end, and that no
// server is made elsewhere.
func TestServersWaitForNobody(t *testing.T) {
	s := Bounded(http.NotFoundHandler())
	limits := map[string]time.Duration{
		"head": s.ReadHeaderTimeout, "read": s.ReadTimeout, "write": s.WriteTimeout, "idle": s.IdleTimeout,
	}
	for name, limit := range limits {
		if limit <= 0 || limit > time.Minute {
			t.Errorf("the limit of %s is %s", name, limit)
		}
	}
	files, err := filepath.Glob("../../*/internal/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") && strings.Contains(string(raw), "http.Server{") {
			t.Errorf("%s makes a server of its own", f)
		}
	}
}

// TestSlowClientsAreLetGo: a body that does not come, an answer that nobody takes and
// a connection that sleeps end when their time is over.
func TestSlowClientsAreLetGo(t *testing.T) {
	server := Bounded(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if _, err := io.ReadAll(q.Body); err == nil {
			_, _ = w.Write(make([]byte, 64<<20)) // more than any buffer on the way
		}
	}))
	const soon = 200 * time.Millisecond
	server.ReadHeaderTimeout, server.ReadTimeout, server.WriteTimeout, server.IdleTimeout = soon, soon, 2*soon, soon
	ended := make(chan net.Conn, 8)
	server.ConnState = func(c net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			ended <- c
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	for name, request := range map[string]string{
		"a head that does not end":    "GET / HTTP/1.1\r\nHost:",
		"a body that does not come":   "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1",
		"an answer that nobody takes": "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		c, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, request); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			t.Errorf("%s: the connection is held", name)
		}
	}
}

// TestServeEndsSoon: a call that hangs does not keep the mock from ending well.
func TestServeEndsSoon(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	reading, done := make(chan struct{}), make(chan error, 1)
	go func() {
		done <- Serve(ctx, listener, http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
			close(reading)
			_, _ = io.ReadAll(q.Body)
		}))
	}()
	c, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1"); err != nil {
		t.Fatal(err)
	}
	<-reading
	end()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(2 * time.Second):
		t.Error("it has not ended within two seconds")
	}
}

// TestSignalEndsWhatDoesNotListen: work that does not look at the context is ended
// from outside, work that is done in time is not.
func TestSignalEndsWhatDoesNotListen(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	end()
	gaveUp := false
	endSoon(ctx, make(chan struct{}), time.Millisecond, func() { gaveUp = true })
	if !gaveUp {
		t.Error("it goes on")
	}
	done := make(chan struct{})
	close(done)
	endSoon(ctx, done, time.Hour, func() { t.Error("it is ended although it was done") })
	if drainFor+200*time.Millisecond > endAfter || endAfter >= 2*time.Second {
		t.Errorf("a server drains for %s, and everything ends after %s", drainFor, endAfter)
	}
}
