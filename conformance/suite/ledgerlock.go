package suite

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// A ledger is in the hands of one process at a time: of the run that fills it, or of the
// sweep that empties it. The file that is locked stands beside it. The system locks the
// ledger itself for some against all others, and the workers of the run write into it.

// lockSuffix is what the name of the file beside the ledger ends in. It is long, for the
// file is removed in the end and may be nobody else's.
const lockSuffix = ".rollcall-lock"

// holderAt is where the holder's name stands: behind the one byte that some systems let
// nobody read while it is locked.
const holderAt = 1

// Whoever holds a ledger.
const (
	running  = "a run"
	sweeping = "a sweep"
)

// ledgerLock is a ledger in this process's hands. It ends with the process, however that ends.
type ledgerLock struct{ file *flock.Flock }

// lockLedger takes a ledger for somebody, or says in whose hands it is.
func lockLedger(path, holder string) (*ledgerLock, error) {
	beside := lockPath(path)
	for {
		l := &ledgerLock{flock.New(beside, flock.SetPermissions(0o600))}
		switch held, err := l.file.TryLock(); {
		case err != nil:
			return nil, &ConfigError{Problems: []string{fmt.Sprintf("the ledger cannot be locked against other runs: %v; "+
				"name a file in a folder that can be written, on a disk that knows locks", err)}}
		case !held:
			return nil, &ConfigError{Problems: []string{fmt.Sprintf("ledger %s is in use by %s: wait until it has ended, "+
				"or name another file", path, readHolder(beside))}}
		}
		if l.stands() {
			if err := l.sign(holder); err != nil {
				return nil, errors.Join(err, l.release())
			}
			return l, nil
		}
		_ = l.file.Unlock() // of a file that its holder has removed meanwhile: the next one is another
	}
}

// lockPath is the same however a ledger is named.
func lockPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real + lockSuffix
	}
	return path + lockSuffix
}

// stands tells whether the file that is locked is the one that others find.
func (l *ledgerLock) stands() bool {
	mine, err := l.file.Stat()
	found, missing := os.Stat(l.file.Path())
	return err == nil && missing == nil && os.SameFile(mine, found)
}

// sign writes down who holds the ledger, for the others.
func (l *ledgerLock) sign(holder string) error {
	file, err := os.OpenFile(l.file.Path(), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(fmt.Appendf(nil, "%s that is going on (process %d)\n", holder, os.Getpid()), holderAt)
	return errors.Join(err, file.Close())
}

// readHolder says who holds a ledger.
func readHolder(beside string) string {
	if file, err := os.Open(beside); err == nil {
		defer file.Close()
		raw, _ := io.ReadAll(io.NewSectionReader(file, holderAt, 100)) // without it the rest is still true
		if line, _, whole := strings.Cut(string(raw), "\n"); whole {
			return line
		}
	}
	return "another process"
}

// release gives the ledger back. Where an open file can be removed that comes first, so that
// nobody takes one that is about to go; elsewhere it fails then, and afterwards where another
// has it already.
func (l *ledgerLock) release() error {
	early := os.Remove(l.file.Path())
	err := l.file.Unlock()
	if early != nil {
		_ = os.Remove(l.file.Path())
	}
	return err
}

// InUse says in whose hands a ledger is; nil when it is free.
func InUse(ledger string) error {
	if _, err := os.Stat(lockPath(ledger)); err != nil {
		return nil
	}
	l, err := lockLedger(ledger, running)
	if err != nil {
		return err
	}
	return l.release()
}
