package mockserver_test

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// crowded serves so many users, in as many worlds as are asked for.
func crowded(b *testing.B, users fixtures.Size, worlds int) *mockserver.Server {
	b.Helper()
	c, err := contract.Find(specs.FS, "volunteers")
	if err != nil {
		b.Fatal(err)
	}
	s, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: users, MaxWorlds: worlds + 2})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func asked(b *testing.B, s *mockserver.Server, method, path, world, body string) string {
	b.Helper()
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	who, _ := s.Persona("volunteers", "default")
	for name, value := range who.Headers {
		q.Header.Set(name, value)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set(mockserver.WorldHeader, world)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, q)
	if w.Code >= http.StatusBadRequest {
		b.Fatalf("%s %s in %s is %d %s", method, path, world, w.Code, w.Body)
	}
	return gjson.Get(w.Body.String(), "id").Str
}

func middle(all []time.Duration) float64 {
	slices.Sort(all)
	return float64(all[len(all)/2].Nanoseconds()) / 1000
}

// BenchmarkWorlds tells the median of a fork of 100,000 users and of the first write in it,
// through the control API and the contract, without a network.
func BenchmarkWorlds(b *testing.B) {
	s := crowded(b, 100_000, 3000)
	var forks, writes []time.Duration
	for b.Loop() {
		began := time.Now()
		id := asked(b, s, http.MethodPost, "/__admin/worlds", "", "")
		forks = append(forks, time.Since(began))
		began = time.Now()
		asked(b, s, http.MethodPut, "/users/1005", id, `{"first_name":"Ada"}`)
		writes = append(writes, time.Since(began))
		asked(b, s, http.MethodDelete, "/__admin/worlds/"+id, "", "")
	}
	b.ReportMetric(middle(forks), "µs/fork")
	b.ReportMetric(middle(writes), "µs/first-write")
}

// BenchmarkLivingWorlds tells what a fork of 10,000 users takes that nobody has written to, and
// one with a write, in KiB.
func BenchmarkLivingWorlds(b *testing.B) {
	const worlds = 10_000
	for b.Loop() {
		s := crowded(b, 10_000, worlds)
		base := heap()
		var ids []string
		for range worlds {
			ids = append(ids, asked(b, s, http.MethodPost, "/__admin/worlds", "", ""))
		}
		b.ReportMetric(float64(heap()-base)/1024/worlds, "KiB/fork")
		for _, id := range ids {
			asked(b, s, http.MethodPut, "/users/1005", id, `{"first_name":"Ada"}`)
		}
		b.ReportMetric(float64(heap()-base)/(1<<20), "MiB/all-written")
		runtime.KeepAlive(s)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
