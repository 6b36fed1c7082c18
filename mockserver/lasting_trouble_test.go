package mockserver_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/mockserver/durable"
)

// troubled is a log with which something goes wrong.
type troubled struct {
	durable.Log
	of     atomic.Int64 // durable.Of of each use; 0: none
	once   atomic.Int64 // of the next Append alone, which is done all the same
	undone atomic.Int64 // of the next Append alone, which is not done
}

func (l *troubled) trouble() error {
	if of := durable.Of(l.of.Load()); of != 0 {
		return durable.Troublef(of, "it is made to fail")
	}
	return nil
}

func (l *troubled) Append(ctx context.Context, b durable.Batch) error {
	if err := l.trouble(); err != nil {
		return err
	}
	if of := durable.Of(l.undone.Swap(0)); of != 0 {
		return durable.Troublef(of, "it is made to fail")
	}
	err := l.Log.Append(ctx, b)
	if of := durable.Of(l.once.Swap(0)); of != 0 && err == nil {
		return durable.Troublef(of, "it is made to fail, and was done")
	}
	return err
}

func (l *troubled) Hold(ctx context.Context, world string) (durable.Held, error) {
	if err := l.trouble(); err != nil {
		return nil, err
	}
	return l.Log.Hold(ctx, world)
}

func (l *troubled) Probe(ctx context.Context) error {
	if err := l.trouble(); err != nil {
		return err
	}
	return l.Log.Probe(ctx)
}

func startTroubled(t *testing.T) (*lasting, *troubled) {
	log := &troubled{}
	l := startLasting(t, filepath.Join(t.TempDir(), "state.db"),
		func(inner durable.Log) durable.Log { log.Log = inner; return log })
	return l, log
}

func ward(n int) string { return fmt.Sprintf(`{"name":"Ward of trouble %d"}`, n) }

// names lists the wards that somebody made here.
func (l *lasting) names() []string {
	l.Helper()
	var all map[string]map[string][]struct{ Name string }
	if err := json.Unmarshal([]byte(l.must("GET", "/__admin/worlds/default/data", "", "")), &all); err != nil {
		l.Fatal(err)
	}
	var names []string
	for _, w := range all["council"]["ward"] {
		if strings.HasPrefix(w.Name, "Ward of trouble") {
			names = append(names, w.Name)
		}
	}
	return names
}

// TestStoreIsLost holds what a mock does whose store can't be used any more: it refuses writes
// in the contract's own shape, says so, serves what it has, and goes on when the store is back.
func TestStoreIsLost(t *testing.T) {
	l, log := startTroubled(t)
	l.must("POST", "/api/wards", "", ward(1))
	log.of.Store(int64(durable.Unreachable))
	w := l.answer("POST", "/api/wards", "", ward(2))
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" ||
		w.Header().Get("Rollcall-Outcome") != "" ||
		!strings.Contains(w.Header().Get("Rollcall-Refusal"), "state store unreachable") || !json.Valid(w.Body.Bytes()) {
		t.Errorf("a write is answered with %d %v %s", w.Code, w.Header(), w.Body)
	}
	if status, _ := l.call("GET", "/api/wards", "", ""); status != http.StatusOK {
		t.Errorf("a read is answered with %d", status)
	}
	if status, got := l.call("GET", "/__admin/ready", "", ""); status != http.StatusServiceUnavailable {
		t.Errorf("ready says %d %s", status, got)
	}
	if got := l.must("GET", "/__admin/health", "", ""); !strings.Contains(got, `"degraded"`) {
		t.Errorf("health says %s", got)
	}
	if got := l.must("GET", "/__admin/state", "", ""); !strings.Contains(got, `"healthy":false`) {
		t.Errorf("state says %s", got)
	}
	for _, c := range [][3]string{{"PUT", "/__admin/worlds/default/clock", `{"advance_ms":1}`},
		{"POST", "/__admin/worlds/default/faults", `{"status":503}`}, {"POST", "/__admin/worlds/default/fork", ""},
		{"POST", "/__admin/reset", ""}, {"PUT", "/__admin/worlds/default/data/council/ward/w", ward(3)}} {
		if status, got := l.call(c[0], c[1], "", c[2]); status != http.StatusServiceUnavailable {
			t.Errorf("%s %s is answered with %d %s", c[0], c[1], status, got)
		}
	}
	log.of.Store(0)
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if status, _ := l.call("GET", "/__admin/ready", "", ""); status == http.StatusOK {
			break
		}
		if time.Now().After(until) {
			t.Fatal("it is never ready again")
		}
	}
	l.must("POST", "/api/wards", "", ward(4))
	l.restart()
	if got := fmt.Sprint(l.names()); got != "[Ward of trouble 1 Ward of trouble 4]" {
		t.Errorf("what was acknowledged is not what is there: %s", got)
	}
}

