package data

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// TestRead holds what of which file is read, and where it is said to be.
func TestRead(t *testing.T) {
	one, two := []string{"shelter"}, []string{"shelter", "kennel"}
	for _, row := range []struct {
		name      string
		files     map[string]string
		root      string
		contracts []string
		want      string // rows, or a part of the error
	}{
		{"a list", map[string]string{"pet.json": `[{"name":"Ada"},{"name":"Bo"}]`}, "pet.json", one,
			`shelter pet {"name":"Ada"} pet.json:1, shelter pet {"name":"Bo"} pet.json:1`},
		{"tables", map[string]string{"all.yaml": "pet:\n- name: Ada\n  born: 2020-01-05\n  n: 1.50\nvisit: []\n"}, "all.yaml",
			one,
			`shelter pet {"name":"Ada","born":"2020-01-05","n":1.50} all.yaml:2, shelter visit  all.yaml:5`},
		{"an empty list", map[string]string{"pet.json": "\n[]"}, "pet.json", one, "shelter pet  pet.json:2"},
		{"a head without rows", map[string]string{"pet.csv": "name\n"}, "pet.csv", one, "shelter pet  pet.csv:1"},
		{"empty tables", map[string]string{"all.json": `{"shelter":{"pet":[]}}`}, "all.json", two, "shelter pet  all.json:1"},
		{"no tables", map[string]string{"all.json": `{}`}, "all.json", one, ""},
		{"empty and of none", map[string]string{"pet.json": `[]`}, "pet.json", two, "of which contract it is, is not said"},
		{"contracts", map[string]string{"all.json": `{"shelter":{"pet":[{}]},"kennel":{"dog":[{"a":null}]}}`}, "all.json", two,
			`shelter pet {} all.json:1, kennel dog {"a":null} all.json:1`},
		{"a list over lines", map[string]string{"pet.json": "[\n{\"a\":1},\n\n{\"a\":\n2}]\n"}, "pet.json", one,
			"shelter pet {\"a\":1} pet.json:2, shelter pet {\"a\":\n2} pet.json:4"},
		{"JSON that breaks off", map[string]string{"pet.json": "[{\"a\":1},\n{"}, "pet.json", one, "pet.json:2: this is no JSON"},
		{"JSON and more", map[string]string{"pet.json": "[]\n[]"}, "pet.json", one, "pet.json:2: more stands after the end"},
		{"a text of JSON", map[string]string{"pet.json": "3"}, "pet.json", one, "pet.json:1: here stands neither"},
		{"lines", map[string]string{"pet.ndjson": "{\"a\":1}\n\n {\"b\":2}\r\n"}, "pet.ndjson", one,
			`shelter pet {"a":1} pet.ndjson:1, shelter pet {"b":2} pet.ndjson:3`},
		{"cells", map[string]string{"pet.csv": "\xef\xbb\xbfname,age\n\"A, B\",\nBo,7\n"}, "pet.csv", one,
			`shelter pet {"name":"A, B"} pet.csv:2 texts, shelter pet {"age":"7","name":"Bo"} pet.csv:3 texts`},
		{"a folder", map[string]string{"d/kennel/dog.json": `[{}]`, "d/shelter/pet.json": `[{}]`, "d/.hidden": "x"}, "d", two,
			`kennel dog {} d/kennel/dog.json:1, shelter pet {} d/shelter/pet.json:1`},
		{"of no contract", map[string]string{"pet.json": `[{}]`}, "pet.json", two, "of which contract it is, is not said"},
		{"UTF-16", map[string]string{"pet.csv": "\xff\xfen\x00\n\x001\x00"}, "pet.csv", one,
			"pet.csv: it is in UTF-16 or UTF-32; save"},
		{"UTF-16 without a mark", map[string]string{"pet.json": "\x00[\x00]"}, "pet.json", one,
			"pet.json: it is in UTF-16 or UTF-32; save"},
		{"of no kind", map[string]string{"d/pet.txt": `x`}, "d", one, "says none of .json"},
		{"of no JSON", map[string]string{"pet.ndjson": "{}\n{"}, "pet.ndjson", one, "pet.ndjson:2: this is no JSON"},
		{"a member twice", map[string]string{"pet.json": "[{\"a\":1,\n\"a\":2}]"}, "pet.json", one, "a member is there twice"},
		{"a cell too many", map[string]string{"pet.csv": "a\n1,2\n"}, "pet.csv", one, "wrong number of fields"},
		{"a text", map[string]string{"pet.yaml": "pet"}, "pet.yaml", one, "pet.yaml:1: here stands neither"},
		{"an alias", map[string]string{"pet.yaml": "- &a {n: 1}\n- *a\n"}, "pet.yaml", one,
			`shelter pet {"n":1} pet.yaml:1, shelter pet {"n":1} pet.yaml:2`},
		{"aliases of aliases", map[string]string{"pet.yaml": aliases(30)}, "pet.yaml", one,
			"pet.yaml:18: it is over 1048576 bytes, with its aliases written out"},
		{"an alias of itself", map[string]string{"pet.yaml": "- &a {n: [*a]}\n"}, "pet.yaml", one,
			"pet.yaml:1: it is over 1000 deep, or an alias names what it stands in"},
		{"a long tree", map[string]string{"pet.yaml": strings.Repeat(" ", mostTree+1)}, "pet.yaml", one,
			"pet.yaml has 67108865 bytes, more than 67108864"},
		{"nothing", map[string]string{"d/.keep": ""}, "d", one, "has no file of records"},
	} {
		t.Run(row.name, func(t *testing.T) {
			files := fstest.MapFS{}
			for name, text := range row.files {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			rows, err := Read(t.Context(), files, row.root, row.contracts)
			got := said(rows)
			if err != nil && strings.Contains(err.Error(), row.want) || err == nil && got == row.want {
				return
			}
			t.Errorf("it is read as %s, %v, want %s", got, err, row.want)
		})
	}
}

// TestReadOfDocumentsAndNone holds that all documents of a YAML file are read, and that a file without any is told.
func TestReadOfDocumentsAndNone(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"pet.yaml", "- n: 1\n---\n- n: 2\n---\n", `shelter pet {"n":1} pet.yaml:1, shelter pet {"n":2} pet.yaml:3`},
		{"pet.yaml", "- n: 1\n---\n7\n", "pet.yaml:3: here stands neither"},
		{"pet.json", "", "pet.json:1: it is empty; write []"},
		{"pet.json", " \n", "pet.json:1: it is empty; write []"},
		{"pet.yaml", "", "pet.yaml:1: it is empty; write []"},
		{"pet.yaml", "# none\n---\n", "pet.yaml:1: it is empty; write []"},
	} {
		rows, err := Read(t.Context(), fstest.MapFS{row.name: {Data: []byte(row.text)}}, row.name, []string{"shelter"})
		if got := said(rows); err != nil && !strings.Contains(err.Error(), row.want) || err == nil && got != row.want {
			t.Errorf("%q is read as %s, %v", row.text, got, err)
		}
	}
}

