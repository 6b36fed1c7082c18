package mockserver

import (
	"bytes"
	"testing"

	"rollcall/fixtures"
	"rollcall/mockserver/store"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// TestShortDocumentsAreTheSame: what large data keeps in short must read as the
// fixtures wrote it.
func TestShortDocumentsAreTheSame(t *testing.T) {
	c, err := contract.Load(specs.FS, "volunteers")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Plan(c)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := store.NewSchema(plan.Tables)
	if err != nil {
		t.Fatal(err)
	}
	data := fixtures.Volunteers(7, 900)
	world, s := store.New(schema), &Server{config: Config{Size: muchData + 1}}
	if err := world.Fill(s.source(data, schema)); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for row := range data.Rows {
		r, ok := world.View().Get(row.Table, row.ID)
		if !ok || !bytes.Equal(r.Document(), row.Body) || !bytes.Equal(r.Private(), row.Private) {
			t.Fatalf("%s %s is not as it was made: %v", row.Table, row.ID, ok)
		}
		if got := r.AppendDocument([]byte("[")); !bytes.Equal(got[1:], row.Body) {
			t.Fatalf("%s %s is appended as %s", row.Table, row.ID, got)
		}
		rows++
	}
	if rows < 6000 {
		t.Errorf("there are %d rows only", rows)
	}
}
