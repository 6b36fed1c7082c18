// Package userfile reads the files that a user names. Such a file may be anything: a device
// without an end, a pipe that nobody writes into, a folder, a file of many gigabytes. What is
// read is bounded, and waited for no longer than somebody wants it.
//
// It is no API: it serves the packages beside it, and may change with any version.
package userfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// mostStream is how many bytes of a device or a pipe are read, whatever a file may have: they
// have to be read to know that they have no end.
const mostStream = 64 << 20

// TooLong says that a file has more bytes than it may have.
type TooLong struct {
	Path string
	Size int64 // 0: it was not read to its end
	Most int
}

// Error says so, and what to do.
func (t *TooLong) Error() string {
	if t.Size == 0 {
		return fmt.Sprintf("%s has more than %d bytes; name another file", t.Path, t.Most)
	}
	return fmt.Sprintf("%s has %d bytes, more than %d; name another file", t.Path, t.Size, t.Most)
}

// Read reads a file, a pipe or a device with up to a number of bytes. The error names the
// file and says what to do. When the context ends, so does the waiting.
func Read(ctx context.Context, path string, most int) ([]byte, error) {
	return wait(ctx, path, func() ([]byte, error) { return read(path, most, opening(path)) })
}

// ReadIn is Read for a file in a file system.
func ReadIn(ctx context.Context, files fs.FS, name string, most int) ([]byte, error) {
	open := func() (fs.File, error) { return files.Open(name) }
	return wait(ctx, name, func() ([]byte, error) { return read(name, most, open) })
}

// ReadKept is Read for a file that is read more than once: what is no ordinary file is
// refused, so that nothing is waited for. A file that is missing is fs.ErrNotExist.
func ReadKept(path string, most int) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no ordinary file, and is read again: name one that is", path)
	}
	return read(path, most, opening(path))
}

// Beginning gives the first bytes of a file, up to a number of them, and what ReadKept refuses it refuses, too.
func Beginning(path string, most int) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no ordinary file: name one that is", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it was only read
	begin := make([]byte, most)
	n, err := io.ReadFull(f, begin)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil
	}
	return begin[:n], err
}

func opening(path string) func() (fs.File, error) {
	return func() (fs.File, error) { return os.Open(path) }
}

// wait waits for a piece of work until the context ends. The work is left to itself then:
// nothing but the end of the process interrupts the opening of a pipe.
func wait(ctx context.Context, path string, work func() ([]byte, error)) ([]byte, error) {
	type outcome struct {
		raw []byte
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		raw, err := work()
		done <- outcome{raw, err}
	}()
	select {
	case got := <-done:
		return got.raw, got.err
	case <-ctx.Done():
		return nil, fmt.Errorf("%s was not read to its end: %w", path, context.Cause(ctx))
	}
}

func read(path string, most int, open func() (fs.File, error)) ([]byte, error) {
	file, err := open()
	if err != nil {
		return nil, fmt.Errorf("%w; %s", err, toRead(err))
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("%w; %s", err, toRead(err))
	}
	if !info.Mode().IsRegular() {
		most = min(most, mostStream)
	} else if size := info.Size(); size > int64(most) { // known before a byte is read
		return nil, &TooLong{path, size, most}
	}
	raw, err := io.ReadAll(io.LimitReader(file, int64(most)+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w; %s", err, toRead(err))
	case len(raw) > most:
		return nil, &TooLong{path, 0, most}
	}
	return raw, nil
}

func toRead(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "correct the name, or start from another folder"
	case errors.Is(err, fs.ErrPermission):
		return "let this user read it, or name another file"
	case errors.Is(err, syscall.EISDIR):
		return "it is a folder: add the name of the file in it"
	case errors.Is(err, syscall.ELOOP):
		return "the links lead in a circle: name a file"
	}
	return "name another file"
}
