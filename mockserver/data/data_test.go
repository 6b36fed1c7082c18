package data

import (
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
			`shelter pet {"name":"Ada","born":"2020-01-05","n":1.50} all.yaml:2`},
		{"contracts", map[string]string{"all.json": `{"shelter":{"pet":[{}]},"kennel":{"dog":[{"a":null}]}}`}, "all.json", two,
			`shelter pet {} all.json:1, kennel dog {"a":null} all.json:1`},
		{"lines", map[string]string{"pet.ndjson": "{\"a\":1}\n\n {\"b\":2}\r\n"}, "pet.ndjson", one,
			`shelter pet {"a":1} pet.ndjson:1, shelter pet {"b":2} pet.ndjson:3`},
		{"cells", map[string]string{"pet.csv": "\xef\xbb\xbfname,age\n\"A, B\",\nBo,7\n"}, "pet.csv", one,
			`shelter pet {"name":"A, B"} pet.csv:2 texts, shelter pet {"age":"7","name":"Bo"} pet.csv:3 texts`},
		{"a folder", map[string]string{"d/kennel/dog.json": `[{}]`, "d/shelter/pet.json": `[{}]`, "d/.hidden": "x"}, "d", two,
			`kennel dog {} d/kennel/dog.json:1, shelter pet {} d/shelter/pet.json:1`},
		{"of no contract", map[string]string{"pet.json": `[{}]`}, "pet.json", two, "of which contract it is, is not said"},
		{"of no kind", map[string]string{"d/pet.txt": `x`}, "d", one, "says none of .json"},
		{"of no JSON", map[string]string{"pet.ndjson": "{}\n{"}, "pet.ndjson", one, "pet.ndjson:2: this is no JSON"},
		{"a member twice", map[string]string{"pet.json": "[{\"a\":1,\n\"a\":2}]"}, "pet.json", one, "a member is there twice"},
		{"a cell too many", map[string]string{"pet.csv": "a\n1,2\n"}, "pet.csv", one, "wrong number of fields"},
		{"a text", map[string]string{"pet.yaml": "pet"}, "pet.yaml", one, "pet.yaml:1: here stands neither"},
		{"nothing", map[string]string{"d/.keep": ""}, "d", one, "has no file of records"},
	} {
		t.Run(row.name, func(t *testing.T) {
			files := fstest.MapFS{}
			for name, text := range row.files {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			rows, err := Read(files, row.root, row.contracts)
			var told []string
			for _, r := range rows {
				text := fmt.Sprintf("%s %s %s %s", r.Contract, r.Table, r.Record, r.Where)
				if r.Texts {
					text += " texts"
				}
				told = append(told, text)
			}
			got := strings.Join(told, ", ")
			if err != nil && strings.Contains(err.Error(), row.want) || err == nil && got == row.want {
				return
			}
			t.Errorf("it is read as %s, %v, want %s", got, err, row.want)
		})
	}
}
