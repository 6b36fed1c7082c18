package cli

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// What is there stays what it is; only an ordinary file is replaced, and whole.
func TestWritingKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	put := func(name string) {
		if err := os.WriteFile(at(name), []byte("before, and longer"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	link := func(err error) {
		if err != nil {
			t.Skip(err)
		}
	}
	put("plain")
	put("linked")
	put("twin")
	link(os.Symlink("linked", at("link")))
	link(os.Symlink("nothing yet", at("dangling")))
	link(os.Symlink("link", at("link to a link")))
	link(os.Link(at("twin"), at("other twin")))
	link(os.Symlink(os.DevNull, at("device")))
	rows := []struct {
		path, reads string
		mode        fs.FileMode // of what is there afterwards, links not followed
	}{
		{"plain", "plain", 0}, {"new", "new", 0}, {"link", "linked", fs.ModeSymlink},
		{"link to a link", "linked", fs.ModeSymlink},
		{"dangling", "nothing yet", fs.ModeSymlink}, {"other twin", "twin", 0}, {"device", "", fs.ModeSymlink},
	}
	for _, row := range rows {
		t.Run(row.path, func(t *testing.T) {
			if err := WriteFile(t.Context(), at(row.path), []byte("after")); err != nil {
				t.Fatal(err)
			}
			if info, err := os.Lstat(at(row.path)); err != nil || info.Mode().Type() != row.mode {
				t.Errorf("it is %v now (%v)", info.Mode(), err)
			}
			if row.reads == "" {
				return
			}
			if raw, err := os.ReadFile(at(row.reads)); err != nil || string(raw) != "after" {
				t.Errorf("%s has %q (%v)", row.reads, raw, err)
			}
		})
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode()&fs.ModeDevice == 0 {
		t.Errorf("the null device is %v (%v)", info.Mode(), err)
	}
	left, err := filepath.Glob(at(".rollcall-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestWritingIntoAFolderIsAnError(t *testing.T) {
	dir := t.TempDir()
	if WriteFile(t.Context(), dir, []byte("x")) == nil || WriteFile(t.Context(), filepath.Join(dir, "no", "such"), nil) == nil {
		t.Error("it was written")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := WriteFile(ctx, filepath.Join(dir, "a"), []byte("x")); err != nil {
		t.Errorf("a report of an interrupted run is written, too: %v", err)
	}
}
