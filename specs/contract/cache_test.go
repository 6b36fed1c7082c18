package contract

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestWhatIsKeptIsTheContract(t *testing.T) {
	document, _ := swap(t, brought, `other: {$ref: "#/components/schemas/Book"}`, `other: {$ref: "other.yaml", type: string}`)
	folder := filepath.Join(t.TempDir(), "shop")
	t.Setenv("XDG_CACHE_HOME", filepath.Join(folder, "cache"))
	writeFile(t, filepath.Join(folder, documentFile), document)
	writeFile(t, filepath.Join(folder, "other.yaml"), "{type: string}")
	open := func() *Contract {
		t.Helper()
		c, err := Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		unused(c)
		c.whole = false // which is needed only while it is read
		return c
	}
	kept := func() string {
		all, _ := filepath.Glob(filepath.Join(folder, "cache", "rollcall", "contracts", "*"))
		if len(all) != 1 {
			t.Fatalf("kept are %v", all)
		}
		return all[0]
	}
	first := open()
	before, err := os.ReadFile(kept())
	if err != nil {
		t.Fatal(err)
	}
	if again := open(); !reflect.DeepEqual(first, again) || len(first.Notes) == 0 {
		t.Error("what was kept is another contract")
	}
	for name, damaged := range map[string][]byte{"nothing": nil, "half": before[:len(before)/2],
		"flipped": append(before[:len(before)-1:len(before)-1], before[len(before)-1]^1)} {
		if err := os.WriteFile(kept(), damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if again := open(); !reflect.DeepEqual(first, again) {
			t.Errorf("with %s kept, it is another contract", name)
		}
	}
	writeFile(t, filepath.Join(folder, "other.yaml"), "{type: integer}")
	if changed := open(); changed.Digest == first.Digest || reflect.DeepEqual(first.Document, changed.Document) {
		t.Error("a change of a file that the document refers to is not noticed")
	}
}

func TestACacheThatFailsIsNoError(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	writeFile(t, name, "")
	folder := filepath.Join(t.TempDir(), "shop")
	writeFile(t, filepath.Join(folder, documentFile), brought)
	for _, home := range []string{name, "relative"} {
		t.Setenv("XDG_CACHE_HOME", home)
		if _, err := Open(folder); err != nil {
			t.Errorf("with the cache in %s: %v", home, err)
		}
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	k := cache{folder: t.TempDir()}
	for i := range mostKept + 5 {
		writeFile(t, filepath.Join(k.folder, string(rune('A'+i))+".bin"), "x")
	}
	k.prune()
	if all, _ := os.ReadDir(k.folder); len(all) != mostKept {
		t.Errorf("%d contracts are kept, want %d", len(all), mostKept)
	}
}
