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
	return l.lines(), nil
}

// LeftAt returns the URL of the target that a ledger file is about.
func LeftAt(ledger string) (string, error) {
	l, err := readLedger(ledger)
	if err != nil {
		return "", err
	}
	return l.head.URL, nil
}

func (l *leftovers) lines() []string {
	var lines []string
	for _, e := range l.undo {
		if e.Call == nil {
			lines = append(lines, "only the run itself could take back: "+e.Title)
			continue
		}
		lines = append(lines, "to take back: "+e.Call.String())
	}
	for _, e := range l.sends {
		lines = append(lines, fmt.Sprintf("nobody knows what became of: %s %s (%s)", e.Call, e.Call.Body, e.Title))
	}
	if len(l.made) > 0 && len(lines) > 0 {
		lines = append(lines, "and for good, for the contract takes nothing of the kind back: "+reports.Counts(l.made))
	}
	return lines
}

// Sweep makes the calls that a killed run has left in its ledger file, the last
// one first, and returns a line for each thing that is left then. The file is
// removed when nothing is. It calls no target but the one that the file names.
func Sweep(ctx context.Context, config Config, ledger string) (left []string, err error) {
	config.Ledger = ""
	s, _, err := newSession(config)
	if err != nil {
		return nil, err
	}
	if err := ordinary(ledger); err != nil {
		return nil, &ConfigError{Problems: []string{err.Error()}}
	}
	lock, err := lockLedger(ledger, sweeping)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	l, err := readLedger(ledger)
	if err != nil {
		return nil, &ConfigError{Problems: []string{err.Error()}}
	}
	if l.head.Contract != s.contract.Name || strings.TrimRight(l.head.URL, "/") != strings.TrimRight(s.target.URL, "/") {
		return nil, &ConfigError{Problems: []string{fmt.Sprintf("ledger %s is of %s at %s, not of %s at %s: name that target",
			ledger, l.head.Contract, l.head.URL, s.contract.Name, s.target.URL)}}
	}
	if err := s.undoAll(ctx, l, ledger); err != nil {
		return nil, err
	}
	return Left(ledger)
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
