package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"rollcall/mockserver/store"
)

// all writes a state down, with what no record tells.
func all(s store.Snapshot) string {
	text := ""
	for _, t := range s.Tables() {
		for _, r := range s.Everything(t) {
			text += fmt.Sprintln(t, r.ID, r.Seq, string(r.Document()), string(r.Private()))
		}
		for r := range s.Scan(t, "byName", "").All {
			text += r.ID + " "
		}
	}
	return text + fmt.Sprint(s.Ordinals())
}

func draftState(t *testing.T) *store.State {
	t.Helper()
	byName := []store.Index{{Name: "byName", Key: func(r *store.Record) string { return store.Key(r.String("name")) }}}
	schema, err := store.NewSchema([]store.Table{{Name: "one", Indexes: byName}, {Name: "two", Indexes: byName}})
	if err != nil {
		t.Fatal(err)
	}
	return store.New(schema)
}

// some is a transaction that writes here and there, and some ends as refused.
func some(random *rand.Rand) func(*store.Tx) error {
	n, refused := 1+random.IntN(50), random.IntN(4) == 0
	seed := random.Uint64()
	return func(tx *store.Tx) error {
		random := rand.New(rand.NewPCG(seed, 0))
		for range n {
			table, id := []string{"one", "two"}[random.IntN(2)], fmt.Sprint("r", random.IntN(40))
			switch random.IntN(4) {
			case 0:
				tx.Delete(table, id)
			case 1:
				tx.Ordinal(table)
			default:
				tx.Put(table, store.NewRecord(id, fmt.Appendf(nil, `{"name":"n%d"}`, random.IntN(9)), []byte(`{"p":1}`)))
			}
		}
		if refused {
			return fmt.Errorf("refused")
		}
		return nil
	}
}

// TestDraftsAreUpdates holds that three ways lead to one state: memory's own, a draft that is
// published, and the changes that the draft told, applied elsewhere. What two states differ in
// leads from one to the other.
func TestDraftsAreUpdates(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	plain, drafted, applied := draftState(t), draftState(t), draftState(t)
	for range 200 {
		f := some(random)
		failed := plain.Update(f)
		d, follower := drafted.Draft(), applied.Draft()
		delta, err := d.Update(f)
		if (err == nil) != (failed == nil) {
			t.Fatalf("memory said %v, the draft %v", failed, err)
		}
		if err == nil {
			for i, c := range delta.Changes {
				if !c.Gone {
					copied := store.NewRecord(c.Rec.ID, c.Rec.Document(), c.Rec.Private())
					copied.Seq = c.Rec.Seq
					delta.Changes[i].Rec = copied
				}
			}
			if !follower.Apply(delta) {
				t.Fatal("a table is not known")
			}
		}
		before := applied.View()
		drafted.Publish(d)
		applied.Publish(follower)
		want := all(plain.View())
		for name, got := range map[string]store.Snapshot{"draft": drafted.View(), "applied": applied.View()} {
			if all(got) != want {
				t.Fatalf("%s has\n%s\nmemory\n%s", name, all(got), want)
			}
		}
		back := applied.Draft()
		if back.Apply(store.Difference(applied.View(), before)); all(back.View()) != all(before) {
			t.Fatal("the difference does not lead back")
		}
	}
}

// TestDraftOfUnknownTable holds that what another program wrote is not taken by half.
func TestDraftOfUnknownTable(t *testing.T) {
	d := draftState(t).Draft()
	was := all(d.View())
	if d.Apply(store.Delta{Changes: []store.Change{{Table: "one", Rec: store.NewRecord("a", []byte("{}"), nil)},
		{Table: "three", Rec: store.NewRecord("a", []byte("{}"), nil)}}}) || all(d.View()) != was {
		t.Error("a change of a table that is not there was taken, or half of one")
	}
}
