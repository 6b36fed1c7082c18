package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeInto writes into what is there. What is in an ordinary file is only touched when all of what
// takes its place is made, and has room.
func writeInto(path string, write func(io.Writer) error) error {
	info, err := os.Stat(path)
	if err == nil {
		if out := outputOf(info); out != nil {
			return write(out)
		}
	}
	if err != nil || stream(path, info) {
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(file), file.Close())
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = overwrite(file, info.Size(), write)
	return errors.Join(err, file.Close())
}

// overwrite puts what is written in place of what a file has.
func overwrite(file *os.File, size int64, write func(io.Writer) error) error {
	copied, err := os.CreateTemp(filepath.Dir(file.Name()), ".rollcall-*")
	if err != nil {
		copied, err = os.CreateTemp("", "rollcall-*") // the folder is not to be written in
	}
	if err != nil {
		return err
	}
	spoilt := false
	if err = write(copied); err == nil {
		spoilt, err = pour(copied, file, size)
	}
	err = errors.Join(err, copied.Close())
	if spoilt {
		return fmt.Errorf("%w; what should stand there is whole in %s", err, copied.Name())
	}
	return errors.Join(err, os.Remove(copied.Name()))
}

// target is a file that is written in place.
type target interface {
	io.WriterAt
	Truncate(size int64) error
}

// pour overwrites a file of a size with another. What is longer than it was comes first: where there
// is no room for it, the file gets back its end and has lost nothing. spoilt says that it has.
func pour(from *os.File, to target, size int64) (spoilt bool, err error) {
	whole, err := from.Seek(0, io.SeekEnd)
	if err != nil {
		return false, err
	}
	at := func(begin, end int64) error {
		_, err := io.Copy(io.NewOffsetWriter(to, begin), io.NewSectionReader(from, begin, end-begin))
		return err
	}
	if whole > size {
		if err := at(size, whole); err != nil {
			return false, errors.Join(err, to.Truncate(size))
		}
	}
	if err = at(0, min(size, whole)); err == nil {
		err = to.Truncate(whole)
	}
	return err != nil, err
}
