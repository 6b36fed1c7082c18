// Package rule holds the closed set of kinds of business rule. A kind states
// what must hold of a write; the row that uses it says which requirement asks.
//
// It is an API for authors of contracts, and may change with any version.
package rule

import (
	"time"

	"rollcall/mockserver/store"
)

// Event is what a write does; events add up.
type Event uint8

// The three events.
const (
	Create Event = 1 << iota
	Update
	Delete
	Write = Create | Update
)

// Change is one write on its way: Before is nil on create, After on delete.
type Change struct {
	Tx            *store.Tx
	Table         string
	Before, After *store.Record
	Actor         *store.Record // the credential's record
	Sent          []byte        // the request's body
	Now           time.Time
	Holds         func(requirement string) bool
}

// Why says what was wrong with a change, for the one who sent it.
type Why struct {
	Pointer string // JSON pointer into the request's body
	Message string // what was wrong
	Hint    string // what to do
	Details []byte // for contracts whose errors carry an object; JSON or nil
}

// Kind is one way to constrain a write.
type Kind interface {
	// Fields names the members the kind reads, for checking at start.
	Fields() []string
}

// Check is a kind that refuses. It must not write.
type Check interface {
	Kind
	Check(*Change) (Why, bool) // true: allowed
}

// Effect is a kind that completes a change, after every check agreed.
type Effect interface {
	Kind
	Apply(*Change)
}

// Indexed is a kind that needs an index of its table.
type Indexed interface {
	Index() store.Index
}
