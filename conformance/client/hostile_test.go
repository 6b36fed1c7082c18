package client_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollcall/conformance/client"
)

// fine is an answer with a body.
func fine(body string) string {
	return fmt.Sprintf("200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

// TestAnswersThatAreNone: what a target sends costs a time that grows with its length, and ends.
func TestAnswersThatAreNone(t *testing.T) {
	deep := strings.Repeat("[", 201) + strings.Repeat("]", 201)
	text := `["` + strings.Repeat("[\\\"", 300) + `"]`
	rows := map[string]struct{ answer, wrong string }{
		"another protocol": {"101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", "the answer is 101"},
		"status of zero":   {"000 None\r\nContent-Length: 0\r\n\r\n", "the status 000"},
		"status below":     {"099 None\r\nContent-Length: 0\r\n\r\n", "the status 099"},
		"deep":             {fine(deep), "nests deeper than 200 levels"},
		"long":             {fine(strings.Repeat("x", 10<<20+1)), "longer than 10485760 bytes"},
		"cut short":        {"200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n[]", "ends before it is whole"},
		"no gzip": {"200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 30\r\n\r\n" + strings.Repeat("x", 30),
			"Content-Encoding: gzip"},
		"no headers":       {"200 OK\r\nno header\r\n\r\n", `headers is none: "no header`},
		"no length":        {"200 OK\r\nContent-Length: many\r\n\r\n", `no length, but "many"`},
		"not as deep":      {fine(deep[1:401]), ""},
		"brackets as text": {fine(text), ""},
	}
	for name, row := range rows {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			t.Run(name+" "+method, func(t *testing.T) {
				over := make(chan struct{})
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					conn, out, err := http.NewResponseController(w).Hijack()
					if err != nil {
						t.Error(err)
						return
					}
					defer conn.Close()
					_, _ = out.WriteString("HTTP/1.1 " + row.answer)
					_ = out.Flush()
					if strings.HasSuffix(row.wrong, "whole") {
						return
					}
					<-over
				}))
				defer server.Close()
				defer close(over)
				c := client.New(client.Config{BaseURL: server.URL, Transport: client.Over(nil)})
				request := client.NewRequest(nil, client.Method(method), client.RawPath("/"))
				request.Timeout = 20 * time.Second
				began := time.Now()
				got := c.Do(t.Context(), request)
				if (got.Err == nil) != (row.wrong == "") || got.Err != nil && !strings.Contains(got.Err.Error(), row.wrong) {
					t.Errorf("got %v, want %q", got.Err, row.wrong)
				}
				if row.wrong != "" && (!strings.Contains(got.String(), "no answer that can be read") ||
					!strings.Contains(client.Advice(got.Err), "it answers")) {
					t.Errorf("it is told as %s; %s", got, client.Advice(got.Err))
				}
				if took := time.Since(began); took > 10*time.Second {
					t.Errorf("it took %s", took)
				}
			})
		}
	}
}

// TestWhatKeptAnAnswer holds that a request without an answer is told with the limit that was over, or with
// the proxy that it was to go by, and with what to do.
func TestWhatKeptAnAnswer(t *testing.T) {
	over := make(chan struct{})
	hangs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/begun" {
			w.Header().Set("Content-Length", "10")
			_, _ = w.Write([]byte("["))
			_ = http.NewResponseController(w).Flush()
		}
		<-over
	}))
	defer hangs.Close()
	defer close(over)
	proxy := &url.URL{Scheme: "http", User: url.UserPassword("ada", "hunter2"), Host: "127.0.0.1:1"}
	for name, row := range map[string]struct {
		url, path, says, do string
		proxy               *url.URL
		unsent              bool
	}{
		"no answer":      {hangs.URL, "/", "it took longer than 300ms", "timeouts.answer", nil, false},
		"half an answer": {hangs.URL, "/begun", "it took longer than 300ms", "timeouts.answer", nil, false},
		"nobody":         {"http://127.0.0.1:1", "/", "refused", "that the URL is right", nil, true},
		"no proxy":       {"http://nowhere.invalid", "/", "by the proxy http://127.0.0.1:1", "proxy is running", proxy, true},
		"no proxy, with TLS": {"https://nowhere.invalid", "/", "by the proxy http://127.0.0.1:1", "proxy is running", proxy,
			true},
	} {
		t.Run(name, func(t *testing.T) {
			way := &http.Transport{Proxy: http.ProxyURL(row.proxy)}
			c := client.New(client.Config{BaseURL: row.url, Transport: client.Over(way)})
			request := client.NewRequest(nil, client.Method(http.MethodGet), client.RawPath(row.path))
			request.Timeout = 300 * time.Millisecond
			got := c.Do(t.Context(), request)
			said, advice := got.String(), client.Advice(got.Err)
			if got.Err == nil || !strings.Contains(said, row.says) || strings.Contains(said, "deadline") ||
				strings.Contains(said, "hunter2") || !strings.Contains(advice, row.do) || client.Unsent(got.Err) != row.unsent {
				t.Errorf("%s; %s (unsent %v)", said, advice, client.Unsent(got.Err))
			}
		})
	}
}
