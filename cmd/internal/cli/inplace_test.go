package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// full is a file on a disk on which no file grows beyond some bytes.
type full struct {
	*os.File
	room int64
}

func (f *full) WriteAt(p []byte, at int64) (int, error) {
	if room := f.room - at; room < int64(len(p)) {
		n, _ := f.File.WriteAt(p[:max(0, min(int64(len(p)), room))], at)
		return n, syscall.ENOSPC
	}
	return f.File.WriteAt(p, at)
}

// A file that is written in place keeps what it had until all that takes its place is made, and fits.
func TestWhatIsWrittenInPlaceIsWholeOrAsItWas(t *testing.T) {
	const before = "before, and of some length"
	for name, row := range map[string]struct {
		text string
		room int64
	}{"longer": {strings.Repeat("after ", 20), 1000}, "shorter": {"after", 1000}, "as long": {strings.ToUpper(before), 1000},
		"nothing": {"", 1000}, "too long": {strings.Repeat("after ", 20), 40}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			from, path := filepath.Join(dir, "from"), filepath.Join(dir, "to")
			if err := errors.Join(os.WriteFile(from, []byte(row.text), 0o600),
				os.WriteFile(path, []byte(before), 0o600)); err != nil {
				t.Fatal(err)
			}
			source, err := os.Open(from)
			if err != nil {
				t.Fatal(err)
			}
			defer source.Close()
			to, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer to.Close()
			want := row.text
			if row.room < int64(len(row.text)) {
				want = before
			}
			spoilt, err := pour(source, &full{File: to, room: row.room}, int64(len(before)))
			if got, _ := os.ReadFile(path); string(got) != want || spoilt || (err == nil) != (want == row.text) {
				t.Errorf("%v, spoilt %v: it has %q", err, spoilt, got)
			}
		})
	}
}

// What can't be made leaves a file with two names as it was, and nothing beside it.
func TestAFileWithTwoNamesOutlivesAWriterThatFails(t *testing.T) {
	dir := t.TempDir()
	one, other := filepath.Join(dir, "one"), filepath.Join(dir, "other")
	if err := os.WriteFile(one, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(one, other); err != nil {
		t.Skip(err)
	}
	err := WriteStream(t.Context(), one, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half of it")
		return syscall.ENOSPC
	})
	entries, _ := os.ReadDir(dir)
	if got, _ := os.ReadFile(other); string(got) != "before" || err == nil || len(entries) != 2 {
		t.Errorf("%v: it has %q, and beside it stand %v", err, got, entries)
	}
}
