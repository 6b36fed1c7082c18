//go:build unix

package mockserver_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"rollcall/mockserver"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/durable/database"
	"rollcall/mockserver/durable/pgtest"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// statements runs statements in the schema of a state.
func statements(t *testing.T, where, schema string, all ...string) {
	t.Helper()
	db, err := sql.Open("pgx", strings.ReplaceAll(where, "&schema="+schema, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // it is a test's
	for _, s := range all {
		if _, err := db.Exec(strings.ReplaceAll(s, "{}", schema+".")); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// TestSharedStoreIsLost holds what a replica does whose database is gone: strict reads are
// refused as writes are, it says that it is not ready, and goes on when the database is back.
func TestSharedStoreIsLost(t *testing.T) {
	t.Parallel() // it waits for the database more than it works
	pg := pgtest.Start(t)
	l := startLasting(t, pg.URL("gone", ""))
	l.must("POST", "/api/wards", "", ward(1))
	pg.Kill()
	for _, c := range [][2]string{{"POST", "/api/wards"}, {"GET", "/api/wards"}} {
		w := l.answer(c[0], c[1], "", map[string]string{"POST": ward(2)}[c[0]])
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" ||
			!strings.Contains(w.Header().Get("Rollcall-Refusal"), "state store unreachable") {
			t.Errorf("%s is answered with %d %v", c[0], w.Code, w.Header())
		}
	}
	if status, _ := l.call("GET", "/__admin/ready", "", ""); status != http.StatusServiceUnavailable {
		t.Errorf("ready says %d", status)
	}
	if got := l.must("GET", "/__admin/health", "", ""); !strings.Contains(got, `"degraded"`) {
		t.Errorf("health says %s", got)
	}
	pg.Restart()
	back := time.Now()
	for status := 0; status != http.StatusCreated; time.Sleep(20 * time.Millisecond) {
		if status, _ = l.call("POST", "/api/wards", "", ward(3)); time.Since(back) > 10*time.Second {
			t.Fatalf("10 s after the database is back a write is answered with %d", status)
		}
	}
	t.Logf("written again %v after the database answers", time.Since(back).Round(time.Millisecond))
	if got := fmt.Sprint(l.names()); got != "[Ward of trouble 1 Ward of trouble 3]" {
		t.Errorf("there are %s", got)
	}
}

// TestReadOnlyStandby holds that a database that takes no writes is one that is lost, to who
// writes; reads go on.
func TestReadOnlyStandby(t *testing.T) {
	t.Parallel() // it waits for the database more than it works
	pg := pgtest.Start(t)
	l := startLasting(t, pg.URL("standby", ""))
	statements(t, pg.URL("standby", ""), "standby", "alter system set default_transaction_read_only = on",
		"select pg_reload_conf()")
	for until := time.Now().Add(5 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		status, _ := l.call("POST", "/api/wards", "", ward(int(time.Now().UnixNano()%1e9)))
		if status == http.StatusServiceUnavailable {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("a write is answered with %d", status)
		}
	}
	if status, _ := l.call("GET", "/api/wards", "", ""); status != http.StatusOK {
		t.Errorf("a read is answered with %d", status)
	}
}

// TestStandbyThatLost holds that a replica which has seen what the database has no more does not
// go on.
func TestStandbyThatLost(t *testing.T) {
	t.Parallel() // it waits for the database more than it works
	pg := pgtest.Start(t)
	l := startLasting(t, pg.URL("lost", ""))
	for n := range 3 {
		l.must("POST", "/api/wards", "", ward(n))
	}
	statements(t, pg.URL("lost", ""), "lost", "delete from {}log where world = 'default' and seq = 4",
		"update {}world set head = 3 where id = 'default'")
	if status, got := l.call("GET", "/api/wards", "", ""); status != http.StatusServiceUnavailable {
		t.Errorf("a read is answered with %d %s", status, got)
	}
	select {
	case err := <-l.server.Lost():
		if !strings.Contains(err.Error(), "synchronous") {
			t.Errorf("it says %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("nobody is told")
	}
}

// TestFarBehind holds that a replica that comes late, whose entries are no longer there, takes
// the snapshot in their place, and ends with the same.
func TestFarBehind(t *testing.T) {
	t.Parallel() // it waits for the database more than it works
	pg := pgtest.Start(t)
	first, late := startLasting(t, pg.URL("late", "")), startLasting(t, pg.URL("late", ""))
	late.now = first.now
	log, err := database.Open(context.Background(), pg.URL("late", ""), database.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() //nolint:errcheck // it is a test's
	kept := first.fork("")
	for n := range 40 {
		first.must("POST", "/api/wards", "", ward(n))
		if n == 10 {
			kept = first.fork("default") // it begins with entries that are to go
		}
	}
	if seq, err := durable.Compact(context.Background(), log, "default", 2); err != nil || seq < 30 {
		t.Fatalf("compacted up to %d: %v", seq, err)
	}
	for _, l := range []*lasting{late, startLasting(t, pg.URL("late", ""))} {
		l.now = first.now
		if one, other := first.everything(), l.everything(); one != other {
			t.Errorf("the first has\n%.2000s\nthe late one\n%.2000s", one, other)
		}
		if got := l.must("GET", "/__admin/worlds/"+kept+"/data", "", ""); strings.Count(got, "Ward of trouble") != 11 {
			t.Errorf("the fork has %d wards", strings.Count(got, "Ward of trouble"))
		}
	}
	if _, wrong, err := durable.Verify(context.Background(), log); err != nil || len(wrong) > 0 {
		t.Error(err, wrong)
	}
}

// TestReplicaThatDiffers holds that a replica with other settings does not begin.
func TestReplicaThatDiffers(t *testing.T) {
	t.Parallel() // it waits for the database more than it works
	pg := pgtest.Start(t)
	startLasting(t, pg.URL("same", ""))
	c, err := contract.Load(specs.FS, "council")
	if err != nil {
		t.Fatal(err)
	}
	log, err := database.Open(context.Background(), pg.URL("same", ""), database.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() //nolint:errcheck // it is a test's
	_, err = mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Variants: []string{"uuid-ids"},
		State: &mockserver.State{Log: log}})
	if err == nil || !strings.Contains(err.Error(), "variants was") {
		t.Errorf("it says %v", err)
	}
}

// TestLocalReads holds that a caller who says how much it has seen is answered from no less, and
// that every answer says how much it has seen.
func TestLocalReads(t *testing.T) {
	t.Parallel() // it waits for the database more than it works
	pg := pgtest.Start(t)
	local := func(l *lasting) { l.local = true }
	first, second := startLasting(t, pg.URL("local", "")), startLasting(t, pg.URL("local", ""))
	for _, l := range []*lasting{first, second} {
		local(l)
		l.restart()
	}
	for n := range 20 {
		seen := first.answer("POST", "/api/wards", "", ward(n)).Header().Get("Rollcall-Seq")
		if !strings.HasPrefix(seen, "default@") {
			t.Fatalf("a write says %q", seen)
		}
		w := second.answerAtLeast("GET", "/api/wards?limit=100&search=trouble", seen)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), fmt.Sprintf("Ward of trouble %d\"", n)) {
			t.Fatalf("write %d, %s, is not seen by who asks for it: %d %v %.300s", n, seen, w.Code, w.Header(), w.Body)
		}
	}
	if w := second.answerAtLeast("GET", "/api/wards", "default@100000"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("what nobody has written is answered with %d", w.Code)
	}
	if w := second.answerAtLeast("GET", "/api/wards", "nonsense"); w.Code != http.StatusBadRequest {
		t.Errorf("nonsense is answered with %d", w.Code)
	}
	pg.Kill()
	for until := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		w := second.answer("GET", "/api/wards", "", "")
		if w.Code == http.StatusOK && w.Header().Get("Rollcall-Stale") != "" {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("without the database a read is answered with %d %v", w.Code, w.Header())
		}
	}
}
