package store_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rollcall/mockserver/store"
)

// model is a state the slow way: what each person's document is.
type model map[string]string

// TestStatesAgreeWithAModel writes at random to some states that come from each
// other, drops some transactions, and reads by id, by order and by prefix at
// random moments, also within a transaction and from old snapshots.
func TestStatesAgreeWithAModel(t *testing.T) {
	draw := rand.New(rand.NewPCG(3, 4))
	type twin struct {
		state *store.State
		model model
	}
	twins := []twin{{store.New(schema(t)), model{}}}
	for range 4000 {
		at := draw.IntN(len(twins))
		tw := twins[at]
		switch draw.IntN(20) {
		case 0:
			fork := twin{tw.state.Fork(), maps.Clone(tw.model)}
			if twins = append(twins, fork); len(twins) > 5 {
				twins = twins[1:]
			}
		case 1:
			compare(t, draw, tw.state.View(), tw.model)
		default:
			old, before := tw.state.View(), maps.Clone(tw.model)
			after := maps.Clone(tw.model)
			dropped := errors.New("dropped")
			err := tw.state.Update(func(tx *store.Tx) error {
				for range 1 + draw.IntN(5) {
					step(draw, tx, after)
					if draw.IntN(6) == 0 {
						compare(t, draw, tx.Snapshot, after)
					}
				}
				if draw.IntN(5) == 0 {
					return dropped
				}
				return nil
			})
			if err == nil {
				twins[at].model = after
			}
			if draw.IntN(10) == 0 {
				compare(t, draw, old, before)
			}
		}
	}
	for _, tw := range twins {
		compare(t, draw, tw.state.View(), tw.model)
	}
}

// step makes one change in both.
func step(draw *rand.Rand, tx *store.Tx, m model) {
	id := fmt.Sprint(draw.IntN(40))
	if draw.IntN(4) == 0 {
		tx.Delete("person", id)
		delete(m, id)
		return
	}
	r := person(id, []string{"red", "redder", "blue"}[draw.IntN(3)],
		fmt.Sprintf("%s-%d", []string{"Asha", "Mo", "Una"}[draw.IntN(3)], draw.IntN(99)))
	if old, ok := tx.Get("person", id); ok {
		r = old.With(r.Document())
	}
	tx.Put("person", r)
	m[id] = string(r.Document())
}

// compare reads in one of the ways there are; each may be the first to ask.
func compare(t *testing.T, draw *rand.Rand, s store.Snapshot, m model) {
	t.Helper()
	for id := range 40 {
		r, ok := s.Get("person", fmt.Sprint(id))
		if want, has := m[fmt.Sprint(id)]; ok != has || ok && string(r.Document()) != want {
			t.Fatalf("%d is there: %v, want %v", id, ok, has)
		}
	}
	prefix := store.Key([]string{"red", "redder", "blue"}[draw.IntN(3)])
	var want []string
	for id, doc := range m {
		if key := person(id, "", "").With([]byte(doc)); strings.HasPrefix(store.Key(key.String("team")), prefix) {
			want = append(want, id)
		}
	}
	slices.Sort(want)
	ids, last := []string{}, ""
	see := func(r *store.Record) bool {
		if key := store.Key(r.String("team"), r.String("name")); key < last {
			t.Fatalf("%q comes after %q", key, last)
		} else {
			last = key
		}
		ids = append(ids, r.ID)
		return true
	}
	if draw.IntN(2) == 0 {
		s.Each("person", "team", prefix, see)
	} else {
		s.Scan("person", "team", prefix).All(see)
	}
	if first, ok := s.First("person", "team", prefix); ok != (len(ids) > 0) || ok && first.ID != ids[0] {
		t.Fatalf("the first of %q is %v, want that of %v", prefix, first, ids)
	}
	slices.Sort(ids)
	if !slices.Equal(ids, want) && len(ids)+len(want) > 0 {
		t.Fatalf("%q has %v, want %v", prefix, ids, want)
	}
	if draw.IntN(3) == 0 && s.Len("person") != len(m) {
		t.Fatalf("there are %d, want %d", s.Len("person"), len(m))
	}
}

// TestEachSeesWhatWasThere: what a caller writes on the way changes nothing of
// what is handed over, however much it is.
func TestEachSeesWhatWasThere(t *testing.T) {
	w := store.New(schema(t))
	for i := range 100 {
		put(t, w, person(fmt.Sprintf("%03d", i), "red", fmt.Sprintf("%03d", i)))
	}
	seen := 0
	err := w.Update(func(tx *store.Tx) error {
		tx.Put("person", person("000", "red", "000 anew"))
		tx.Each("person", "team", store.Key("red"), func(r *store.Record) bool {
			seen++
			ahead := fmt.Sprintf("%03d", (seen+7)%100)
			tx.Put("person", person(ahead, "blue", ahead))
			tx.Delete("person", fmt.Sprintf("%03d", (seen+50)%100))
			tx.Scan("person", "team", "")
			return true
		})
		return nil
	})
	if err != nil || seen != 100 {
		t.Errorf("%d were seen, want 100; %v", seen, err)
	}
}

func TestWrittenTwiceIsThereOnce(t *testing.T) {
	w := store.New(schema(t))
	r := person("1", "red", "Una")
	put(t, w, r, r)
	n := 0
	w.View().Each("person", "team", "", func(*store.Record) bool { n++; return true })
	if n != 1 {
		t.Errorf("it is there %d times", n)
	}
}