// TestOutcomeIsAsked holds that a write whose outcome the store did not tell is neither lost nor
// made twice: the log says whether it is there.
func TestOutcomeIsAsked(t *testing.T) {
	for name, lose := range map[string]func(*troubled){
		"it was done":     func(l *troubled) { l.once.Store(int64(durable.Unknown)) },
		"it was not done": func(l *troubled) { l.undone.Store(int64(durable.Unknown)) },
	} {
		t.Run(name, func(t *testing.T) {
			l, log := startTroubled(t)
			lose(log)
			l.must("POST", "/api/wards", "", ward(1))
			if got := fmt.Sprint(l.names()); got != "[Ward of trouble 1]" {
				t.Errorf("there are %s", got)
			}
			if status, got := l.call("POST", "/api/wards", "", ward(1)); status != http.StatusConflict {
				t.Errorf("the same name again: %d %s", status, got)
			}
		})
	}
}

// spoil changes what a file has, while no mock has it.
func (l *lasting) spoil(statements ...string) {
	l.Helper()
	l.stop()
	db, err := sql.Open("sqlite", l.where)
	if err != nil {
		l.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			l.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		l.Fatal(err)
	}
	l.start()
}

// TestBrokenLogs holds that a world whose log can't be read is set aside with words, and that
// the others go on.
func TestBrokenLogs(t *testing.T) {
	for name, one := range map[string]struct{ spoil, says string }{
		"gap":      {"delete from log where world = 'default' and seq = 2", "gap before entry 3"},
		"lost end": {"delete from log where world = 'default' and seq = 4", "gap behind entry 3"},
		"bad checksum": {"update log set entry = substr(entry, 1, 20) || x'fe' || substr(entry, 22)" +
			" where world = 'default' and seq = 3", "checksum"},
		"newer":    {"update log set entry = 'RC2' || substr(entry, 4) where world = 'default' and seq = 3", "too old"},
		"no entry": {"update log set entry = x'' where world = 'default' and seq = 3", "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			l := startLasting(t, filepath.Join(t.TempDir(), "state.db"))
			other := l.fork("")
			for n := range 3 {
				l.must("POST", "/api/wards", "", ward(n))
			}
			l.must("POST", "/api/wards", other, ward(9))
			l.spoil(strings.ReplaceAll(one.spoil, "'RC2'", "cast('RC2' as blob)"))
			if got := l.server.SetAside(); len(got) != 1 || !strings.Contains(got[0], one.says) {
				t.Errorf("set aside are %q, want one with %q", got, one.says)
			}
			for _, method := range []string{"GET", "POST"} {
				w := l.answer(method, "/api/wards", "", ward(5))
				if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Header().Get("Rollcall-Refusal"), "set aside") {
					t.Errorf("%s is answered with %d %s", method, w.Code, w.Header().Get("Rollcall-Refusal"))
				}
			}
			l.must("POST", "/api/wards", other, ward(10))
		})
	}
}

// TestDiskIsFull holds that a write for which there is no room is refused, and nothing else is
// lost.
func TestDiskIsFull(t *testing.T) {
	l, log := startTroubled(t)
	l.must("POST", "/api/wards", "", ward(1))
	full, ok := log.Log.(interface{ Limit(pages int) error })
	if !ok {
		t.Fatal("the log has no limit to set")
	}
	if err := full.Limit(1); err != nil { // as few as it has
		t.Fatal(err)
	}
	refused, made := 0, 1
	for n := 2; n < 200 && refused == 0; n++ {
		status, got := l.call("POST", "/api/wards", "", ward(n))
		switch status {
		case http.StatusCreated:
			made++
		case http.StatusServiceUnavailable:
			refused++
		default:
			t.Fatalf("%d %s", status, got)
		}
	}
	if refused == 0 {
		t.Fatal("the file takes all there is")
	}
	if err := full.Limit(1 << 30); err != nil {
		t.Fatal(err)
	}
	l.must("POST", "/api/wards", "", ward(1000))
	l.restart()
	if got := len(l.names()); got != made+1 {
		t.Errorf("%d wards are there of %d that were acknowledged", got, made+1)
	}
}

// TestOtherMock holds that a state is refused by a mock that would serve other data.
func TestOtherMock(t *testing.T) {
	l := startLasting(t, filepath.Join(t.TempDir(), "state.db"))
	l.stop()
	for _, key := range []string{"data", "seed", "contracts", "variants"} {
		db, err := sql.Open("sqlite", l.where)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("update meta set value = value || 'x' where key = ?", key); err != nil {
			t.Fatal(err)
		}
		if err := l.begin(); err == nil || !strings.Contains(err.Error(), map[bool]string{true: "other data", false: key +
			" was"}[key == "data"]) {
			t.Errorf("with other %s: %v", key, err)
		}
		if _, err := db.Exec("update meta set value = substr(value, 1, length(value) - 1) where key = ?", key); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	l.start()
}
