package main_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// brokenWire are the ways in which what comes is no answer, each with words that are told of it.
func brokenWire() map[string]struct{ raw, words string } {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	return map[string]struct{ raw, words string }{
		"no JSON":        {head + "Content-Length: 10\r\n\r\n{\"a\":nulx}", "it is no JSON"},
		"JSON cut short": {head + "Content-Length: 6\r\n\r\n{\"a\":1", "ends before it is whole"},
		"half a body":    {head + "Content-Length: 90\r\n\r\n{\"a\":1", "ends before it is whole"},
		"no HTTP":        {"SSH-2.0-OpenSSH\r\n\r\n", "no answer of HTTP"},
		"closed":         {"", "the connection was closed before an answer came"},
		"reset":          {"reset", "the connection was reset"},
		"bad chunk":      {head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n", "the chunks of its body are damaged"},
		"bad gzip":       {head + "Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\nnothing gzip", "is damaged"},
		"too many headers": {head + strings.Repeat("X-More: "+strings.Repeat("x", 4000)+"\r\n", 3000) + "\r\n",
			"its headers are longer"},
		"broken off":   {"", ""},
		"a bad header": {"HTTP/1.1 200 OK\r\nno header\r\n\r\n", "one of its headers is none"},
		"a bad length": {"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "its Content-Length is no length"},
		"two members":  {head + "Content-Length: 13\r\n\r\n{\"a\":1,\"a\":2}", "the member is there twice"},
		"no UTF-8":     {head + "Content-Length: 3\r\n\r\n\"\xff\"", "no text in UTF-8"},
	}
}

// hung writes raw bytes in place of an answer.
func hung(t *testing.T, w http.ResponseWriter, raw string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close()
	if tcp, ok := conn.(*net.TCPConn); ok && raw == "reset" {
		_ = tcp.SetLinger(0)
		return
	}
	_, _ = io.WriteString(conn, raw) // who has read enough hangs up
}

// readAll is all that a run says of its results, and what a terminal shows of it.
func readAll(t *testing.T, run *reports.Run) string {
	t.Helper()
	var all bytes.Buffer
	if err := reports.WriteConsoleDetail(&all, run, reports.Plain, reports.Full); err != nil {
		t.Fatal(err)
	}
	for _, result := range run.Results {
		all.WriteString("\n" + result.Reason)
		for _, e := range result.Evidence {
			all.WriteString("\n" + e.Note)
		}
	}
	return all.String()
}

func speaksPlainly(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if found := foreign.FindString(line); found != "" && !strings.HasPrefix(line, "{") {
			t.Errorf("%q is in the words: %s", found, line)
		}
	}
}

// fronted is a mock of a contract behind a server that may answer by itself: own says whether it did.
func fronted(t *testing.T, own func(w http.ResponseWriter, r *http.Request) bool) (*contract.Contract, suite.Target) {
	t.Helper()
	c, target := broken(t, "council", func(r *http.Request, ask func(*http.Request) *answer) *answer { return ask(r) })
	mock, err := url.Parse(target.URL)
	if err != nil {
		t.Fatal(err)
	}
	mock.Path = ""
	pass := httputil.NewSingleHostReverseProxy(mock)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !own(w, r) {
			pass.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(front.Close)
	target.URL = strings.Replace(target.URL, mock.String(), front.URL, 1)
	return c, target
}

// TestBrokenWiresSpeakPlainly feeds a run every kind of answer that is none, and reads all that it says.
func TestBrokenWiresSpeakPlainly(t *testing.T) {
	for name, row := range brokenWire() {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			c, target := fronted(t, func(w http.ResponseWriter, r *http.Request) bool {
				ward := r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/api/wards/")
				if ward && name == "broken off" {
					cancel()
					<-r.Context().Done()
				}
				if ward {
					hung(t, w, row.raw)
				}
				return ward
			})
			run, err := conformance.Run(ctx, suite.Config{Contract: c, Target: target, Version: "test",
				Only: []string{"COU-WARD-03", "COU-DOC-getWard-response_schema_conformance"}})
			if err != nil {
				t.Fatal(err)
			}
			text := readAll(t, run)
			if speaksPlainly(t, text); !strings.Contains(text, row.words) {
				t.Errorf("it does not say %q:\n%s", row.words, text)
			}
		})
	}
}

// TestNoTargetSpeaksPlainly reads what is said of a run that does not start.
func TestNoTargetSpeaksPlainly(t *testing.T) {
	c, target := fronted(t, func(http.ResponseWriter, *http.Request) bool { return false })
	plain, closed := httptest.NewServer(http.NotFoundHandler()), httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	t.Cleanup(closed.Close)
	quiet := log.New(io.Discard, "", 0)
	plain.Config.ErrorLog, closed.Config.ErrorLog = quiet, quiet
	for name, row := range map[string]struct{ url, worlds, words string }{
		"nobody":           {"http://127.0.0.1:1", "", "nothing listens at 127.0.0.1:1"},
		"no host":          {"http://nowhere.invalid", "", "nowhere.invalid"},
		"TLS to plain":     {strings.Replace(plain.URL, "http:", "https:", 1), "", "no TLS is spoken there"},
		"plain to TLS":     {strings.Replace(closed.URL, "https:", "http:", 1), "", "400"},
		"a stranger's TLS": {closed.URL, "", "signed by nobody who is trusted here"},
		"no worlds":        {target.URL, "http://127.0.0.1:1/worlds", "nothing listens at 127.0.0.1:1"},
		"worlds of text":   {target.URL, target.URL + "/api/wards", "no world of its own"},
	} {
		t.Run(name, func(t *testing.T) {
			of := target
			of.URL, of.Worlds = row.url, row.worlds
			run, err := conformance.Run(t.Context(), suite.Config{Contract: c, Target: of, Version: "test",
				Only: []string{"COU-WARD-0*"}})
			text := fmt.Sprint(err)
			if err == nil {
				text = readAll(t, run)
			}
			if speaksPlainly(t, text); !strings.Contains(text, row.words) {
				t.Errorf("it does not say %q:\n%s", row.words, text)
			}
		})
	}
}
