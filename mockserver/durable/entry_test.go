package durable_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"rollcall/mockserver/durable"
)

func steps() []durable.Step {
	return []durable.Step{
		{At: 1_790_000_000_000_000_000, Changes: []durable.Change{
			{State: "one", Table: "dog", ID: "d1", Seq: 7, Document: []byte(`{"id":"d1"}`), Private: []byte(`{"secret":1}`)},
			{State: "one", Table: "dog", ID: "d2", Seq: 8, Document: []byte(`{}`)},
			{State: "two", Table: "dog", ID: "", Seq: 9, Gone: true},
		}, Ordinals: []durable.Ordinal{{State: "one", Table: "dog", Last: 8}, {State: "two", Table: "cat", Last: 1 << 60}}},
		{Type: durable.Fork, Child: "w1", At: -5, Changes: []durable.Change{}},
		{Type: durable.Reset, Changes: []durable.Change{}},
		{Type: durable.Snapshot, Part: 2, Of: 5, Changes: []durable.Change{}},
	}
}

// TestEntriesAreReadAsWritten holds that nothing of an entry is lost, and that one whose bytes
// are other in any place, or fewer, is told from a good one.
func TestEntriesAreReadAsWritten(t *testing.T) {
	entry := durable.Encode(steps())
	got, err := durable.Decode(entry)
	if err != nil || !reflect.DeepEqual(got, steps()) {
		t.Fatalf("%v\n%+v\nwant\n%+v", err, got, steps())
	}
	for i := range entry {
		bad := append([]byte(nil), entry...)
		bad[i] ^= 0x41
		if _, err := durable.Decode(bad); err == nil {
			t.Errorf("byte %d is other, and it is read", i)
		}
		if _, err := durable.Decode(entry[:i]); !errors.Is(err, durable.ErrDamaged) {
			t.Errorf("its first %d bytes: %v", i, err)
		}
	}
	newer := append([]byte("RC2"), entry[3:]...)
	if _, err := durable.Decode(newer); !errors.Is(err, durable.ErrNewer) {
		t.Errorf("a newer version: %v", err)
	}
}

// TestSnapshotsAreWhatEntriesComeTo holds that a snapshot, in however many parts, comes to what
// the entries before it came to, and that a part that is not there is noticed.
func TestSnapshotsAreWhatEntriesComeTo(t *testing.T) {
	fold := durable.NewFold()
	large := make([]byte, 300_000)
	for n := range 12 {
		s := durable.Step{Changes: []durable.Change{
			{State: "one", Table: "dog", ID: fmt.Sprint("d", n), Seq: uint64(n), Document: large},
		}}
		if n%3 == 2 {
			s.Changes = append(s.Changes, durable.Change{State: "one", Table: "dog", ID: fmt.Sprint("d", n-2), Gone: true})
		}
		if err := fold.Add(durable.Encode([]durable.Step{s}), nil); err != nil {
			t.Fatal(err)
		}
	}
	parts := fold.Snapshot()
	if len(parts) < 3 {
		t.Fatalf("it has %d parts, too few to see anything", len(parts))
	}
	whole, err := durable.Whole(parts)
	if err != nil {
		t.Fatal(err)
	}
	again := durable.NewFold()
	if err := again.Add(durable.Encode(whole), nil); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again.Snapshot(), parts) {
		t.Error("the snapshot of a snapshot is another one")
	}
	for i := range parts {
		lacking := append(append([][]byte{}, parts[:i]...), parts[i+1:]...)
		if _, err := durable.Whole(lacking); err == nil {
			t.Errorf("part %d is not there, and nobody notices", i)
		}
	}
}
