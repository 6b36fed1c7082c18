package client_test

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/conformance/client"
)

// fickle serves until it closes every connection after its second answer, unannounced.
// Of what it then reads it counts the requests.
func fickle(t *testing.T) (url string, served *atomic.Int32) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served = &atomic.Int32{}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if n := served.Add(1); n%2 == 0 {
			conn, buffer, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = buffer.WriteString("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
				_ = buffer.Flush()
				_ = conn.Close()
			}
		}
	})}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return "http://" + listener.Addr().String(), served
}

// A server may close an idle connection at any time: that is no answer to judge, and
// nothing is sent twice for it.
func TestAClosedIdleConnectionIsNoMissingAnswer(t *testing.T) {
	url, served := fickle(t)
	c := client.New(client.Config{BaseURL: url})
	for i := range 40 {
		method := []string{"POST", "GET", "PUT", "DELETE", "PATCH"}[i%5]
		request := client.NewRequest(nil, client.Method(method), client.RawPath("/x"),
			client.Raw([]byte("{}"), "application/json"))
		if e := c.Do(t.Context(), request); e.Err != nil {
			t.Fatalf("%d: %v", i, e)
		}
	}
	if served.Load() != 40 {
		t.Errorf("%d requests were served, 40 sent", served.Load())
	}
}

// forever is a target that limits the rate and never relents.
type forever struct {
	after string
	asked int
}

func (f *forever) RoundTrip(*http.Request) (*http.Response, error) {
	f.asked++
	return reply(429, "", "Retry-After", f.after), nil
}

func TestATargetThatThrottlesForEverIsGivenUp(t *testing.T) {
	rows := map[string]struct {
		after string
		most  int
	}{
		"at once":               {"0", 90},
		"longer than is waited": {"60", 30},
		"beyond a duration":     {"9223372036854775807", 30},
		"beyond a number":       {strings.Repeat("9", 40), 30},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			target := &forever{after: row.after}
			told := 0
			c := client.New(client.Config{BaseURL: "http://t.example", Transport: target, MaxWait: 50 * time.Millisecond,
				Waiting: func(time.Duration) { told++ }})
			var last *client.Exchange
			for range 30 {
				last = c.Do(t.Context(), client.NewRequest(operation(), client.Path("id", 1)))
			}
			if target.asked > row.most {
				t.Errorf("it was asked %d times", target.asked)
			}
			if row.after == "0" && !errors.Is(last.Err, client.ErrThrottled) {
				t.Errorf("not given up: %v", last)
			}
		})
	}
}

// What is shown of an answer is bounded, and so is the work for it.
func TestShowingAnAnswerIsBounded(t *testing.T) {
	took := func(n int) time.Duration {
		e := &client.Exchange{Method: "GET", Body: bytes.Repeat([]byte(`{"password":"`), n)}
		best := time.Hour
		for range 5 {
			began := time.Now()
			if shown := e.Shown(2048).ResponseBody; len(shown) > 2200 {
				t.Fatalf("%d bytes", len(shown))
			}
			best = min(best, time.Since(began))
		}
		return best
	}
	small, large := took(1_000), took(300_000)
	if float64(large) > 20*float64(small) && large > 20*time.Millisecond {
		t.Errorf("300 times the answer takes %s, not %s", large, small)
	}
}
