package mockserver_test

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
)

// events listens and gives what comes, line by line.
func events(t *testing.T, url string) *bufio.Scanner {
	t.Helper()
	res := ask(t, http.MethodGet, url, "Accept-Encoding", "gzip")
	if h := res.Header; res.StatusCode != 200 || h.Get("Content-Type") != "text/event-stream" || h.Get("Content-Encoding") != "" {
		t.Fatalf("events are %d %v", res.StatusCode, res.Header)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() || lines.Text() != ": listening" {
		t.Fatalf("they begin with %q", lines.Text())
	}
	return lines
}

func nextEvent(t *testing.T, lines *bufio.Scanner) (name string, data gjson.Result) {
	t.Helper()
	for lines.Scan() {
		if text, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			name = text
		}
		if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return name, gjson.Parse(text)
		}
	}
	return "", gjson.Result{}
}

// TestEvents holds that a listener hears of the requests of its world that its filter takes,
// as the journal tells them, without secrets.
func TestEvents(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	_, made := call(t, s, "POST", h.URL+"/__admin/worlds", "", "")
	world := gjson.Get(made, "id").Str
	mine := events(t, h.URL+"/__admin/events?status=4xx&world="+world)
	all := events(t, h.URL+"/__admin/events")
	call(t, s, "GET", h.URL+"/api/wards", "default", "")
	call(t, s, "GET", h.URL+"/api/wards", "default", "", mockserver.WorldHeader, world)
	call(t, s, "GET", h.URL+"/api/nothing", "default", "", mockserver.WorldHeader, world)
	for _, want := range []string{"default 200 /api/wards", world + " 200 /api/wards", world + " 404 /api/nothing"} {
		name, got := nextEvent(t, all)
		if told := fmt.Sprint(got.Get("world").Str, " ", got.Get("status").Int(), " ", got.Get("path").Str); name != "request" ||
			told != want {
			t.Errorf("all: %s %s, want %s", name, told, want)
		}
		if got.Get("persona").Str != "default" || strings.Contains(got.Raw, "sk_live") || got.Get("trace.steps.#").Int() == 0 &&
			got.Get("status").Int() == 200 {
			t.Errorf("it is told as %s", got.Raw)
		}
	}
	if name, got := nextEvent(t, mine); name != "request" || got.Get("status").Int() != 404 {
		t.Errorf("mine: %s %s", name, got.Raw)
	}
	for path, status := range map[string]int{"?world=w9": 404, "?status=no": 400, "?wrld=x": 400} {
		if res := ask(t, http.MethodGet, h.URL+"/__admin/events"+path); res.StatusCode != status {
			t.Errorf("%s is %d, want %d", path, res.StatusCode, status)
		}
	}
}

// TestSlowListenersAreLetGo holds that one who does not read is told so, and costs nobody time.
func TestSlowListenersAreLetGo(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "volunteers")
	lines := events(t, h.URL+"/__admin/events")
	who, _ := s.Persona("volunteers", "default")
	var headers []string
	for name, value := range who.Headers {
		headers = append(headers, name, value)
	}
	for range 800 { // with answers of kilobytes: more than sockets and the waiting ones take
		call(t, s, "GET", h.URL+"/users?limit=50", "", "", headers...)
	}
	heard := 0
	for {
		name, got := nextEvent(t, lines)
		if name == "dropped" {
			if !strings.Contains(got.Get("error").Str, "after=") {
				t.Errorf("it is told %s", got.Raw)
			}
			break
		}
		if name == "" {
			t.Fatalf("after %d events it ends without a word", heard)
		}
		heard++
	}
	if name, _ := nextEvent(t, lines); name != "" {
		t.Error("something comes after that")
	}
}

// TestListenersDontKeepAMockUp holds that they are let go when it stops.
func TestListenersDontKeepAMockUp(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	lines := events(t, h.URL+"/__admin/events")
	s.Drain()
	if name, _ := nextEvent(t, lines); name != "" {
		t.Errorf("then comes %s", name)
	}
	if res := ask(t, http.MethodGet, h.URL+"/__admin/events"); res.StatusCode != 503 {
		t.Errorf("who comes later is answered %d", res.StatusCode)
	}
}
