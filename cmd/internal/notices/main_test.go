package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNotice(t *testing.T) {
	for _, row := range []struct {
		file  string
		taken bool
	}{
		{"LICENSE", true}, {"LICENCE.md", true}, {"License-MIT.txt", true}, {"COPYING", true}, {"NOTICE", true},
		{"README.md", false}, {"license.go", false}, {"licensed", false},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, row.file), []byte("do as you like"), 0o600); err != nil {
			t.Fatal(err)
		}
		if text, err := notice(dir); (err == nil && text == "do as you like") != row.taken {
			t.Errorf("%s: %q, %v", row.file, text, err)
		}
	}
}

// TestEveryModuleHasALicence holds that what is shipped may be handed on.
func TestEveryModuleHasALicence(t *testing.T) {
	var out strings.Builder
	if err := run(&out, []string{"rollcall/cmd/rollcall"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"The Go standard library", "github.com/spf13/cobra v", "Apache License",
		"Redistribution and use"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in the notices", want)
		}
	}
	if run(&out, nil) == nil {
		t.Error("the notices of nothing are printed")
	}
}
