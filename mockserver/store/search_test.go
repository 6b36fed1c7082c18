package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rollcall/mockserver/store"
)

// clubs is a schema in which a person, {"name":…,"in":"a b","born":…}, is in some clubs.
// Nobody without a name is found.
func clubs(t testing.TB) *store.Schema {
	t.Helper()
	s, err := store.NewSchema([]store.Table{{
		Name:    "person",
		Indexes: []store.Index{{Name: "name", Key: nameOf}},
		Search: &store.Search{
			Order: "name",
			Terms: func(r *store.Record, has func(store.Term)) {
				for _, club := range strings.Fields(r.String("in")) {
					has(store.NewTerm("club", club))
				}
			},
			Columns: []func(*store.Record) string{bornOf},
			Text:    nameOf,
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func nameOf(r *store.Record) string { return r.String("name") }

func bornOf(r *store.Record) string { return r.String("born") }

// member draws a person.
func member(id string, draw *rand.Rand) *store.Record {
	pick := func(from ...string) string { return from[draw.IntN(len(from))] }
	name := pick("", "asha", "bea", "mo", "una") + pick("", " abara", " bello", " banana")
	var in []string
	for i, club := range []string{"chess", "choir", "crochet"} {
		if draw.IntN(1+3*i) == 0 {
			in = append(in, club)
		}
	}
	return store.NewRecord(id, fmt.Appendf(nil, `{"name":%q,"in":%q,"born":%q}`, name, strings.Join(in, " "),
		pick("", "1950", "1971-02", "2001", "2010")), nil)
}

// conditions are some of every kind.
func conditions(of store.Snapshot) []store.Condition {
	in := func(club string) func(*store.Record) bool {
		return func(r *store.Record) bool { return slices.Contains(strings.Fields(r.String("in")), club) }
	}
	not := func(f func(*store.Record) bool) func(*store.Record) bool {
		return func(r *store.Record) bool { return !f(r) }
	}
	says := func(part string) func(*store.Record) bool {
		return func(r *store.Record) bool { return strings.Contains(nameOf(r), part) }
	}
	some := func(r *store.Record) bool { return r.ID == "1" || r.ID == "7" || r.ID == "99" }
	return []store.Condition{
		{Keep: in("choir"), In: store.NewTerm("club", "choir")},
		{Keep: not(in("chess")), In: store.NewTerm("club", "chess"), Not: true},
		{Keep: func(r *store.Record) bool { return in("crochet")(r) || in("choir")(r) },
			In: store.Having{store.NewTerm("club", "crochet"), store.NewTerm("club", "choir"), store.NewTerm("club", "?")}},
		{Keep: says("a"), In: store.Containing("a")},
		{Keep: says("ban"), In: store.Containing("ban")},
		{Keep: says("anan"), In: store.Containing("anan"), Key: "anan"},
		{Keep: says("mo b"), Key: "mo b"},
		{Keep: says("a b")},
		{Keep: func(r *store.Record) bool { return bornOf(r) != "" && bornOf(r) <= "1971-02" }, In: store.Between{To: "1971-02"}},
		{Keep: func(r *store.Record) bool { return bornOf(r) >= "1980" }, In: store.Between{From: "1980"}},
		{Keep: func(r *store.Record) bool { return in("choir")(r) && says("u")(r) }, In: store.NewTerm("club", "choir"),
			Loose: true, Key: "choir, u"},
		{Keep: some, In: of.These("person", []string{"1", "7", "99", "1", "nobody"})},
		{Keep: not(some), In: of.These("person", []string{"99", "7", "1"}), Not: true},
		{Keep: func(r *store.Record) bool { return some(r) || says("una")(r) },
			In: store.Either{of.These("person", []string{"1", "7", "99"}), store.Containing("una")}},
	}
}

// scanned is what should be found, the slow way.
func scanned(of store.Snapshot, where []store.Condition) (ids []string) {
	of.Scan("person", "name", "").All(func(r *store.Record) bool {
		if !slices.ContainsFunc(where, func(c store.Condition) bool { return !c.Keep(r) }) {
			ids = append(ids, r.ID)
		}
		return true
	})
	return ids
}

func idsOf(all []*store.Record) (ids []string) {
	for _, r := range all {
		ids = append(ids, r.ID)
	}
	return ids
}

// seek holds what is found to a scan of all records, whole and in pages of both directions.
func seek(t *testing.T, of store.Snapshot, draw *rand.Rand) (found int) {
	t.Helper()
	all := conditions(of)
	var where []store.Condition
	for range draw.IntN(4) {
		where = append(where, all[draw.IntN(len(all))])
	}
	want, got := scanned(of, where), of.Find("person", where)
	if got.Len() != len(want) || !slices.Equal(idsOf(got.Page(where, 0, got.Len(), false)), want) {
		t.Fatalf("found %d, want %d, with %v", got.Len(), len(want), where)
	}
	for _, back := range []bool{false, true} {
		offset, count := draw.IntN(len(want)+3), draw.IntN(30)
		part := want[min(offset, len(want)):min(offset+count, len(want))]
		if page := idsOf(got.Page(where, offset, count, back)); !slices.Equal(page, part) {
			t.Fatalf("%d from %d on, back %v: %q, want %q", count, offset, back, page, part)
		}
		slices.Reverse(want)
	}
	return len(want)
}

// write changes some records at random.
func write(t *testing.T, w *store.State, among int, draw *rand.Rand) {
	t.Helper()
	if err := w.Update(func(tx *store.Tx) error {
		for range 1 + draw.IntN(60) {
			id := fmt.Sprint(draw.IntN(among))
			old, ok := tx.Get("person", id)
			switch {
			case ok && draw.IntN(3) == 0:
				tx.Delete("person", id)
			case ok:
				tx.Put("person", old.With(member(id, draw).Document()))
			default:
				tx.Put("person", member(id, draw))
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestFindIsAScan(t *testing.T) {
	for _, row := range []struct{ filled, among, rounds int }{
		{0, 60, 200}, {300, 200, 150}, {5000, 9000, 40}, {40_000, 50_000, 20},
	} {
		t.Run(fmt.Sprint(row.filled), func(t *testing.T) {
			draw := rand.New(rand.NewPCG(uint64(row.filled), 2))
			w, found := store.New(clubs(t)), 0
			if err := w.Fill(people(row.filled, draw)); err != nil {
				t.Fatal(err)
			}
			for range row.rounds {
				before, was := w.View(), w.Fork()
				write(t, w, row.among, draw)
				found += seek(t, w.View(), draw) + seek(t, before, draw)
				write(t, was, row.among, draw) // what forks from the same blocks shows in neither
				seek(t, was.View(), draw)
				seek(t, w.View(), draw)
			}
			if found == 0 {
				t.Error("nobody was ever found")
			}
		})
	}
}

func people(n int, draw *rand.Rand) store.Source {
	return store.Source{Parts: 1, Part: func(_ int, put func(table, id string, document, private []byte)) {
		for i := range n {
			put("person", fmt.Sprint(i), member("", draw).Document(), nil)
		}
	}}
}

// TestFindLooksAtFew holds how many records are looked at one by one, which must not grow with
// their number: none where all conditions are exact, and for one that is not, those who may
// meet it, once.
func TestFindLooksAtFew(t *testing.T) {
	looks := func(n int) (exact, again int) {
		w := store.New(clubs(t))
		if err := w.Fill(people(n, rand.New(rand.NewPCG(1, 2)))); err != nil {
			t.Fatal(err)
		}
		count := 0
		counted := conditions(w.View())
		for i := range counted {
			keep := counted[i].Keep
			counted[i].Keep = func(r *store.Record) bool { count++; return keep(r) }
		}
		for i := range counted {
			for j := range counted {
				if counted[i].Key == "" && counted[j].Key == "" && i != 7 && j != 7 { // it says nothing of where to look
					w.View().Find("person", []store.Condition{counted[0], counted[i], counted[j]})
				}
			}
		}
		exact, count = count, 0
		for range 2 {
			count = 0
			w.View().Find("person", []store.Condition{counted[2], counted[5], counted[6]})
		}
		return exact, count
	}
	for _, n := range []int{1000, 30_000} {
		if exact, again := looks(n); exact > 0 || again > n/100+16 {
			t.Errorf("of %d records %d were looked at for exact conditions, and %d again", n, exact, again)
		}
	}
}

func TestSearchMustHaveAnOrder(t *testing.T) {
	if _, err := store.NewSchema([]store.Table{{Name: "person", Indexes: []store.Index{{Name: "name"}},
		Search: &store.Search{Order: "age"}}}); err == nil {
		t.Error("no error")
	}
}
