package main_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"rollcall/conformance/suite"
	"rollcall/reports"
)

// waitFor waits until a file is there and puts its content into a variable:
// waitfor FILE VARIABLE.
func waitFor(ts *testscript.TestScript, _ bool, args []string) {
	deadline := time.Now().Add(20 * time.Second)
	for {
		if raw, err := os.ReadFile(ts.MkAbs(args[0])); err == nil {
			ts.Setenv(args[1], strings.TrimSpace(string(raw)))
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s did not appear", args[0])
		}
		time.Sleep(5 * time.Millisecond) // another process writes the file; there is nothing to be told by
	}
}

// waitText waits until a file has a text in it: waittext FILE TEXT.
func waitText(ts *testscript.TestScript, _ bool, args []string) {
	deadline := time.Now().Add(20 * time.Second)
	for {
		if raw, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && strings.Contains(string(raw), args[1]) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s did not come to have %q", args[0], args[1])
		}
		time.Sleep(5 * time.Millisecond) // another process writes the file; there is nothing to be told by
	}
}

// waitAnswer waits until what is read at a URL has a text in it: waitanswer URL TEXT.
func waitAnswer(ts *testscript.TestScript, _ bool, args []string) {
	var text []byte
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		res, err := http.Get(args[0])
		ts.Check(err)
		text, err = io.ReadAll(res.Body)
		res.Body.Close()
		ts.Check(err)
		if strings.Contains(string(text), args[1]) {
			return
		}
	}
	ts.Fatalf("%s did not come to have %q; it has %s", args[0], args[1], text)
}

// sameRun compares two run files but for times and addresses: samerun A B.
func sameRun(ts *testscript.TestScript, _ bool, args []string) {
	var runs [2]string
	for i, name := range args {
		run, err := reports.ReadRun(strings.NewReader(ts.ReadFile(name)))
		ts.Check(err)
		var text strings.Builder
		ts.Check(reports.WriteJSON(&text, run.Comparable()))
		runs[i] = text.String()
	}
	if runs[0] != runs[1] {
		ts.Fatalf("the runs differ:\n%s\n%s", runs[0], runs[1])
	}
}

// unworldly asks a mock how to test it and writes a target file that says nothing
// of its worlds, as if others used it too: unworldly BASE CONTRACT FILE.
func unworldly(ts *testscript.TestScript, _ bool, args []string) {
	res, err := http.Get(args[0] + "/__admin/targets/" + args[1])
	ts.Check(err)
	defer res.Body.Close()
	var target suite.Target
	ts.Check(json.NewDecoder(res.Body).Decode(&target))
	target.Worlds = ""
	raw, err := json.Marshal(target) // JSON is YAML
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), raw, 0o600))
}

// strict puts a gateway before a mock, and its address into a variable. It answers 429 to all
// requests of a contract for a second, once it has had more of them within one second than it
// is told, and one more because nobody's clock is exact: strict BASE MOST VARIABLE.
func strict(ts *testscript.TestScript, _ bool, args []string) {
	base, err := url.Parse(args[0])
	ts.Check(err)
	most, err := strconv.Atoi(args[1])
	ts.Check(err)
	var mutex sync.Mutex
	var recent []time.Time
	var closed time.Time
	refused := func(now time.Time) bool {
		mutex.Lock()
		defer mutex.Unlock()
		for recent = append(recent, now); now.Sub(recent[0]) >= time.Second; recent = recent[1:] {
		}
		if len(recent) > most+1 && now.After(closed) {
			closed = now.Add(time.Second)
		}
		return now.Before(closed)
	}
	mock := httputil.NewSingleHostReverseProxy(base)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/__admin") && refused(time.Now()) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		mock.ServeHTTP(w, r)
	}))
	ts.Defer(server.Close)
	ts.Setenv(args[2], server.URL)
}
