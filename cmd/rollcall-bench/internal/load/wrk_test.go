package load_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/cmd/rollcall-bench/internal/load"
)

// wrkSays is what wrk prints of a load that went well.
const wrkSays = `Running 1s test @ http://127.0.0.1:8999/
  1 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     3.56ms    2.00ms  15.71ms   72.34%
    Req/Sec     1.13k   215.08     1.53k    70.00%
  Latency Distribution
     50%  812.00us
     75%    4.63ms
     90%    6.24ms
     99%    1.02s 
  1123 requests in 1.00s, 1.21MB read
`

// fakeWrk is a wrk that says something, whatever it is asked.
func fakeWrk(t *testing.T, says string) load.Client {
	t.Helper()
	folder := t.TempDir()
	binary := filepath.Join(folder, "wrk")
	if err := os.WriteFile(binary, []byte("#!/bin/sh\ncat <<'END'\n"+says+"END\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command(binary).Run(); err != nil {
		t.Skipf("no shell runs here: %v", err)
	}
	return load.Wrk(binary, folder)
}

func TestWrkIsRead(t *testing.T) {
	rate := "Requests/sec:   1121.20\nTransfer/sec:      1.21MB\n"
	for name, row := range map[string]struct {
		says, fails string
		status      int
	}{
		"as it should be":        {wrkSays + rate, "", 200},
		"all refused, as wanted": {wrkSays + "  Non-2xx or 3xx responses: 1123\n" + rate, "", 422},
		"some refused":           {wrkSays + "  Non-2xx or 3xx responses: 2\n" + rate, "2 of them of errors; want 0", 200},
		"some not refused":       {wrkSays + "  Non-2xx or 3xx responses: 1121\n" + rate, "want 1123, as the status is 422", 422},
		"none refused":           {wrkSays + rate, "want 1123", 400},
		"a broken connection":    {wrkSays + "  Socket errors: connect 0, read 3, write 0, timeout 0\n" + rate, "read 3", 200},
		"no rate":                {wrkSays, "wrk does not say how many that is a second", 200},
		"no percentiles":         {"  1123 requests in 1.00s, 1.21MB read\n" + rate, "wrk does not say the median", 200},
		"nothing":                {"unable to connect\n", "wrk does not say how many requests were answered: unable", 200},
	} {
		t.Run(name, func(t *testing.T) {
			var serial atomic.Int64
			got, err := fakeWrk(t, row.says).Run(load.Plan{Address: "127.0.0.1:1", Connections: 4, Status: row.status}, &serial)
			if row.fails != "" {
				if err == nil || !strings.Contains(err.Error(), row.fails) {
					t.Errorf("it is %v, want %q", err, row.fails)
				}
				return
			}
			want := load.Result{PerSecond: 1121.20, P50: 812 * time.Microsecond, P99: 1020 * time.Millisecond, Answers: 1123}
			if err != nil || got != want || serial.Load() < 1123+4 {
				t.Errorf("it is %+v (%v), serial %d, want %+v", got, err, serial.Load(), want)
			}
		})
	}
}

// TestWrkLoads has wrk itself, where it is installed, send a body that is another one each time,
// with bytes that Lua has signs of its own for, through two loads after each other.
func TestWrkLoads(t *testing.T) {
	binary, err := exec.LookPath("wrk")
	if err != nil {
		t.Skip("NOT RUN: wrk is not installed")
	}
	var mu sync.Mutex
	seen := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		mu.Lock()
		seen[q.Header.Get(load.NameHeader)+" "+string(body)]++
		mu.Unlock()
		w.WriteHeader(http.StatusCreated)
	}))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	c := load.Wrk(binary, t.TempDir())
	if !strings.HasPrefix(c.Name, "wrk 4") && !strings.HasPrefix(c.Name, "wrk 5") {
		t.Errorf("it is called %q", c.Name)
	}
	plan := load.Plan{Address: address, Connections: 2, Duration: 50 * time.Millisecond, Status: http.StatusCreated,
		Request: load.Wire("POST", "/x", address, []string{load.NameHeader + ": x"},
			`{"a":"100% \"é\" ]] #########","b":"#########"}`),
		Serial: "#########"}
	var serial atomic.Int64
	serial.Store(999_999_999) // the numbers begin again
	for range 2 {
		if _, err := c.Run(plan, &serial); err != nil {
			t.Fatal(err)
		}
	}
	mu.Lock() // wrk leaves when its time is over, and the server may still have a request of it in hand
	came := maps.Clone(seen)
	mu.Unlock()
	for body, times := range came {
		if times > 1 {
			t.Fatalf("%s has come %d times", body, times)
		}
	}
	if first := `x {"a":"100% \"é\" ]] 000000001","b":"000000001"}`; came[first] != 1 || len(came) < 4 {
		t.Errorf("%d bodies, and %s %d times", len(came), first, came[first])
	}
	plan.Serial, plan.Status = "", http.StatusBadRequest
	if _, err := c.Run(plan, &serial); err == nil || !strings.Contains(err.Error(), "0 of them of errors") {
		t.Errorf("a wrong status gives %v", err)
	}
	plan.Rate = 1
	if _, err := c.Run(plan, &serial); err == nil {
		t.Error("wrk is said to load at a rate")
	}
}
