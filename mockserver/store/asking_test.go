package store

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// numbered is a state with n records {"n":"0"}, {"n":"1"} and so on, which are found by what their number can be divided by.
func numbered(t testing.TB, n int) *State {
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
		b := v.blocks("number")
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

// TestBlocksSealedAnewStandInTheirPlace holds that blocks which were sealed anew, at once or by readers, are counted as
// any other from then on: what is remembered knows of no block that isn't in its place.
func TestBlocksSealedAnewStandInTheirPlace(t *testing.T) {
	const blocks = 20
	where := []Condition{{In: NewTerm("by", "5"), Keep: func(r *Record) bool {
		n := r.String("n")
		return strings.HasSuffix(n, "0") || strings.HasSuffix(n, "5")
	}}}
	strangers := func(of *State) (n int) {
		for _, at := range of.View().blocks("number").all {
			if !at.whole {
				n++
			}
		}
		return n
	}
	for name, seal := range map[string]func(*State){
		"at once": (*State).Seal,
		"by readers": func(of *State) {
			for _, at := range of.View().blocks("number").all {
				at.base.looks.Store(patience * blockMost)
			}
			var readers sync.WaitGroup
			for range 4 {
				readers.Go(func() { of.View().Find("number", where) })
			}
			readers.Wait()
		},
	} {
		t.Run(name, func(t *testing.T) {
			of := numbered(t, blocks*filled)
			before := of.View()
			if err := of.Update(func(tx *Tx) error {
				for i := range blocks {
					tx.Delete("number", strconv.Itoa(i*filled))
					tx.Put("number", NewRecord("new"+strconv.Itoa(i), fmt.Appendf(nil, `{"n":"%d"}`, i*filled), nil))
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if n := strangers(of); n != blocks {
				t.Fatalf("%d of %d blocks are written to", n, blocks)
			}
			want := of.View().Find("number", where).Len()
			seal(of)
			if n := strangers(of); n > 0 {
				t.Errorf("%d blocks don't stand in their place", n)
			}
			if got := of.View().Find("number", where).Len(); got != want {
				t.Errorf("%d are found, and %d before", got, want)
			}
			if got := before.Find("number", where).Len(); got != blocks*filled/5 {
				t.Errorf("%d are found in the state before", got)
			}
		})
	}
}

// BenchmarkFind meets two conditions that were asked for before.
func BenchmarkFind(b *testing.B) {
	yes := func(*Record) bool { return true }
	where := []Condition{{Keep: yes, In: NewTerm("by", "7")}, {Keep: yes, In: NewTerm("by", "2")}}
	for _, n := range []int{1000, 1_000_000} {
		of := numbered(b, n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				v := of.View()
				v.Find("number", where).Page(where, 0, 20, false)
			}
		})
	}
}
