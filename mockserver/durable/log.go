package durable

import (
	"context"
	"errors"
	"fmt"
)

// Row is an entry in its place in the log of a world.
type Row struct {
	Seq   uint64
	Batch [16]byte // who wrote it, and when: no two are the same
	Entry []byte
}

// Line is a world as the log knows it.
type Line struct {
	ID        string
	Parent    string // "" for one that begins as the data was generated
	ParentSeq uint64 // the place in the parent's log at which it begins
	Head      uint64 // the place of its last entry, 0 for none
	Gone      string // why it is no more, "" for one that is
	Used      int64  // when somebody last asked for it, in Unix nanoseconds, more or less
}

// Child is a world that begins in a transaction of another one, with its first entry.
type Child struct {
	Line Line
	Row  Row
}

// Batch is what is appended at once.
type Batch struct {
	World    string
	Row      Row
	Children []Child
}

// Log is where entries are kept. All its errors are Troubles. What it gives may be kept.
type Log interface {
	// Name says where it is, without a secret.
	Name() string
	// Engine says what it is.
	Engine() string
	// Shared tells whether other processes may append, too.
	Shared() bool
	// Settle keeps each value of meta that is not there yet, and gives all that are.
	Settle(ctx context.Context, meta map[string]string) (map[string]string, error)
	// Number counts: no two calls get the same number.
	Number(ctx context.Context) (uint64, error)

	Worlds(ctx context.Context) ([]Line, error)
	// Heads gives the lines of some worlds; one that is not there is left out.
	Heads(ctx context.Context, ids []string) ([]Line, error)
	// Create makes a world that begins as the data was generated, with its first entry;
	// what is there stays.
	Create(ctx context.Context, c Child) error
	Bury(ctx context.Context, id, why string) error
	// Touch notes when worlds were used.
	Touch(ctx context.Context, used map[string]int64) error

	// Rows gives entries after one, up to some thousands, in their order.
	Rows(ctx context.Context, world string, after uint64) ([]Row, error)
	// Snapshots lists the places of the snapshots of a world, the newest first.
	Snapshots(ctx context.Context, world string) ([]uint64, error)
	Snapshot(ctx context.Context, world string, seq uint64) ([][]byte, error)

	// Append appends behind the entry before it: Behind when that is not the last.
	Append(ctx context.Context, b Batch) error
	// Hold keeps everybody else from appending to a world, until it is let go.
	Hold(ctx context.Context, world string) (Held, error)
	// Compact keeps a snapshot in place of the entries up to it, and of older ones. Detached
	// worlds begin no longer with their parents' state but with a snapshot at 0.
	Compact(ctx context.Context, world string, seq uint64, parts [][]byte, detached map[string][][]byte) error
	// Sweep forgets worlds that are gone, from which no other begins.
	Sweep(ctx context.Context) error
	// Probe writes something, to see whether that can be done.
	Probe(ctx context.Context) error
	Bytes(ctx context.Context) (int64, error)
	Close() error
}

// Held is a world to which nobody else appends.
type Held interface {
	Line() Line
	Rows(ctx context.Context, after uint64) ([]Row, error)
	// Append appends, and lets go.
	Append(ctx context.Context, b Batch) error
	// Release lets go of what nothing was appended to.
	Release()
}

// Trouble is what is wrong with a log.
type Trouble struct {
	Of  Of
	Err error
}

// Of is a kind of trouble.
type Of int

const (
	// Behind: somebody else has appended meanwhile.
	Behind Of = iota + 1
	// Again: the engine wants it tried again.
	Again
	// Unreachable: it was not done, and the engine is not there, or takes nothing.
	Unreachable
	// Unknown: the engine was lost before it said whether it was done.
	Unknown
	// NoWorld: there is none of that id, or not any more.
	NoWorld
	// Broken: what is kept can't be read.
	Broken
	// InUse: another process has it, and it is for one.
	InUse
	// Refused: it is not what it is said to be, or may not be used.
	Refused
)

// Error says what is wrong.
func (t *Trouble) Error() string { return t.Err.Error() }

// Unwrap gives the cause.
func (t *Trouble) Unwrap() error { return t.Err }

// Troublef makes a trouble, as fmt.Errorf does.
func Troublef(of Of, format string, args ...any) error {
	return &Trouble{of, fmt.Errorf(format, args...)}
}

// IsTrouble tells whether an error is trouble of a kind.
func IsTrouble(err error, of Of) bool {
	var t *Trouble
	return errors.As(err, &t) && t.Of == of
}
