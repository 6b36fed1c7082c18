package contract

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/fstest"

	"rollcall/specs"
)

var update = flag.Bool("update", false, "write the compiled contracts")

// readFolder reads a contract folder without what was compiled from it.
func readFolder(t testing.TB, fsys fs.FS, name string) (*Contract, []byte) {
	t.Helper()
	openapi, requirements := sources(t, fsys, name)
	document, catalogue := &complaints{file: name + "/" + documentFile}, &complaints{file: name + "/" + catalogueFile}
	c := new(Contract)
	readDocument(openapi, c, document)
	readCatalogue(requirements, c, catalogue)
	if err := joined(document, catalogue); err != nil {
		t.Fatal(err)
	}
	return c, compile(c, digest(openapi, requirements))
}

func TestCompiledContractsAreFresh(t *testing.T) {
	folders := os.DirFS("..")
	for _, name := range Names(folders) {
		t.Run(name, func(t *testing.T) {
			_, want := readFolder(t, folders, name)
			file := filepath.Join("..", name, compiledFile)
			if *update {
				if err := os.WriteFile(file, want, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := os.ReadFile(file); !bytes.Equal(got, want) {
				t.Errorf("specs/%s/%s is not what its folder gives (%v): run `make contracts`", name, compiledFile, err)
			}
		})
	}
}

// TestCompiledContractsAreWhole holds that nothing is lost between the reading of
// a folder and the reading of what was compiled from it.
func TestCompiledContractsAreWhole(t *testing.T) {
	for _, name := range Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			read, raw := readFolder(t, specs.FS, name)
			openapi, requirements := sources(t, specs.FS, name)
			got, ok := compiledContract(fstest.MapFS{name + "/" + compiledFile: {Data: raw}}, name, digest(openapi, requirements))
			if !ok {
				t.Fatal("what was just compiled is refused")
			}
			unused(read)
			unused(got)
			if !reflect.DeepEqual(read, got) {
				t.Error("the contract that comes back is another one")
			}
		})
	}
}

func sources(t testing.TB, fsys fs.FS, name string) (openapi, requirements []byte) {
	t.Helper()
	found := &complaints{}
	found.file = name + "/" + documentFile
	openapi = found.readFile(fsys)
	found.file = name + "/" + catalogueFile
	requirements = found.readFile(fsys)
	if err := joined(found); err != nil {
		t.Fatal(err)
	}
	return openapi, requirements
}

// unused takes from all schemas what was compiled at their first use.
func unused(c *Contract) {
	w := &wire{writing: true, known: map[*Schema]int{}}
	w.contract(c)
	for _, s := range w.schemas {
		s.lazy = nil
	}
}

func TestOnlyOnesOwnCompiledContractIsTaken(t *testing.T) {
	_, raw := readFolder(t, folder(goodDocument, goodCatalogue), "pets")
	flipped := bytes.Clone(raw)
	flipped[len(flipped)-1] ^= 1
	head, _, _ := bytes.Cut(raw, []byte("\n"))
	for _, row := range []struct {
		name                string
		document, catalogue string
		compiled            []byte
		want                bool
	}{
		{"its own", goodDocument, goodCatalogue, raw, true},
		{"another document", goodDocument + "# more\n", goodCatalogue, raw, false},
		{"another catalogue", goodDocument, goodCatalogue + "# more\n", raw, false},
		{"another body", goodDocument, goodCatalogue, flipped, false},
		{"no body", goodDocument, goodCatalogue, head, false},
		{"nothing", goodDocument, goodCatalogue, nil, false},
		{"another layout", goodDocument, goodCatalogue, bytes.Replace(raw, []byte("layout "), []byte("layout 9"), 1), false},
		{"half of a body", goodDocument, goodCatalogue, compiledOf(raw[len(head)+1 : len(raw)/2]), false},
		{"more than a body", goodDocument, goodCatalogue, compiledOf(append(bytes.Clone(raw[len(head)+1:]), 0)), false},
	} {
		t.Run(row.name, func(t *testing.T) {
			fsys := folder(row.document, row.catalogue)
			fsys["pets/"+compiledFile] = &fstest.MapFile{Data: row.compiled}
			if _, ok := compiledContract(fsys, "pets", digest([]byte(row.document), []byte(row.catalogue))); ok != row.want {
				t.Errorf("taken is %v, want %v", ok, row.want)
			}
			if c, err := Load(fsys, "pets"); err != nil || len(c.Operations) != 3 {
				t.Errorf("the folder loads with %v", err)
			}
		})
	}
}

// compiledOf gives a body the head that fits it.
func compiledOf(body []byte) []byte {
	return append(head(digest([]byte(goodDocument), []byte(goodCatalogue)), body), body...)
}

// TestLoadOfACompiledContractIsCheap guards the start of the mock: the compiled
// contract must spare almost all of the work. It counts allocations, as those are
// the same on every machine.
func TestLoadOfACompiledContractIsCheap(t *testing.T) {
	name := Names(specs.FS)[0]
	openapi, requirements := sources(t, specs.FS, name)
	_, raw := readFolder(t, specs.FS, name)
	fsys := fstest.MapFS{name + "/" + documentFile: {Data: openapi}, name + "/" + catalogueFile: {Data: requirements}}
	allocations := func() float64 {
		return testing.AllocsPerRun(1, func() {
			if _, err := Load(fsys, name); err != nil {
				t.Fatal(err)
			}
		})
	}
	read := allocations()
	fsys[name+"/"+compiledFile] = &fstest.MapFile{Data: raw}
	if spared := allocations(); spared > read/5 {
		t.Errorf("loading %s costs %.0f allocations, of %.0f for reading its two files; want a fifth at most", name, spared, read)
	}
}
