package independent_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"rollcall/conformance/suite"
	"rollcall/reports"
)

var flakyRuns = flag.Int("flaky-runs", 1, "how many runs over a bad network are made of each server")

// TestFlakyRuns judges each independent server over and over through a network that loses
// requests and answers by chance: no verdict is another than when it is calm, but open.
func TestFlakyRuns(t *testing.T) {
	for _, of := range implementations() {
		under := condition{open: true, tell: func(_ *testing.T, to *suite.Target, _ *httptest.Server) {
			to.Retries, to.Tolerate = 3, []int{http.StatusServiceUnavailable}
		}}
		if of.Contract == "volunteers" && *flakyRuns == 1 { // half a minute each
			under.only = map[string]string{"volunteers": "PHONE"}
		}
		for state, shared := range map[string]bool{"worlds": false, "one state": true} {
			under.shared, under.wrap = shared, nil
			var calm *reports.Run
			for n := range *flakyRuns {
				t.Run(fmt.Sprintf("%s/%s/%d", of.Contract, state, n), func(t *testing.T) {
					if calm == nil {
						calm = reached(t, of, under)
					}
					lost := &losses{random: rand.New(rand.NewPCG(*seed, uint64(n)))}
					bad := under
					bad.wrap = lost.wrap
					run := reached(t, of, bad)
					same(t, calm, run, true)
					t.Logf("%d of %d requests lost, %d verdicts open",
						lost.lost, lost.seen, len(verdicts(run, reports.Undetermined)))
				})
			}
		}
	}
}

// losses loses one request in a hundred by chance: on its way there, on the way back, or by
// somebody in between who is busy.
type losses struct {
	mutex      sync.Mutex
	random     *rand.Rand
	seen, lost int
}

func (l *losses) next() (kind int) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.seen++
	if l.random.IntN(100) > 0 {
		return -1
	}
	l.lost++
	return l.random.IntN(3)
}

func (l *losses) wrap(service http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/worlds") {
			service.ServeHTTP(w, r)
			return
		}
		switch l.next() {
		case 0:
			panic(http.ErrAbortHandler)
		case 1:
			service.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		case 2:
			http.Error(w, "try again", http.StatusServiceUnavailable)
		default:
			service.ServeHTTP(w, r)
		}
	})
}
