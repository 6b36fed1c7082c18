package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMentions holds what is taken for the module and what only has its name.
func TestMentions(t *testing.T) {
	root := t.TempDir()
	for _, folder := range []string{"kit/part", "cmd/toy"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct{ from, text, want string }{
		{"toy", `import "toy/kit/part"`, `import "new.org/toy/kit/part"`},
		{"toy", `import k "toy/kit" // and toy/kit.`, `import k "new.org/toy/kit" // and new.org/toy/kit.`},
		{"toy", "go run toy/cmd/toy@latest", "go run new.org/toy/cmd/toy@latest"},
		{"toy", "go test toy/... toy/kit/...", "go test new.org/toy/... new.org/toy/kit/..."},
		{"toy", "-X toy/kit.Version=1", "-X new.org/toy/kit.Version=1"},
		{"toy", "toy/9 toy/nothing toy/kitten toy.kit/v1", "toy/9 toy/nothing toy/kitten toy.kit/v1"},
		{"toy", "./cmd/toy/kit bin/toy ~/toy/kit @toy/kit", "./cmd/toy/kit bin/toy ~/toy/kit @toy/kit"},
		{"toy", "a-toy/kit atoy/kit the toy", "a-toy/kit atoy/kit the toy"},
		{"old.org/toy", `"old.org/toy/kit" https://old.org/toy/issues`, `"new.org/toy/kit" https://new.org/toy/issues`},
		{"old.org/toy", "in old.org/toy, not old.org/toy-bench", "in new.org/toy, not old.org/toy-bench"},
		{"old.org/toy", "old.org/toys gold.org/toy", "old.org/toys gold.org/toy"},
	} {
		if got := (mention{root: root, from: row.from, to: "new.org/toy"}).replace(row.text); got != row.want {
			t.Errorf("%s becomes %s, want %s", row.text, got, row.want)
		}
	}
}

// TestMoveRefuses holds that a path nobody can fetch changes nothing.
func TestMoveRefuses(t *testing.T) {
	for to, want := range map[string]string{
		"":                     "write it as host/owner/rollcall",
		"rollcall":             "write it as host/owner/rollcall",
		"https://a.org/x/y":    "write it as host/owner/rollcall",
		"a.org/x/y/":           "write it as host/owner/rollcall",
		"example.org/some/toy": "run it where go.mod is",
	} {
		if _, err := move(t.TempDir(), to); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is refused with %v, want %q", to, err, want)
		}
	}
}

// TestMoveAndBack renames a copy of this module: nothing names the old path then,
// and a second move gives back every byte.
func TestMoveAndBack(t *testing.T) {
	const elsewhere = "example.org/" + "some/house" // in two parts, lest it is found here on the way back
	root := t.TempDir()
	before := tree(t, "../../..")
	for path, content := range before {
		target := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old := string(bytes.Fields(before["go.mod"])[1])
	changed, err := move(root, elsewhere)
	if err != nil || changed < 100 {
		t.Fatalf("%d files were changed (%v)", changed, err)
	}
	ours := regexp.MustCompile(`"` + regexp.QuoteMeta(old) + `/(specs|mockserver|fixtures|conformance|reports|cmd)[/"]`)
	for path, content := range tree(t, root) {
		if strings.HasSuffix(path, ".go") && ours.Match(content) {
			t.Errorf("%s imports from %s still", path, old)
		}
		named := bytes.Contains(content, []byte(elsewhere)) || strings.HasSuffix(path, ".go")
		if !named && !bytes.Equal(content, before[path]) {
			t.Errorf("%s is another one, and does not name the module", path)
		}
	}
	if _, err := rename(root, old); err != nil {
		t.Fatal(err)
	}
	for path, content := range tree(t, root) {
		if !bytes.Equal(content, before[path]) {
			t.Errorf("%s is not what it was", path)
		}
	}
}

// tree reads the files of a module, but what is built or reported.
func tree(t *testing.T, root string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (path == ".git" || path == "bin" || path == "reports/out") {
			return fs.SkipDir
		}
		if d.Type().IsRegular() && path != ".git" {
			all[path], err = os.ReadFile(filepath.Join(root, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
