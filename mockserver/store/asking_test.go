package store

import (
	"fmt"
	"strconv"
	"testing"
)

// numbered is a state with n records {"n":"0"}, {"n":"1"} and so on, which are found by what their number can be divided by.
func numbered(t *testing.T, n int) *State {
	t.Helper()
	number := func(r *Record) int { i, _ := strconv.Atoi(r.String("n")); return i }
	schema, err := NewSchema([]Table{{
		Name:    "number",
		Indexes: []Index{{Name: "n", Key: func(r *Record) string { return fmt.Sprintf("%09d", number(r)) }}},
		Search: &Search{
			Order: "n",
			Terms: func(r *Record, has func(Term)) {
				for by := 2; by < 8; by++ {
					if number(r)%by == 0 {
						has(NewTerm("by", strconv.Itoa(by)))
					}
				}
			},
			Columns: []func(*Record) string{func(r *Record) string { return r.String("n") }},
			Text:    func(r *Record) string { return r.String("n") },
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	s := New(schema)
	if err := s.Fill(Source{Parts: 1, Part: func(_ int, put func(table, id string, document, private []byte)) {
		for i := range n {
			put("number", strconv.Itoa(i), fmt.Appendf(nil, `{"n":"%d"}`, i), nil)
		}
	}}); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestFindLooksIntoFewBlocks holds that who meets conditions that were asked for before is counted without a look into
// blocks, but those that were written to: a look costs more than all else.
func TestFindLooksIntoFewBlocks(t *testing.T) {
	of := numbered(t, 60*filled)
	yes := func(*Record) bool { return true }
	by := func(n string) Term { return NewTerm("by", n) }
	where := []Condition{
		{Keep: yes, In: Having{by("2"), by("3")}},
		{Keep: yes, In: by("5"), Not: true},
		{Keep: yes, In: Between{From: "2", To: "8"}},
		{Keep: yes, In: Containing("7")},
		{Keep: func(r *Record) bool { return r.ID[0] != '3' }, Loose: true, Key: "no 3"},
	}
	looked := func() (n int) {
		v := of.View()
		where := append(where, Condition{Keep: yes, In: v.These("number", []string{"30", "70000", "nobody"})})
		v.Find("number", where)
		b := v.root.tables[0].trees().blocks
		q := b.asking(where)
		for i := range b.all {
			if _, ok := q.count(i); !ok {
				n++
			}
		}
		return n
	}
	if n := looked(); n > 2 { // in which those two are
		t.Errorf("%d blocks are looked into to which nobody wrote, and in which two stand", n)
	}
	for range 3 {
		if err := of.Update(func(tx *Tx) error {
			tx.Put("number", NewRecord("new", []byte(`{"n":"77"}`), nil))
			tx.Delete("number", "50000")
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if n := looked(); n > 4 {
			t.Errorf("%d blocks are looked into after writes to two", n)
		}
	}
}
