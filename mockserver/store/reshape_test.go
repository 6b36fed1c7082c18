package store_test

import (
	"fmt"
	"testing"

	"rollcall/mockserver/store"
)

func byMember(name string) store.Index {
	return store.Index{Name: "by " + name, Key: func(r *store.Record) string { return store.Key(r.String(name)) }}
}

func schemaOf(t *testing.T, tables ...store.Table) *store.Schema {
	t.Helper()
	s, err := store.NewSchema(tables)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func storeDocument(t *testing.T, w *store.State, table, id, document string) {
	t.Helper()
	err := w.Update(func(tx *store.Tx) error {
		tx.Put(table, store.NewRecord(id, []byte(document), nil))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func found(w *store.State, table, index, value string) (ids string) {
	w.View().Each(table, index, store.Key(value), func(r *store.Record) bool { ids += r.ID; return true })
	return ids
}

// TestReshapingKeepsRecords: they are found by orders that are new, tables that are gone come
// back with what they held, and new ones begin with the model's records.
func TestReshapingKeepsRecords(t *testing.T) {
	cats, dogs := store.Table{Name: "cat", Indexes: []store.Index{byMember("name")}},
		store.Table{Name: "dog", Indexes: []store.Index{byMember("name")}}
	w := store.New(schemaOf(t, cats, dogs))
	for i := range 40 { // more than are written before the orders are brought up to date
		storeDocument(t, w, "cat", fmt.Sprint("c", i), fmt.Sprintf(`{"name":"Tom %d","coat":"grey %d"}`, i, i))
	}
	storeDocument(t, w, "dog", "d1", `{"name":"Rex"}`)
	fork, before := w.Fork(), w.View()
	storeDocument(t, fork, "cat", "mine", `{"name":"Only here","coat":"red"}`)

	coats := store.Table{Name: "cat", Indexes: []store.Index{byMember("coat")}}
	model := store.New(schemaOf(t, coats, store.Table{Name: "bird"}))
	storeDocument(t, model, "bird", "b1", `{}`)
	to := store.NewReshaping(model)
	to.Apply(w)
	to.Apply(fork)

	if ids := found(w, "cat", "by coat", "grey 7"); ids != "c7" {
		t.Errorf("by the new order %q is found", ids)
	}
	if w.View().Len("cat") != 40 || fork.View().Len("cat") != 41 || found(fork, "cat", "by coat", "red") != "mine" {
		t.Errorf("kept are %d and %d cats, want 40 and 41", w.View().Len("cat"), fork.View().Len("cat"))
	}
	if w.View().Len("bird") != 1 || w.Parked()["dog"] != 1 {
		t.Errorf("%d birds, want the model's; parked are %v", w.View().Len("bird"), w.Parked())
	}
	if _, ok := before.Get("dog", "d1"); !ok || found(w, "cat", "by coat", "red") != "" {
		t.Error("a state that is read lost a record, or one of another state shows")
	}

	storeDocument(t, w, "cat", "new", `{"name":"Last","coat":"blue"}`)
	back := store.NewReshaping(store.New(schemaOf(t, cats, dogs)), "cat")
	back.Apply(w)
	if w.View().Len("dog") != 1 || w.View().Len("cat") != 0 || len(w.Parked()) != 1 {
		t.Errorf("%d dogs, %d cats, parked %v; want the dog back, the cats of the model, and the bird parked",
			w.View().Len("dog"), w.View().Len("cat"), w.Parked())
	}
}

// TestReshapingSharesWhatWasShared: a hundred states of one state hold its records once.
func TestReshapingSharesWhatWasShared(t *testing.T) {
	w := store.New(schemaOf(t, store.Table{Name: "cat"}))
	storeDocument(t, w, "cat", "c", `{}`)
	to := store.NewReshaping(store.New(schemaOf(t, store.Table{Name: "cat", Indexes: []store.Index{byMember("name")}})))
	fork := w.Fork()
	to.Apply(w)
	to.Apply(fork)
	if w.View().Version() != fork.View().Version() {
		t.Error("two states of one state have two now")
	}
}
