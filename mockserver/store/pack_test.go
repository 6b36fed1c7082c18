package store

import (
	"fmt"
	"strings"
	"testing"
)

func TestPackedDocumentsComeBack(t *testing.T) {
	sample := `{"id":1,"name":"Siân O'Brien","title":null,"team":"Exeter","flags":{},"note":"` +
		strings.Repeat("long words ", 60) + `"}`
	w := newWords([][]byte{[]byte(sample), []byte(strings.Repeat("x", mostWords))})
	for _, row := range []struct{ name, doc string }{
		{"the sample", sample}, {"another", `{"id":77,"name":"Rhys","title":"Dr","team":"Exeter","flags":{"a":1}}`},
		{"empty", ``}, {"short", `{}`}, {"nothing in common", "ÄÖÜäöü€–𝄞" + strings.Repeat("#q", 40)},
		{"twice", sample + sample}, {"ends in the middle", sample[:len(sample)-9]},
	} {
		packed := w.pack(nil, []byte(row.doc))
		if got := string(w.unpack([]byte("to:"), packed)); got != "to:"+row.doc {
			t.Errorf("%s: comes back as %q", row.name, got)
		}
	}
	if n := len(w.pack(nil, []byte(sample))); n > len(sample)/20 {
		t.Errorf("the sample takes %d of %d bytes", n, len(sample))
	}
}

func TestBytesThatBeginAReference(t *testing.T) {
	for doc, want := range map[string]bool{`{"a":"b"}`: true, "{\n}": false, "\x00": false, "": true, "é": true} {
		if packable(doc) != want {
			t.Errorf("%q: packable is %v", doc, !want)
		}
	}
}

// TestFillIsDeterministic: the order of insertion must not depend on which
// processor was first.
func TestFillIsDeterministic(t *testing.T) {
	s, err := NewSchema([]Table{{Name: "person", Indexes: []Index{{Name: "team", Key: func(r *Record) string {
		return Key(r.String("team"))
	}}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range []bool{false, true} {
		w := New(s)
		err := w.Fill(Source{Parts: 50, Pack: pack, Part: func(i int, put func(table, id string, document, private []byte)) {
			for j := range 20 {
				n := 20*i + j
				put("person", fmt.Sprint(n), fmt.Appendf(nil, `{"n":%d,"team":"team %d"}`, n, n%3), []byte(`{"secret":1}`))
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		w.View().Scan("person", "team", Key("team 1")).All(func(r *Record) bool {
			want := fmt.Sprintf(`{"n":%d,"team":"team 1"}`, 3*n+1)
			if string(r.Document()) != want || r.Seq != uint64(3*n+2) || string(r.Private()) != `{"secret":1}` ||
				r.String("secret") != "1" {
				t.Fatalf("packed %v: record %d is %s %d", pack, n, r.Document(), r.Seq)
			}
			n++
			return true
		})
		if n != 333 || w.View().Len("person") != 1000 {
			t.Errorf("packed %v: %d of the team, %d in all", pack, n, w.View().Len("person"))
		}
	}
}

func TestFillRefuses(t *testing.T) {
	s, err := NewSchema([]Table{{Name: "person"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ name, table, id string }{{"one id twice", "person", "1"}, {"an unknown table", "nobody", "2"}} {
		err := New(s).Fill(Source{Parts: 1, Part: func(_ int, put func(table, id string, document, private []byte)) {
			put("person", "1", []byte(`{}`), nil)
			put(row.table, row.id, []byte(`{}`), nil)
		}})
		if err == nil {
			t.Errorf("%s: no error", row.name)
		}
	}
}
