package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile puts the bytes into a file that is whole or not there.
func WriteFile(path string, content []byte) error {
	if err := replace(path, ".rollcall-*", content); err != nil {
		return Exitf(ExitUsage, "can't write %s: %w; give a path in a folder that exists", path, err)
	}
	return nil
}

// WritePort writes the file of --port-file whole or not at all, for those who
// wait for it. Without a file it does nothing.
func WritePort(file string, port int) error {
	if file == "" {
		return nil
	}
	if err := replace(file, ".port-*", fmt.Appendln(nil, port)); err != nil {
		return Exitf(ExitUsage, "--port-file: %w", err)
	}
	return nil
}

// replace writes a file beside the path and puts it in the path's place.
func replace(path, temporary string, content []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), temporary)
	if err != nil {
		return err
	}
	_, err = tmp.Write(content)
	err = errors.Join(err, tmp.Chmod(0o644), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(tmp.Name()))
	}
	return err
}

// Writable tells whether WriteFile can write there later what a flag asks for, and
// leaves nothing behind. Only an ordinary file may be there already: WriteFile
// would put another one in the place of a device. An empty path asks for nothing.
func Writable(flag, path string) error {
	if path == "" {
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir() || os.IsPathSeparator(path[len(path)-1]):
		return Exitf(ExitUsage, "can't write --%s %s: it is a folder; add the name of a file", flag, path)
	case err == nil && !info.Mode().IsRegular():
		return Exitf(ExitUsage, "can't write --%s %s: it is no ordinary file; give the path of one", flag, path)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err == nil {
		var tmp *os.File
		if tmp, err = os.CreateTemp(filepath.Dir(path), ".rollcall-*"); err == nil {
			err = errors.Join(tmp.Close(), os.Remove(tmp.Name()))
		}
	}
	if err != nil {
		return Exitf(ExitUsage, "can't write --%s %s: %w; give a path in a folder that exists and can be written", flag, path, err)
	}
	return nil
}
