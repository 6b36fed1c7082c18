package load_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/cmd/rollcall-bench/internal/load"
)

func TestRun(t *testing.T) {
	var seen atomic.Int64
	bare := load.Bare([]load.Recorded{{Name: "x", Status: 201, Type: "application/json", Body: `{"ok":true}`}})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		seen.Add(1)
		bare.ServeHTTP(w, q)
	}))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	plan := load.Plan{
		Address: address, Request: load.Wire("POST", "/x", address, []string{load.NameHeader + ": x"}, `{"name":"#########"}`),
		Serial:      "#########",
		Connections: 2, Duration: 50 * time.Millisecond, Status: 201,
	}
	var serial atomic.Int64
	got, err := load.Run(plan, &serial)
	if err != nil {
		t.Fatal(err)
	}
	if int64(got.Answers) != seen.Load() || serial.Load() != seen.Load() || got.P50 == 0 || got.P99 < got.P50 {
		t.Errorf("%+v, the server saw %d, serial %d", got, seen.Load(), serial.Load())
	}
	plan.Status = 200
	if _, err := load.Run(plan, &serial); err == nil || !strings.Contains(err.Error(), "status 201") {
		t.Errorf("a wrong status gives %v", err)
	}
}

// TestRunAlwaysAsks holds that a load is not over before its first requests, on
// however busy a machine.
func TestRunAlwaysAsks(t *testing.T) {
	server := httptest.NewServer(load.Bare([]load.Recorded{{Name: "x", Status: 200}}))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	got, err := load.Run(load.Plan{Address: address, Request: load.Wire("GET", "/x", address, []string{load.NameHeader + ": x"},
		""),
		Connections: 16, Duration: time.Nanosecond, Status: 200}, &atomic.Int64{})
	if err != nil || got.Answers != 16 {
		t.Errorf("it is %d answers (%v), want one for each of 16 connections", got.Answers, err)
	}
}
