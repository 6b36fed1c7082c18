package mockserver_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
)

const soakClients = 64

// TestSoak drives 64 clients, each in a world of its own and all in a shared one, in
// rounds until the time is over. Each round ends with an account: what was acknowledged is
// found, once, with its last value, and nothing else. Then all worlds begin again, so that
// memory and goroutines of the last rounds must be those of the first.
//
// `make soak` gives it ROLLCALL_SOAK, ten minutes; otherwise it is two short rounds.
func TestSoak(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("ROLLCALL_SOAK"))
	if err != nil {
		if os.Getenv("ROLLCALL_SOAK") != "" {
			t.Fatalf("ROLLCALL_SOAK: %v; write it as 10m", err)
		}
		t.Log("two rounds only; make soak runs it for ten minutes")
	}
	k := newSoak(t)
	if long > 0 {
		k.writes = 12
	}
	var heap, routines []uint64
	until := time.Now().Add(long)
	for len(heap) < 2 || time.Now().Before(until) {
		k.round(t, len(heap))
		if t.Failed() {
			return
		}
		h, r := k.rest(t)
		heap, routines = append(heap, h), append(routines, r)
	}
	flat(t, "heap, KiB", heap, 2<<10)
	flat(t, "goroutines", routines, 8)
	t.Logf("%d rounds, %d clients, %d worlds: %d calls, %d writes acknowledged, %d found, %d refused as they had to be",
		len(heap), soakClients, len(k.worlds), k.calls, k.acknowledged, k.found, k.refused)
	t.Logf("heap %d KiB after the first round, %d after the last, %d at most; goroutines %d, %d, %d",
		heap[0], heap[len(heap)-1], slices.Max(heap), routines[0], routines[len(routines)-1], slices.Max(routines))
}

// soak is one mock under load, and what was counted.
type soak struct {
	server *mockserver.Server
	url    string
	client *http.Client
	worlds []string // the last one is shared
	base   []string // the wards that every world begins with
	writes int      // of each client in a round, into each of its two worlds

	mu                                  sync.Mutex
	calls, acknowledged, found, refused int
	want                                map[string]map[string]string // by world, id: the name it must have
}

func newSoak(t *testing.T) *soak {
	s, h := mock(t, mockserver.Config{}, "council")
	k := &soak{writes: 2, server: s, url: h.URL, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: soakClients,
		MaxConnsPerHost: soakClients}}}
	for range soakClients + 1 {
		_, body := k.send(t, "", "POST", "/__admin/worlds", "")
		k.worlds = append(k.worlds, gjson.Get(body, "id").String())
	}
	_, list := k.send(t, k.worlds[0], "GET", "/api/wards", "")
	for _, id := range gjson.Get(list, "#.id").Array() {
		k.base = append(k.base, id.String())
	}
	if len(k.base) == 0 {
		t.Fatal("a new world is empty")
	}
	return k
}

