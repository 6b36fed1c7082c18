package client_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/conformance/client"
)

// What got no answer, or one that means "not now", is sent again as often as is said, and a
// write never where it may have arrived.
func TestRetries(t *testing.T) {
	for _, row := range []struct {
		name, method string
		fails        int64 // how many requests fail before one succeeds
		by           int   // the status, 0 drops the connection; below zero it comes with a Retry-After
		sent         int64
		status       int
	}{
		{"a read that is dropped", "GET", 2, 0, 3, 200},
		{"a read that is dropped too often", "GET", 9, 0, 4, 0},
		{"a read, not now", "GET", 2, 503, 3, 200},
		{"a read, not now and never", "GET", 9, 503, 4, 503},
		{"a read that fails", "GET", 2, 500, 1, 500},
		{"a write that is dropped", "POST", 2, 0, 1, 0},
		{"a write, not now", "POST", 2, 503, 1, 503},
		{"a write, not now but soon", "POST", 2, -503, 3, 200},
		{"a write that a gateway has lost", "POST", 2, -504, 1, 504},
	} {
		t.Run(row.name, func(t *testing.T) {
			var sent atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				switch n := sent.Add(1); {
				case n > row.fails:
				case row.by == 0:
					panic(http.ErrAbortHandler)
				case row.by < 0:
					w.Header().Set("Retry-After", "0")
					w.WriteHeader(-row.by)
				default:
					w.WriteHeader(row.by)
				}
			}))
			server.Config.ErrorLog = nil
			t.Cleanup(server.Close)
			c := client.New(client.Config{BaseURL: server.URL, Retries: 3, Tolerate: []int{503, 504}})
			answer := c.Do(context.Background(), client.NewRequest(nil, client.Method(row.method), client.RawPath("/")))
			if sent.Load() != row.sent || answer.Status != row.status {
				t.Errorf("sent %d times and answered %d, want %d and %d", sent.Load(), answer.Status, row.sent, row.status)
			}
		})
	}
}

// A write that nobody was there for has not arrived.
func TestAWriteThatDidNotArriveIsSentAgain(t *testing.T) {
	tries := 0
	c := client.New(client.Config{BaseURL: "http://127.0.0.1:1", Retries: 2, Observe: func(*client.Exchange) { tries++ }})
	began := time.Now()
	answer := c.Do(context.Background(), client.NewRequest(nil, client.Method("POST"), client.RawPath("/")))
	if answer.Err == nil || tries != 3 || !client.Unsent(answer.Err) || time.Since(began) < 300*time.Millisecond {
		t.Errorf("%d tries, %v", tries, answer.Err)
	}
}

func TestNamesAndHeadersOfTheTarget(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r }))
	t.Cleanup(server.Close)
	c := client.New(client.Config{BaseURL: server.URL, Query: map[string]string{"userId": "user_id"},
		Headers: map[string]string{"X-Gateway": "g", "X-Key": "all"}})
	c.Do(context.Background(), client.NewRequest(nil, client.Method("GET"), client.RawPath("/"), client.Query("userId", "7"),
		client.Query("page", "2"), client.Credential("X-Key", "own")))
	if got.URL.RawQuery != "page=2&user_id=7" || got.Header.Get("X-Gateway") != "g" || got.Header.Get("X-Key") != "own" {
		t.Errorf("the query is %s, the headers %v", got.URL.RawQuery, got.Header)
	}
}
