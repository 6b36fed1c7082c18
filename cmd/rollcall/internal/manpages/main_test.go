package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryCommandHasAPage holds that the pages and completions are there, and say the
// same whenever they are made.
func TestEveryCommandHasAPage(t *testing.T) {
	var texts [2]string
	for i := range texts {
		dir := t.TempDir()
		if err := run([]string{dir, "2026-11-01"}); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"man/rollcall.1", "man/rollcall-mock.1", "man/rollcall-completion-bash.1",
			"completions/rollcall.bash", "completions/_rollcall", "completions/rollcall.fish", "completions/rollcall.ps1"} {
			raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			texts[i] += string(raw)
		}
	}
	if texts[0] != texts[1] {
		t.Error("made twice, they differ")
	}
	for _, want := range []string{"Nov 2026", "health", "--port-file"} {
		if !strings.Contains(strings.ReplaceAll(texts[0], `\-`, "-"), want) {
			t.Errorf("they do not say %q", want)
		}
	}
}

func TestWrongWords(t *testing.T) {
	for _, args := range [][]string{nil, {"a", "b", "c"}, {t.TempDir(), "yesterday"}} {
		if run(args) == nil {
			t.Errorf("%q is taken", args)
		}
	}
}