// send is one call; it counts it.
func (k *soak) send(t *testing.T, world, method, path, body string) (int, string) {
	q, err := http.NewRequest(method, k.url+path, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	if world != "" {
		q.Header.Set(mockserver.WorldHeader, world)
		p, _ := k.server.Persona("council", "default")
		for name, v := range p.Headers {
			q.Header.Set(name, v)
		}
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	res, err := k.client.Do(q)
	if err != nil {
		t.Errorf("%s %s: %v", method, path, err)
		return 0, ""
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Errorf("%s %s: %v", method, path, err)
	}
	k.mu.Lock()
	k.calls++
	k.mu.Unlock()
	return res.StatusCode, string(raw)
}

// round lets every client write into its own world and into the shared one, and then
// takes the account.
func (k *soak) round(t *testing.T, n int) {
	k.want = map[string]map[string]string{}
	for _, w := range k.worlds {
		k.want[w] = map[string]string{}
	}
	var all sync.WaitGroup
	for c := range soakClients {
		all.Go(func() {
			for i := range k.writes {
				for _, world := range []string{k.worlds[c], k.worlds[soakClients]} {
					k.write(t, world, fmt.Sprintf("Ward %d-%d-%d", n, c, i))
				}
			}
		})
	}
	all.Wait()
	for _, w := range k.worlds {
		k.account(t, w)
	}
}

// write makes a ward, changes it, reads it back, and is refused once.
func (k *soak) write(t *testing.T, world, name string) {
	const ward = `{"name":%q,"boundaryDescription":"From the river to the hill","councilTier":"unitary",` +
		`"latitude":50.26,"longitude":-5.05,"enabled":true}`
	status, made := k.send(t, world, "POST", "/api/wards", fmt.Sprintf(ward, name))
	id := gjson.Get(made, "id").String()
	if status != http.StatusCreated || id == "" {
		t.Errorf("%s in %s: %d %s", name, world, status, made)
		return
	}
	k.keep(world, id, name)
	if status, said := k.send(t, world, "PATCH", "/api/wards/"+id,
		fmt.Sprintf(`{"name":%q}`, name+" anew")); status == http.StatusOK {
		k.keep(world, id, name+" anew")
	} else {
		t.Errorf("the change of %s: %d %s", name, status, said)
	}
	if status, read := k.send(t, world, "GET", "/api/wards/"+id, ""); status != http.StatusOK ||
		gjson.Get(read, "name").String() != name+" anew" {
		t.Errorf("%s reads %d %s", name, status, read)
	}
	if status, _ := k.send(t, world, "POST", "/api/wards", `{"name":"","latitude":"north"}`); status != http.StatusBadRequest {
		t.Errorf("a wrong ward: %d", status)
		return
	}
	k.mu.Lock()
	k.refused++
	k.mu.Unlock()
}

func (k *soak) keep(world, id, name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.acknowledged++
	if _, changed := k.want[world][id]; changed {
		k.acknowledged-- // one record, written twice
	}
	k.want[world][id] = name
}

// account compares a world with what its clients were told.
func (k *soak) account(t *testing.T, world string) {
	_, list := k.send(t, world, "GET", "/api/wards", "")
	seen := map[string]bool{}
	for _, ward := range gjson.Parse(list).Array() {
		id := ward.Get("id").String()
		if seen[id] {
			t.Errorf("%s is twice in %s", id, world)
		}
		seen[id] = true
		want, ours := k.want[world][id]
		if !ours && !slices.Contains(k.base, id) || ours && ward.Get("name").String() != want {
			t.Errorf("%s has %s; want the name %q", world, ward, want)
		}
		if ours {
			k.found++
		}
	}
	if lost := len(k.want[world]) + len(k.base) - len(seen); lost != 0 {
		t.Errorf("%d wards are lost in %s", lost, world)
	}
}

// rest takes all worlds back to their beginning and tells what the process still holds.
func (k *soak) rest(t *testing.T) (heapKiB, routines uint64) {
	for _, w := range k.worlds {
		if status, _ := k.send(t, "", "POST", "/__admin/worlds/"+w+"/reset", ""); status != http.StatusNoContent {
			t.Errorf("the reset of %s: %d", w, status)
		}
	}
	k.want = nil
	k.client.CloseIdleConnections()
	for range 50 { // connections end a moment later
		if runtime.NumGoroutine() < soakClients/2 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	runtime.GC()
	runtime.GC() // what had a finaliser, too
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc >> 10, uint64(runtime.NumGoroutine())
}

// flat holds that the last third of the rounds is where the first third was, but for
// some slack.
func flat(t *testing.T, what string, samples []uint64, slack uint64) {
	third := max(1, len(samples)/3)
	early, late := slices.Max(samples[:third]), slices.Min(samples[len(samples)-third:])
	if late > early+early/10+slack {
		t.Errorf("%s grew from %d to %d in %d rounds: %v", what, early, late, len(samples), samples)
	}
}
