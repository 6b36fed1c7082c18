package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// WriteFile puts the bytes into a file that is whole or not there. What is no ordinary
// file, such as a device, a pipe or an output of this process, is written into and
// stays what it is; a link stays a link. A pipe that nobody reads is waited for until
// the context ends.
func WriteFile(ctx context.Context, path string, content []byte) error {
	return WriteStream(ctx, path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// WriteStream is WriteFile for what is not held whole: the function writes it. It is called
// again when the file can only be written in place.
func WriteStream(ctx context.Context, path string, write func(io.Writer) error) error {
	real := Place(path)
	err := errInPlace
	if Ordinary(real) {
		err = replaceFile(real, write)
	}
	if errors.Is(err, errInPlace) {
		err = within(ctx, func() error { return writeInto(real, write) })
	}
	if err != nil {
		return Exitf(ExitUsage, "can't write %s: %w; %s", path, err, toWrite(err))
	}
	return nil
}

// remedies say what to do about a file that can't be written.
func remedies() []struct {
	err  error
	text string
} {
	return []struct {
		err  error
		text string
	}{
		{syscall.ENOSPC, "there is no room: make some, or write elsewhere"},
		{syscall.EDQUOT, "there is no room for this user: make some, or write elsewhere"},
		{syscall.EFBIG, "it would be longer than this user's files may be: write elsewhere"},
		{syscall.EISDIR, "it is a folder: add the name of a file"},
		{syscall.ENOTDIR, "what stands before the last / is a file, and has to be a folder"},
		{syscall.ENAMETOOLONG, "give a shorter name"},
		{syscall.ELOOP, "the links lead in a circle: name a file"},
		{syscall.EROFS, "nothing can be written there: write elsewhere"},
		{syscall.EPIPE, "who reads it went away before the end: let it read on"},
		{fs.ErrPermission, "let this user write there, or write elsewhere"},
		{fs.ErrNotExist, "make its folder first, or correct the path"},
	}
}

func toWrite(err error) string {
	for _, remedy := range remedies() {
		if errors.Is(err, remedy.err) {
			return remedy.text
		}
	}
	return "write elsewhere"
}

// errInPlace says that a file can't be replaced, but may be written into.
var errInPlace = errors.New("the file can only be written in place")

// Ordinary says whether a file may be replaced by another one: what is not there yet,
// or is a regular file with one name and none of this process's outputs.
func Ordinary(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	return names(info) == 1 && !stream(path, info)
}

// stream says whether what is there takes one writing after the other: a device, a pipe, or
// an output of this process.
func stream(path string, info fs.FileInfo) bool {
	return !info.Mode().IsRegular() || outputOf(info) != nil ||
		strings.HasPrefix(path, "/dev/") || strings.HasPrefix(path, "/proc/")
}

// SameFile tells whether two paths lead to one file, by links of either kind, so that writing
// one would overwrite the other.
func SameFile(one, other string) bool {
	one, other = Place(one), Place(other)
	a, missing := os.Stat(one)
	if b, err := os.Stat(other); missing == nil && err == nil {
		return os.SameFile(a, b) && !stream(one, a)
	}
	one, err := filepath.Abs(one)
	other, failed := filepath.Abs(other)
	return err == nil && failed == nil && one == other
}

// outputOf returns the standard output or error stream that goes to a file, nil when
// neither does.
func outputOf(info fs.FileInfo) *os.File {
	for _, stream := range []*os.File{os.Stdout, os.Stderr} {
		if out, err := stream.Stat(); err == nil && os.SameFile(info, out) {
			return stream
		}
	}
	return nil
}

// Place follows links to where a file is, or will be. What has no name to follow to, such as
// a pipe below /dev/fd or a file that was removed while it is open, stays as it is.
func Place(path string) string {
	const most = 40 // links one after the other, as for the system
	for range most {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real
		}
		link, err := os.Readlink(path)
		if err != nil {
			return path
		}
		if !filepath.IsAbs(link) {
			link = filepath.Join(filepath.Dir(path), link)
		}
		_, there := os.Stat(path)
		if _, named := os.Lstat(link); there == nil && named != nil {
			return path
		}
		path = link
	}
	return path
}

// replaceFile writes beside the file and renames. Where only the folder stands in the
// way, such as that of a mounted file, it says so.
func replaceFile(path string, write func(io.Writer) error) error {
	mode := fs.FileMode(0o644)
	info, missing := os.Stat(path)
	if missing == nil {
		mode = info.Mode().Perm()
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".rollcall-*")
	if err != nil {
		if missing == nil && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)) {
			return errInPlace
		}
		return err
	}
	err = errors.Join(write(tmp), tmp.Chmod(mode), tmp.Close())
	if err == nil {
		if err = os.Rename(tmp.Name(), path); err == nil {
			return nil
		}
		if missing == nil && (errors.Is(err, syscall.EBUSY) || errors.Is(err, fs.ErrPermission)) {
			err = errInPlace
		}
	}
	return errors.Join(err, os.Remove(tmp.Name()))
}

// NewFile writes a file that is not there yet, and leaves none behind that is not whole: it
// would be in the way of the next try. One that is there is fs.ErrExist.
func NewFile(path string, content []byte, mode fs.FileMode) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err == nil {
		_, err = file.Write(content)
		if err = errors.Join(err, file.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}
	if err != nil {
		return Exitf(ExitUsage, "can't write %s: %w; %s", path, err, toWrite(err))
	}
	return nil
}

// lastWrite is how long a report of an interrupted run may take to be written.
const lastWrite = time.Second

// within waits for a piece of work until the context ends. The work is left to itself
// then: nothing but the end of the process interrupts the opening of a pipe.
func within(ctx context.Context, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(lastWrite):
		return errors.New("nobody reads it, and the run was interrupted")
	}
}

// Writable tells whether WriteFile can write there later, and leaves nothing behind.
func Writable(flag, path string) error {
	if path == "" {
		return nil
	}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() || os.IsPathSeparator(path[len(path)-1]) {
		return Exitf(ExitUsage, "can't write --%s %s: it is a folder; add the name of a file", flag, path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a circle of links, a file in place of a folder
		return Exitf(ExitUsage, "can't write --%s: %w; %s", flag, err, toWrite(err))
	}
	real := Place(path)
	if !Ordinary(real) {
		return nil // what is behind a device shows when it is opened, which may tell a reader
	}
	var tmp *os.File
	if tmp, err = os.CreateTemp(filepath.Dir(real), ".rollcall-*"); err == nil {
		err = errors.Join(tmp.Close(), os.Remove(tmp.Name()))
	} else if file, open := os.OpenFile(real, os.O_WRONLY, 0); open == nil {
		err = file.Close()
	}
	if err != nil {
		return Exitf(ExitUsage, "can't write --%s %s: %w; %s", flag, path, err, toWrite(err))
	}
	return nil
}

// WritePort writes the file of --port-file whole or not at all, for those who
// wait for it. Without a file it does nothing.
func WritePort(ctx context.Context, file string, port int) error {
	if file == "" {
		return nil
	}
	if err := WriteFile(ctx, file, fmt.Appendln(nil, port)); err != nil {
		return Exitf(ExitUsage, "--port-file: %w", err)
	}
	return nil
}
