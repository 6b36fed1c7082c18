package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rollcall/mockserver/store"
)

// clubs is a schema in which a person, {"name":…,"in":"a b"}, is in some clubs.
// Nobody without a name is listed.
func clubs(t *testing.T) *store.Schema {
	t.Helper()
	s, err := store.NewSchema([]store.Table{{
		Name:    "person",
		Facts:   func(r *store.Record) any { return r.String("name") },
		Indexes: []store.Index{{Name: "name", Key: func(r *store.Record) string { return r.String("name") }}},
		Groups: []store.Group{{Name: "club", Order: "name",
			Of: func(r *store.Record) []string { return strings.Fields(r.String("in")) }}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func member(id, name string, in ...string) *store.Record {
	return store.NewRecord(id, fmt.Appendf(nil, `{"name":%q,"in":%q}`, name, strings.Join(in, " ")), nil)
}

// expected is what a club should be, the slow way.
func expected(s store.Snapshot, club string) (all []string) {
	for _, r := range s.Everything("person") {
		if r.String("name") != "" && slices.Contains(strings.Fields(r.String("in")), club) {
			all = append(all, fmt.Sprintf("%s %06d %s", r.String("name"), r.Seq, r.ID))
		}
	}
	slices.Sort(all)
	return all
}

func check(t *testing.T, s store.Snapshot) {
	t.Helper()
	for _, club := range []string{"chess", "choir", "crochet"} {
		var got []string
		run := s.Scan("person", "club", club)
		run.All(func(r *store.Record) bool {
			if now, _ := s.Get("person", r.ID); now != r {
				t.Fatalf("%s has an old record of %s", club, r.ID)
			}
			got = append(got, fmt.Sprintf("%s %06d %s", r.String("name"), r.Seq, r.ID))
			return true
		})
		want := expected(s, club)
		if !slices.Equal(got, want) || run.Len() != len(want) {
			t.Fatalf("%s is %q, want %q", club, got, want)
		}
		slices.Reverse(want)
		var back []string
		run.Back(1, 3, func(r *store.Record) bool { back = append(back, r.ID); return true })
		for i, id := range back {
			if !strings.HasSuffix(want[1+i], " "+id) {
				t.Fatalf("%s backwards is %q, want a part of %q", club, back, want)
			}
		}
	}
}

func TestGroupsFollowTheRecords(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	w := store.New(clubs(t))
	for range 2000 {
		id := fmt.Sprint(draw.IntN(60))
		name := []string{"", "Asha", "Bea", "Mo", "Una"}[draw.IntN(5)]
		var in []string
		for _, club := range []string{"chess", "choir", "crochet"} {
			if draw.IntN(2) == 0 {
				in = append(in, club)
			}
		}
		if err := w.Update(func(tx *store.Tx) error {
			old, ok := tx.Get("person", id)
			switch {
			case ok && draw.IntN(4) == 0:
				tx.Delete("person", id)
			case ok:
				tx.Put("person", old.With(member(id, name, in...).Document()))
			default:
				tx.Put("person", member(id, name, in...))
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	check(t, w.View())
	if w.View().Len("person") < 30 {
		t.Error("too few are left to tell anything")
	}
}

func TestGroupsOfAFilledState(t *testing.T) {
	w := store.New(clubs(t))
	err := w.Fill(store.Source{Parts: 7, Part: func(i int, put func(table, id string, document, private []byte)) {
		for j := range 30 {
			m := member(fmt.Sprint(i, j), []string{"", "Mo", "Asha"}[j%3], []string{"chess", "choir"}[:j%2+i%2]...)
			put("person", m.ID, m.Document(), nil)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	check(t, w.View())
	if w.View().Scan("person", "club", "choir").Len() == 0 {
		t.Error("nobody is in the choir")
	}
}

func TestGroupsMustHaveAnOrder(t *testing.T) {
	for _, row := range []struct {
		name  string
		group store.Group
	}{{"no such index", store.Group{Name: "club", Order: "age"}},
		{"the name of an index", store.Group{Name: "name", Order: "name"}}} {
		if _, err := store.NewSchema([]store.Table{{Name: "person", Indexes: []store.Index{{Name: "name"}},
			Groups: []store.Group{row.group}}}); err == nil {
			t.Errorf("%s: no error", row.name)
		}
	}
}
