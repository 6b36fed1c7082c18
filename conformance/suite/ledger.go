package suite

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rollcall/specs/userfile"
	"rollcall/specs/visible"
)

// ledger is the file in which a run on a target without worlds writes down what
// it is about to make and how to take it back: one entry a line, appended by every
// process of the run. Nothing in it but the calls of TrackCall is carried out.
type ledger struct {
	mutex sync.Mutex
	file  *os.File
	count int
	torn  bool        // the last write was cut short
	lock  *ledgerLock // nil in a process that writes for the one that holds it
}

// entry is one line of the file.
type entry struct {
	Event  string    `json:"event"`          // run; send, answer, unsent; undo, undone; gone; end
	ID     string    `json:"id,omitempty"`   // of a send or an undo; in the others the one they are about
	Case   string    `json:"case,omitempty"` // one carrying-out of a case; its end settles what it was answered
	Title  string    `json:"title,omitempty"`
	Of     string    `json:"of,omitempty"`    // the send that made what an undo takes back
	Keeps  bool      `json:"keeps,omitempty"` // of an undo: what was made stays there, put right or switched off
	Status int       `json:"status,omitempty"`
	Made   bool      `json:"made,omitempty"`   // of an answer: it says that something new is there
	Record string    `json:"record,omitempty"` // and under which id
	Call   *undoCall `json:"call,omitempty"`   // of an undo: nil when only the run itself could

	Contract string    `json:"contract,omitempty"` // of a run
	URL      string    `json:"url,omitempty"`
	Started  time.Time `json:"started,omitzero"`
}

// createLedger starts the file of a run, in this process's hands until it is closed. One that
// is there and still has something in it is left alone: it is another run's.
func createLedger(path string, head entry) (*ledger, error) {
	if err := ordinary(path); err != nil {
		return nil, &ConfigError{Problems: []string{err.Error()}}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, notKept(err)
	}
	lock, err := lockLedger(path, running)
	if err != nil {
		return nil, err
	}
	if err := makeWay(path); err != nil {
		return nil, errors.Join(err, lock.release())
	}
	l, err := appendLedger(path)
	if err != nil {
		return nil, errors.Join(notKept(err), lock.release())
	}
	if _, err := l.write(head); err != nil {
		return nil, errors.Join(notKept(err), l.file.Close(), lock.release())
	}
	l.lock = lock
	return l, nil
}

func notKept(err error) error {
	return &ConfigError{Problems: []string{fmt.Sprintf("the ledger of what the run makes cannot be kept: %v; "+
		"name a file that can be written", err)}}
}

// makeWay removes the ledger of a run that has left nothing, and no other file.
func makeWay(path string) error {
	switch was, err := readLedger(path); {
	case errors.Is(err, fs.ErrNotExist), empty(path): // an empty one was made for this run
		return nil
	case err != nil:
		return &ConfigError{Problems: []string{err.Error()}}
	case was.count() > 0 || len(was.made) > 0:
		return &ConfigError{Problems: []string{fmt.Sprintf("ledger %s holds what an earlier run has left at %s: "+
			"sweep it first, or name another file", path, was.head.URL)}}
	}
	if err := os.Remove(path); err != nil {
		return &ConfigError{Problems: []string{"ledger: " + err.Error()}}
	}
	return nil
}

// mostLedger is more bytes than a run of millions of requests writes.
const mostLedger = 1 << 30

// ordinary refuses what can't be read again.
func ordinary(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no ordinary file, and a ledger is read again: name one that is", path)
	}
	return nil
}

func empty(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() == 0
}

// cutTornLine cuts off the half line that a kill or a full disk has left at the end of the file, and
// what else there is none of a run's: what is appended to it would be lost with it. Nobody else may write meanwhile.
func cutTornLine(path string) error {
	raw, err := userfile.ReadKept(path, mostLedger)
	if sound := soundLength(raw); err == nil && sound < len(raw) {
		err = os.Truncate(path, int64(sound))
	}
	return err
}

// appendLedger opens the file to write more into it.
func appendLedger(path string) (*ledger, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &ledger{file: file}, nil
}

// write appends an entry in one piece and returns its id, a new one unless it has
// one.
func (l *ledger) write(e entry) (string, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if e.ID == "" {
		e.ID = l.next()
	}
	line, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	line = append([]byte(visible.JSON(string(line))), '\n') // people print it
	if l.torn {
		line = append([]byte{'\n'}, line...)
	}
	n, err := l.file.Write(line)
	l.torn = err != nil && (l.torn || n > 0)
	return e.ID, err
}

// next counts what this process notes. Callers hold the mutex.
func (l *ledger) next() string {
	l.count++
	return fmt.Sprintf("%d-%d", os.Getpid(), l.count)
}

// close ends the file, removes it when there is nothing left in it, and gives it back.
func (l *ledger) close() (err error) {
	if l == nil {
		return nil
	}
	if l.lock != nil {
		defer func() { err = errors.Join(err, l.lock.release()) }()
	}
	path := l.file.Name()
	if err := l.file.Close(); err != nil {
		return err
	}
	rest, err := readLedger(path)
	if err == nil && rest.count() == 0 {
		err = os.Remove(path)
	}
	return err
}
