package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

const root = "../../.."

func TestListsAreFresh(t *testing.T) {
	lists, err := render(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range lists {
		if have, err := os.ReadFile(root + "/" + name); !bytes.Equal(have, want) {
			t.Errorf("%s does not list the folders of specs/ (%v): run `make contracts`", name, err)
		}
	}
}

func TestRender(t *testing.T) {
	mod, file := &fstest.MapFile{Data: []byte("module example.org/mine\n")}, &fstest.MapFile{}
	rows := map[string]struct {
		tree  fstest.MapFS
		mock  string // is in the list of the mock, or of the suite; "-" is not
		suite string
		fails string
	}{
		"both halves": {fstest.MapFS{"specs/pets/openapi.yaml": file, "mockserver/api/pets/api.go": file,
			"conformance/api/pets/api.go": file}, `"pets": pets.API,`, "pets.API(),", ""},
		"the mock alone": {fstest.MapFS{"specs/pets/openapi.yaml": file, "mockserver/api/pets/api.go": file},
			`"example.org/mine/mockserver/api/pets"`, "-pets", ""},
		"a folder without Go": {fstest.MapFS{"specs/pets/openapi.yaml": file, "mockserver/api/pets/a.md": file},
			"-pets", "-pets", ""},
		"no contract of specs/": {fstest.MapFS{"mockserver/api/pets/api.go": file}, "-pets", "-pets", ""},
		"no name of a package":  {fstest.MapFS{"specs/lost-pets/openapi.yaml": file}, "", "", "specs/lost-pets"},
		"a word of Go":          {fstest.MapFS{"specs/type/openapi.yaml": file}, "", "", "specs/type"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			row.tree["go.mod"] = mod
			lists, err := render(row.tree)
			if (err != nil) != (row.fails != "") || err != nil && !strings.Contains(err.Error(), row.fails) {
				t.Fatalf("error %v, want one with %q", err, row.fails)
			}
			for file, want := range map[string]string{"mockserver/apis.go": row.mock, "conformance/apis.go": row.suite} {
				none, absent := strings.CutPrefix(want, "-")
				if has := bytes.Contains(lists[file], []byte(strings.TrimPrefix(want, "-"))); has == absent && row.fails == "" {
					t.Errorf("%s: has %q is %v in\n%s", file, none, has, lists[file])
				}
			}
		})
	}
	if _, err := render(fstest.MapFS{}); err == nil {
		t.Error("a tree without go.mod is no error")
	}
}
