package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// What has no name but that of its descriptor, as a shell hands it over, is written into,
// whatever links lead to it.
func TestWhatHasNoNameIsWrittenInto(t *testing.T) {
	reader, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	removed, err := os.Create(filepath.Join(t.TempDir(), "removed"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(removed.Name()); err != nil {
		t.Skip(err) // not of an open file here
	}
	defer removed.Close()
	defer reader.Close()
	defer pipe.Close()
	for what, row := range map[string]struct{ written, read *os.File }{
		"pipe": {pipe, reader}, "removed file": {removed, removed},
	} {
		dir := t.TempDir()
		at := func(name string) string { return filepath.Join(dir, name) }
		number := fmt.Sprint(row.written.Fd())
		if _, err := os.Stat("/dev/fd/" + number); err != nil {
			t.Skip(err) // no such names here
		}
		for link, to := range map[string]string{"folder": "/dev/fd", "link": "/dev/fd/" + number, "link2": "link"} {
			if err := os.Symlink(to, at(link)); err != nil {
				t.Skip(err)
			}
		}
		for _, path := range []string{"/dev/fd/" + number, at("folder/" + number), at("link"), at("link2")} {
			text := make([]byte, len("after"))
			if err := WriteFile(t.Context(), path, []byte("after")); err != nil || Writable("json", path) != nil {
				t.Errorf("%s, %s: %v", what, path, err)
				continue
			}
			if _, err := io.ReadFull(row.read, text); err != nil || string(text) != "after" {
				t.Errorf("%s, %s: it holds %q (%v)", what, path, text, err)
			}
			_, _ = row.read.Seek(0, io.SeekStart) // of a pipe there is none
		}
		if files, err := os.ReadDir(dir); err != nil || len(files) != 3 {
			t.Errorf("%s: beside it are %v (%v)", what, files, err)
		}
	}
}