// said is what was read, in a line.
func said(rows []Row) string {
	var told []string
	for _, r := range rows {
		text := fmt.Sprintf("%s %s %s %s", r.Contract, r.Table, r.Record, r.Where)
		if r.Texts {
			text += " texts"
		}
		told = append(told, text)
	}
	return strings.Join(told, ", ")
}

// aliases is a list of records, each with the one before in it twice.
func aliases(n int) string {
	text := "- &a0 {n: 1}\n"
	for i := 1; i <= n; i++ {
		text += fmt.Sprintf("- &a%d {n: [%s]}\n", i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 2), ", "))
	}
	return text
}

// TestReadOfALot holds that all records together are bounded: a list may name one over and over.
func TestReadOfALot(t *testing.T) {
	p := place{reader: &reader{ctx: t.Context(), left: 30}, file: "pet", contract: "shelter"}
	rows, err := p.tree([]byte("- &a {n: 12345678}\n- *a\n- *a\n"))
	if err == nil || !strings.Contains(err.Error(), "pet:3: up to here are more than") {
		t.Errorf("%d records are read, %v", len(rows), err)
	}
}

// TestReadOfFaultsTellsAFew holds that a folder which is no folder of records is not told file by
// file, nor read.
func TestReadOfFaultsTellsAFew(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 1000 {
		files[fmt.Sprintf("d/%d.bin", i)] = &fstest.MapFile{}
	}
	_, err := Read(t.Context(), files, "d", []string{"shelter"})
	if err == nil || strings.Count(err.Error(), "says none of") != mostFaults {
		t.Errorf("the error is %v, want %d faults", err, mostFaults)
	}
}

// TestReadEnds holds that reading ends with its context, among the records of a file, too.
func TestReadEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := place{reader: &reader{ctx: ctx, left: 100}, file: "pet", contract: "shelter"}
	for text, parse := range map[string]func([]byte) ([]Row, error){"[{}]": p.tree, "{}": p.lines, "a\n1\n": p.cells} {
		if _, err := parse([]byte(text)); !errors.Is(err, context.Canceled) {
			t.Errorf("%q is read on: %v", text, err)
		}
	}
	files := fstest.MapFS{"d/pet.json": &fstest.MapFile{Data: []byte("[{}]")}}
	if _, err := Read(ctx, files, "d", []string{"shelter"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a folder is read on: %v", err)
	}
}
