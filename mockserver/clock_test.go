package mockserver_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
)

// TestClockIsSetAndPaced sets, moves, stops and paces a clock, and looks at the time in a new record.
func TestClockIsSetAndPaced(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	s, h := mock(t, mockserver.Config{Now: func() time.Time { return now },
		ClockStart: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}, "council")
	clock, n := h.URL+"/__admin/worlds/default/clock", 0
	for _, row := range []struct {
		method, order string
		later         time.Duration // of the server
		want          string
	}{
		{"GET", "", 0, "2026-11-01T00:00:00.000Z"}, {"GET", "", time.Hour, "2026-11-01T00:00:00.000Z"},
		{"PUT", `{"advance_ms":1500}`, 0, "2026-11-01T00:00:01.500Z"},
		{"PUT", `{"frozen":false}`, time.Minute, "2026-11-01T00:01:01.500Z"},
		{"PUT", `{"scale":60}`, time.Minute, "2026-11-01T01:01:01.500Z"},
		{"PUT", `{"now":"2030-01-01T00:00:00Z"}`, 0, "2030-01-01T00:00:00.000Z"},
		{"PUT", `{"now":"2020-01-01T01:00:00+01:00","advance_ms":1000,"frozen":true}`, time.Hour, "2020-01-01T00:00:01.000Z"},
		// as far as it goes,
		{"PUT", `{"now":"0001-01-01T00:00:00Z","scale":1000000}`, 500 * time.Hour, "0147-02-20T23:53:38.427Z"},
		{"DELETE", "", time.Hour, "2026-11-01T00:00:00.000Z"},
	} {
		call(t, s, row.method, clock, "", row.order)
		now = now.Add(row.later)
		n++
		_, made := call(t, s, "POST", h.URL+"/api/wards", "default", `{"name":"W`+strings.Repeat("x", n)+`"}`)
		if got := gjson.Get(made, "createdAt").Str; got != row.want {
			t.Errorf("%s %s, and %v later: a ward is made at %s, want %s", row.method, row.order, row.later, made, row.want)
		}
	}
}

// TestClockStandsAtTheEnds holds that a clock stands still at the first and the last instant that
// RFC 3339 can write, that every answer is given there, and that tokens are in force.
func TestClockStandsAtTheEnds(t *testing.T) {
	const first, last = "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"
	start := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	now := start
	s, h := mock(t, mockserver.Config{Now: func() time.Time { return now }}, "council", "identity")
	clock := h.URL + "/__admin/worlds/default/clock"
	who, _ := s.Persona("identity", "default")
	for i, row := range []struct {
		order string
		later time.Duration // of the server
		want  string
	}{
		{`{"now":"9999-12-31T23:59:59Z"}`, 2 * time.Second, last},
		{`{"now":"9999-12-31T23:59:59Z","frozen":true}`, time.Hour, "9999-12-31T23:59:59Z"},
		{`{"now":"9999-06-01T00:00:00Z","scale":1000000}`, time.Hour, last},
		{`{"now":"9999-12-31T11:59:59-12:00","scale":1}`, time.Hour, last},
		{`{"now":"0000-01-01T12:00:00+12:00"}`, 0, first},
	} {
		now = start
		answer, said := call(t, s, "PUT", clock, "", row.order)
		if answer.StatusCode != 200 {
			t.Errorf("%s: %d %s", row.order, answer.StatusCode, said)
		}
		now = now.Add(row.later)
		answer, said = call(t, s, "GET", clock, "", "")
		want, err := time.Parse(time.RFC3339, row.want)
		ahead := want.UnixMilli() - now.UnixMilli() // more than a duration holds
		if err != nil || gjson.Get(said, "now").Str != row.want || gjson.Get(said, "ahead_ms").Int() != ahead {
			t.Errorf("%s, and %v later: %d %s, want %s, %d", row.order, row.later, answer.StatusCode, said, row.want, ahead)
		}
		answer, said = call(t, s, "POST", h.URL+"/council/api/wards", "default", fmt.Sprintf(`{"name":"Ward %d"}`, i))
		if answer.StatusCode != 201 || !strings.HasPrefix(gjson.Get(said, "createdAt").Str, row.want[:10]) {
			t.Errorf("%s: a ward is answered %d %s", row.order, answer.StatusCode, said)
		}
		answer, said = call(t, s, "POST", h.URL+"/identity/authenticate", "", `{}`, "Authorization", who.Headers["Authorization"])
		if answer.StatusCode == 401 || answer.StatusCode >= 500 {
			t.Errorf("%s: a token is answered %d %s", row.order, answer.StatusCode, said)
		}
		for _, path := range []string{"/requests?limit=3", "/worlds/default/data", "/worlds", "/health"} {
			if answer, said := call(t, s, "GET", h.URL+"/__admin"+path, "", ""); answer.StatusCode != 200 {
				t.Errorf("%s: %s is answered %d %.300s", row.order, path, answer.StatusCode, said)
			}
		}
	}
}

// TestClockPutBack: what was computed for a later day is computed again, and calls of a time
// to come count against no limit.
func TestClockPutBack(t *testing.T) {
	o := newOrg(t, "default")
	soon, clock := len(o.walk("limit=100")), "/__admin/worlds/default/clock"
	o.do("PUT", clock, `{"now":"2029-11-01T12:00:00Z"}`)
	if later := len(o.walk("limit=100")); later <= soon {
		t.Fatalf("%d are listed after three years, want more than %d", later, soon)
	}
	o.do("PUT", clock, `{"now":"2026-11-01T12:00:00Z"}`)
	if again := len(o.walk("limit=100")); again != soon {
		t.Errorf("%d are listed when the clock is back, want %d", again, soon)
	}
}

// TestDataIsRecent holds that the dates of the data go with the day it is for.
func TestDataIsRecent(t *testing.T) {
	day := time.Date(2031, 3, 5, 0, 0, 0, 0, time.UTC)
	s, h := mock(t, mockserver.Config{DataNow: day, ClockStart: day.Add(9 * time.Hour)}, "council", "volunteers")
	_, wards := call(t, s, "GET", h.URL+"/council/api/wards", "default", "")
	newest := ""
	for _, w := range gjson.Get(wards, "#.updatedAt").Array() {
		newest = max(newest, w.Str)
	}
	if newest < "2030-09" || newest > "2031-03-05" {
		t.Errorf("the newest ward is of %s", newest)
	}
	p, _ := s.Persona("volunteers", "default")
	_, users := call(t, s, "GET", h.URL+"/volunteers/users?limit=100", "", "", "Authorization", p.Headers["Authorization"],
		"Accept", "application/x.uvol.v3+json")
	if n := gjson.Get(users, "data.#").Int() + gjson.Get(users, "users.#").Int(); n == 0 {
		t.Errorf("nobody is listed: %.300s", users)
	}
}
