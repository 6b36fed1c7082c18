package access

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// ReadFile reads a file of the user's, up to a number of bytes that no such file has: a device
// may have no end. The error says what to do.
func ReadFile(path string, most int) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w; %s", err, toRead(err))
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, int64(most)+1))
	switch {
	case err != nil:
		err = fmt.Errorf("%w; %s", err, toRead(err))
	case len(raw) > most:
		err = fmt.Errorf("%s has more than %d bytes; name another file", path, most)
	}
	return raw, err
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
