package mockserver_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/mockserver"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/durable/database"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// lasting is a mock whose state is kept, which can be ended and begun again.
type lasting struct {
	*testing.T
	where  string
	wrap   func(durable.Log) durable.Log // nil: as it is
	now    *time.Time
	local  bool // reads don't ask
	server *mockserver.Server
}

func startLasting(t *testing.T, where string, wrap ...func(durable.Log) durable.Log) *lasting {
	t.Helper()
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	l := &lasting{T: t, where: where, now: &now}
	if len(wrap) > 0 {
		l.wrap = wrap[0]
	}
	l.start()
	t.Cleanup(func() { l.stop() })
	return l
}

func (l *lasting) start() {
	l.Helper()
	if err := l.begin(); err != nil {
		l.Fatal(err)
	}
}

func (l *lasting) begin() error {
	c, err := contract.Load(specs.FS, "council")
	if err != nil {
		return err
	}
	config := mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Now: func() time.Time { return *l.now },
		DataNow: *l.now}
	if l.where != "" {
		log, err := database.Open(context.Background(), l.where, database.Options{Normal: true})
		if err != nil {
			return err
		}
		config.State = &mockserver.State{Log: log, Local: l.local}
		if l.wrap != nil {
			config.State.Log = l.wrap(log)
		}
	}
	l.server, err = mockserver.New(config)
	if err != nil && config.State != nil {
		err = errors.Join(err, config.State.Log.Close())
	}
	return err
}

func (l *lasting) stop() {
	if err := l.server.Close(); err != nil {
		l.Error(err)
	}
}

// restart ends the mock and begins it again; without a store it stays.
func (l *lasting) restart() {
	l.Helper()
	if l.where != "" {
		l.stop()
		l.start()
	}
}

func (l *lasting) call(method, path, world, body string) (int, string) {
	w := l.answer(method, path, world, body)
	return w.Code, w.Body.String()
}

func (l *lasting) answerAtLeast(method, path, seen string) *httptest.ResponseRecorder {
	return l.send(method, path, "", "", "Rollcall-At-Least", seen)
}

func (l *lasting) answer(method, path, world, body string) *httptest.ResponseRecorder {
	return l.send(method, path, world, body, "", "")
}

func (l *lasting) send(method, path, world, body, name, value string) *httptest.ResponseRecorder {
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	if p, ok := l.server.Persona("council", "default"); ok && !strings.HasPrefix(path, "/__admin") {
		for name, value := range p.Headers {
			q.Header.Set(name, value)
		}
	}
	if world != "" {
		q.Header.Set(mockserver.WorldHeader, world)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	if name != "" {
		q.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	l.server.ServeHTTP(w, q)
	return w
}

// must calls, and gives the body of a success.
func (l *lasting) must(method, path, world, body string) string {
	l.Helper()
	status, got := l.call(method, path, world, body)
	if status >= http.StatusBadRequest {
		l.Fatalf("%s %s in %q: %d %s", method, path, world, status, got)
	}
	return got
}

func (l *lasting) fork(from string) string {
	l.Helper()
	var made struct{ ID string }
	if err := json.Unmarshal([]byte(l.must("POST", "/__admin/worlds", "", fmt.Sprintf(`{"from":%q}`, from))), &made); err != nil {
		l.Fatal(err)
	}
	return made.ID
}

// everything is all that the control API tells of every world.
func (l *lasting) everything() string {
	l.Helper()
	var worlds struct{ Worlds []string }
	if err := json.Unmarshal([]byte(l.must("GET", "/__admin/worlds", "", "")), &worlds); err != nil {
		l.Fatal(err)
	}
	all := l.must("GET", "/__admin/snapshots", "", "")
	for _, id := range worlds.Worlds {
		for _, what := range []string{"data", "clock", "faults"} {
			all += id + " " + what + " " + l.must("GET", "/__admin/worlds/"+id+"/"+what, "", "")
		}
	}
	return all
}

// walk does something that many do, the same for every mock.
func walk(random *rand.Rand, step int, all []*lasting) {
	worlds := []string{"", "w1", "kept"}
	world := worlds[random.IntN(len(worlds))]
	each := func(method, path, world, body string) {
		var first string
		for i, l := range all {
			status, got := l.call(method, path, world, body)
			if text := fmt.Sprint(status, got); i == 0 {
				first = text
			} else if text != first {
				l.Fatalf("step %d: %s %s in %q: %s\nwhere memory answers %s", step, method, path, world, text, first)
			}
		}
	}
	admin := "/__admin/worlds/" + map[string]string{"": "default"}[world] + world
	switch random.IntN(9) {
	case 0:
		each("POST", "/__admin/worlds", "", `{"from":""}`)
	case 1:
		each("POST", admin+"/restore", "", fmt.Sprintf(`{"from":%q}`, worlds[random.IntN(3)]))
	case 2:
		each("PUT", admin+"/clock", "", fmt.Sprintf(`{"advance_ms":%d}`, random.IntN(3*86_400_000)))
	case 3:
		each("POST", admin+"/faults", "", `{"operation":"listWards","status":503,"times":2}`)
	case 4:
		each("GET", "/api/wards", world, "")
	case 5:
		each("PUT", admin+"/clock", "", `{"now":"2026-11-02T00:00:00Z","frozen":true}`)
	default:
		body := fmt.Sprintf(`{"name":"Ward %d","lat":51.%02d,"lng":-0.1}`, random.IntN(60), random.IntN(90))
		each("POST", "/api/wards", world, body)
	}
}

// TestLastingIsMemory holds that a mock whose state is kept, and one that is begun again and
// again, answer to the last byte as one that has all in memory.
func TestLastingIsMemory(t *testing.T) {
	all := []*lasting{startLasting(t, ""), startLasting(t, filepath.Join(t.TempDir(), "a.db")),
		startLasting(t, filepath.Join(t.TempDir(), "b.db"))}
	model(t, all, 150)
}

func model(t *testing.T, all []*lasting, steps int) {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 4))
	for _, l := range all {
		l.fork("")
		l.must("POST", "/__admin/worlds/default/snapshot", "", `{"name":"kept"}`)
	}
	for step := range steps {
		walk(random, step, all)
		for _, l := range all {
			*l.now = l.now.Add(time.Second)
		}
		if step%15 == 14 {
			all[len(all)-1].restart()
		}
		if step%15 != 14 && step != steps-1 {
			continue
		}
		want := all[0].everything()
		for _, l := range all[1:] {
			if got := l.everything(); got != want {
				t.Fatalf("step %d: %s has\n%.3000s\nmemory has\n%.3000s", step, l.where, got, want)
			}
		}
	}
}
