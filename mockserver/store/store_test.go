package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"rollcall/mockserver/store"
)

func schema(t testing.TB) *store.Schema {
	t.Helper()
	s, err := store.NewSchema([]store.Table{{Name: "person", Indexes: []store.Index{
		{Name: "team", Key: func(r *store.Record) string { return store.Key(r.String("team"), r.String("name")) }},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func person(id, team, name string) *store.Record {
	return store.NewRecord(id, fmt.Appendf(nil, `{"team":%q,"name":%q}`, team, name), nil)
}

func put(t testing.TB, w *store.State, records ...*store.Record) {
	t.Helper()
	if err := w.Update(func(tx *store.Tx) error {
		for _, r := range records {
			tx.Put("person", r)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func names(r store.Range) (all []string) {
	r.All(func(rec *store.Record) bool { all = append(all, rec.String("name")); return true })
	return all
}

func TestIndexOrderAndPrefix(t *testing.T) {
	w := store.New(schema(t))
	put(t, w, person("1", "red", "Una"), person("2", "red", "Asha"), person("3", "redder", "Bea"), person("4", "red", "Mo"))
	got := fmt.Sprint(names(w.View().Scan("person", "team", store.Key("red"))))
	if want := "[Asha Mo Una]"; got != want {
		t.Errorf("team red is %s, want %s: the prefix must not reach the team redder", got, want)
	}
}

func TestPages(t *testing.T) {
	w := store.New(schema(t))
	for i := range 95 {
		put(t, w, person(fmt.Sprint(i), "red", fmt.Sprintf("%03d", i)))
	}
	run := w.View().Scan("person", "team", store.Key("red"))
	for _, row := range []struct {
		name          string
		offset, count int
		first, last   string
		n             int
	}{
		{"first page", 0, 20, "000", "019", 20},
		{"middle", 40, 20, "040", "059", 20},
		{"short last page", 80, 20, "080", "094", 15},
		{"beyond the end", 200, 20, "", "", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			run.Each(row.offset, row.count, func(r *store.Record) bool { got = append(got, r.String("name")); return true })
			if len(got) != row.n || row.n > 0 && (got[0] != row.first || got[len(got)-1] != row.last) {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestUpdateMovesInTheIndex(t *testing.T) {
	w := store.New(schema(t))
	put(t, w, person("1", "red", "Una"))
	old, _ := w.View().Get("person", "1")
	put(t, w, old.With([]byte(`{"team":"blue","name":"Una"}`)))
	if n := w.View().Scan("person", "team", store.Key("red")).Len(); n != 0 {
		t.Errorf("%d records are still in the old place of the index", n)
	}
	if n := w.View().Scan("person", "team", store.Key("blue")).Len(); n != 1 {
		t.Errorf("%d records are in the new place", n)
	}
}

func TestForksDontSeeEachOther(t *testing.T) {
	w := store.New(schema(t))
	put(t, w, person("1", "red", "Una"))
	a, b := w.Fork(), w.Fork()
	put(t, a, person("2", "red", "Only in a"))
	put(t, w, person("3", "red", "Only in the origin"))
	for name, row := range map[string]struct {
		state *store.State
		want  string
	}{"a": {a, "[Only in a Una]"}, "b": {b, "[Una]"}, "origin": {w, "[Only in the origin Una]"}} {
		if got := fmt.Sprint(names(row.state.View().Scan("person", "team", ""))); got != row.want {
			t.Errorf("state %s has %s, want %s", name, got, row.want)
		}
	}
}

func TestFailedUpdateLeavesNothing(t *testing.T) {
	w := store.New(schema(t))
	stop := errors.New("stop")
	err := w.Update(func(tx *store.Tx) error {
		tx.Put("person", person("1", "red", "Una"))
		return stop
	})
	if !errors.Is(err, stop) || w.View().Len("person") != 0 {
		t.Errorf("err %v, %d records", err, w.View().Len("person"))
	}
}

func TestSnapshotIsFixed(t *testing.T) {
	w := store.New(schema(t))
	put(t, w, person("1", "red", "Una"))
	before := w.View()
	put(t, w, person("2", "red", "Asha"))
	if before.Len("person") != 1 || w.View().Len("person") != 2 || w.ViewBefore().Len("person") != 1 {
		t.Error("a snapshot changed, or the state did not")
	}
}

func TestOrdinalsAreNeverUsedAgain(t *testing.T) {
	w := store.New(schema(t))
	seen := map[uint64]bool{}
	for range 3 {
		if err := w.Update(func(tx *store.Tx) error {
			n := tx.Ordinal("person")
			if seen[n] {
				t.Errorf("ordinal %d again", n)
			}
			seen[n] = true
			r := store.NewRecord(fmt.Sprint(n), []byte(`{}`), nil)
			r.Seq = n
			tx.Put("person", r)
			tx.Delete("person", fmt.Sprint(n))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestConcurrentStates is for the race detector: readers, writers and forkers of
// one origin at once.
func TestConcurrentStates(t *testing.T) {
	w := store.New(schema(t))
	for i := range 200 {
		put(t, w, person(fmt.Sprint(i), "red", fmt.Sprint(i)))
	}
	var all sync.WaitGroup
	for g := range 6 {
		all.Go(func() {
			state := w
			if g%2 == 0 {
				state = w.Fork()
			}
			for i := range 50 {
				put(t, state, person(fmt.Sprintf("%d-%d", g, i), "red", "new"))
				names(w.View().Scan("person", "team", store.Key("red")))
				w.Fork()
			}
		})
	}
	all.Wait()
	if n := w.View().Len("person"); n != 200+3*50 {
		t.Errorf("%d records: a write was lost", n)
	}
}

// TestNobodyWaitsForAnotherState: while one state is in the middle of a write, it is
// read, forked, and other states are written.
func TestNobodyWaitsForAnotherState(t *testing.T) {
	w := store.New(schema(t))
	put(t, w, person("1", "red", "Una"))
	other := w.Fork()
	done := make(chan string, 1)
	err := w.Update(func(tx *store.Tx) error {
		tx.Put("person", person("2", "red", "Asha"))
		go func() {
			put(t, other, person("3", "red", "Mo"))
			put(t, w.Fork(), person("4", "red", "Bea"))
			done <- fmt.Sprint(names(w.View().Scan("person", "team", "")), names(other.View().Scan("person", "team", "")))
		}()
		select {
		case got := <-done:
			if want := "[Una] [Mo Una]"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		case <-time.After(10 * time.Second):
			t.Error("somebody waits for the write")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSchemaRefusesDoubles(t *testing.T) {
	if _, err := store.NewSchema([]store.Table{{Name: "a"}, {Name: "a"}}); err == nil {
		t.Error("a table declared twice is taken")
	}
	if _, err := store.NewSchema([]store.Table{{Name: "a", Indexes: []store.Index{{Name: "i"}, {Name: "i"}}}}); err == nil {
		t.Error("an index declared twice is taken")
	}
}

func BenchmarkFork(b *testing.B) {
	w := store.New(schema(b))
	for i := range 10_000 {
		put(b, w, person(fmt.Sprint(i), "red", fmt.Sprint(i)))
	}
	for b.Loop() {
		w.Fork()
	}
}
