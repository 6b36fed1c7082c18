package suite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"rollcall/reports"
)

// Left tells in a line each what a ledger file says a run has left at its target;
// nothing when the file is gone.
func Left(ledger string) ([]string, error) {
	l, err := readLedger(ledger)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	lines := l.lines()
	if len(l.made) > 0 {
		lines = append(lines, "and for good, for the contract takes nothing of the kind back: "+reports.CountsAndIDs(l.stays()))
	}
	return lines, nil
}

// LeftAt returns the URL of the target that a ledger file is about.
func LeftAt(ledger string) (string, error) {
	l, err := readLedger(ledger)
	if err != nil {
		return "", err
	}
	return l.head.URL, nil
}

// Swept is what is left at a target when a ledger has been swept.
type Swept struct {
	Left  []string            // a line for each thing that may be taken back yet; the file is kept for them
	Stays map[string][]string // for good, their ids by the operation that made them: the contract takes nothing of the kind back
}

// Sweep makes the calls that a killed run has left in its ledger file, the last
// one first, and returns what is left then. The file is removed when nothing is that
// may be taken back yet. It calls no target but the one that the file names.
func Sweep(ctx context.Context, config Config, ledger string) (swept Swept, err error) {
	config.Ledger = ""
	s, _, err := newSession(config)
	if err != nil {
		return swept, err
	}
	if err := ordinary(ledger); err != nil {
		return swept, &ConfigError{Problems: []string{err.Error()}}
	}
	lock, err := lockLedger(ledger, sweeping)
	if err != nil {
		return swept, err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	l, err := readLedger(ledger)
	if err != nil {
		return swept, &ConfigError{Problems: []string{err.Error()}}
	}
	if l.head.Contract != s.contract.Name || strings.TrimRight(l.head.URL, "/") != strings.TrimRight(s.target.URL, "/") {
		return swept, &ConfigError{Problems: []string{fmt.Sprintf("ledger %s is of %s at %s, not of %s at %s: name that target",
			ledger, l.head.Contract, l.head.URL, s.contract.Name, s.target.URL)}}
	}
	if err := s.undoAll(ctx, l, ledger); err != nil {
		return swept, err
	}
	switch now, err := readLedger(ledger); {
	case errors.Is(err, fs.ErrNotExist): // what was there for good is so still
	case err != nil:
		return swept, err
	default:
		l = now
		swept.Left = l.lines()
	}
	swept.Stays = l.stays()
	return swept, nil
}

// undoAll makes the calls, the last one first, and notes in the file which were made.
func (s *session) undoAll(ctx context.Context, l *leftovers, ledger string) error {
	if err := cutTornLine(ledger); err != nil {
		return err
	}
	file, err := appendLedger(ledger)
	if err != nil {
		return err
	}
	for i := len(l.undo) - 1; i >= 0 && ctx.Err() == nil; i-- {
		if e := l.undo[i]; e.Call != nil && s.undo(ctx, e.Call) {
			if _, err := file.write(entry{Event: "undone", ID: e.ID}); err != nil {
				return errors.Join(err, file.close())
			}
		}
	}
	return file.close()
}

// undo makes one call and says whether it did.
func (s *session) undo(ctx context.Context, call *undoCall) bool {
	done := false
	s.perform(ctx, Case{Title: "sweep", Check: func(ctx context.Context, env *Env) { done = call.call(ctx, env) }})
	return done
}

// openLedger opens the ledger of a run, where the target needs one.
func (s *session) openLedger(path string) error {
	if path == "" || s.target.Worlds != "" {
		return nil
	}
	var err error
	s.ledger, err = createLedger(path, entry{Event: "run", Contract: s.contract.Name, URL: s.target.URL, Started: s.now().UTC()})
	return err
}
