//go:build unix

package userfile

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestRead holds that whatever a name leads to is read whole, or is an error that says which
// file it is and what to do.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(in("small"), []byte("1234"), 0o600))
	must(os.WriteFile(in("long"), []byte("12345"), 0o600))
	must(os.WriteFile(in("huge"), nil, 0o600))
	must(os.Truncate(in("huge"), 100<<30)) // takes no room
	must(os.Symlink("/dev/zero", in("endless")))
	must(os.Symlink("/dev/null", in("empty")))
	must(os.Symlink("circle", in("circle")))
	for _, row := range []struct{ name, want, kept string }{
		{"small", "1234", "1234"},
		{"empty", "", "is no ordinary file, and is read again: name one that is"},
		{"long", "long has 5 bytes, more than 4; name another file", ""},
		{"huge", "huge has 107374182400 bytes, more than 4; name another file", ""},
		{"endless", "endless has more than 4 bytes; name another file", "is no ordinary file"},
		{"circle", "circle: too many levels of symbolic links; the links lead in a circle", ""},
		{".", "is a directory; it is a folder: add the name of the file in it", ""},
		{"missing", "no such file or directory; correct the name", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			kept := row.kept
			if kept == "" {
				kept = row.want
			}
			got, err := Read(t.Context(), in(row.name), 4)
			like(t, got, err, row.want)
			got, err = ReadIn(t.Context(), os.DirFS(dir), row.name, 4)
			like(t, got, err, row.want)
			got, err = ReadKept(in(row.name), 4)
			like(t, got, err, kept)
		})
	}
}

func like(t *testing.T, got []byte, err error, want string) {
	t.Helper()
	if err != nil && !strings.Contains(err.Error(), want) || err == nil && string(got) != want {
		t.Errorf("it is read as %q, %v, want %q", got, err, want)
	}
}

// TestReadIsGivenUp holds that a pipe that nobody writes into is waited for until the
// context ends, and one that somebody writes into is read.
func TestReadIsGivenUp(t *testing.T) {
	pipe, written := filepath.Join(t.TempDir(), "pipe"), filepath.Join(t.TempDir(), "written")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), syscall.Mkfifo(written, 0o600)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error)
	go func() {
		_, err := Read(ctx, pipe, 100)
		done <- err
	}()
	why := errors.New("interrupt signal received")
	cancel(why)
	if err := <-done; !errors.Is(err, why) || !strings.Contains(err.Error(), pipe) {
		t.Errorf("the error is %v, and says not that %s was given up, or why", err, pipe)
	}
	if _, err := ReadKept(pipe, 100); err == nil {
		t.Error("a pipe can't be read again, and is no error")
	}
	go func() { _ = os.WriteFile(written, []byte("text"), 0o600) }()
	if got, err := Read(t.Context(), written, 100); string(got) != "text" {
		t.Errorf("the pipe is read as %q, %v", got, err)
	}
}
