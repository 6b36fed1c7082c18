package behavior

import (
	"rollcall/mockserver/store"
)

// Operation says how one operation is carried out.
type Operation struct {
	ID       string
	Resource string
	Verb     Verb
	Scope    string // what the credential must hold, if anything
	Asks     Denies // the requirement that asks for the scope
	MinRole  string
	AsksRole Denies
	Refuses  Denies // the requirement behind "there is no such record"
	Parents  Denies // the requirement behind "there is no such parent"; "" means that of the resource
	Others   Denies // the requirement that a record under another parent is not found; "" means that of the resource
	Above    string // resource that the path leads through, where it is not the resource's own parent; "" for none
	Within   By     // asks that a list holds the parent's records only, as the resource may, too
	In       string // member that this operation wraps a single record into, whatever its resource says
	Sent     string // member of the body that holds the record; "" means the body is it
	Suit     Suit   // nil: what the verb answers is what is documented
}

// Suit makes of an answer what the document has for its status.
type Suit func(*Call, Answer) Answer

// Verb is one of List, Create, Get, Update, Upsert, Delete, Func.
type Verb interface{ Writes() bool }

// List answers records in index order.
type List struct {
	Index   string
	Page    *Paging // nil: all of them, as an array
	Filters []Filter
	Hides   func(*Call, *store.Record) bool // may be nil
	HidesBy By
	Descend func(*Call) bool // from the end; may be nil
	// another order than that of the index, nil where none is asked for; may be nil
	Sort func(*Call) func(a, b *store.Record) int

	Enforces []By // requirements that Hides, Descend and Sort ask Holds about
}

// Create makes a record of the body.
type Create struct {
	Ignores By // asks that members of the server are not taken from the client
	Keeps   []Keep
}

// Get answers one record, named by the path parameter Param.
type Get struct{ Param string }

// Update changes one record.
type Update struct {
	Param   string
	Partial By   // members that were not sent stay
	Whole   bool // members that were not sent are gone, unless they are the server's
	Drops   By   // asks that they are gone
	Moves   By   // asks that the times of the last change move
	Ignores By
	Keeps   []Keep
}

// Upsert replaces the record that the path parameter of Replace names, or makes it.
type Upsert struct {
	Replace Update
	Create  Create
	Named   bool                             // the name in the path is the id of the record
	Key     func(c *Call, doc []byte) []byte // puts the name in the path into a document
	Makes   By                               // asks that one that is not there is made
	Once    By                               // asks that one that is there is no second time made
}

// Delete removes one record, or puts it into the trash.
type Delete struct {
	Param string
	Gone  By                                       // asks that it is gone afterwards
	Says  func(c *Call, gone *store.Record) Answer // what is answered; nil: nothing
}

// Func is an ordinary function for what no verb can state.
type Func struct {
	Run      func(*Call) (Answer, *Refusal)
	Write    bool
	Uses     []any    // the rows it goes by, whose By and Denies are settings of the operation
	Enforces []By     // the requirements it asks Holds about besides
	Refuses  []Denies // the requirements it refuses under
}

// Writes tells that a list needs no transaction.
func (List) Writes() bool { return false }

// Writes tells that a create needs a transaction.
func (Create) Writes() bool { return true }

// Writes tells that reading one record needs no transaction.
func (Get) Writes() bool { return false }

// Writes tells that an update needs a transaction.
func (Update) Writes() bool { return true }

// Writes tells that an upsert needs a transaction.
func (Upsert) Writes() bool { return true }

// Writes tells whether the verb needs a transaction.
func (Delete) Writes() bool { return true }

// Writes tells whether the function changes records.
func (f Func) Writes() bool { return f.Write }

// Keep names members that a client may send and that stay the server's.
type Keep struct {
	Members []string
	By      By
}

// Filter is a query parameter that keeps some records of a list.
type Filter struct {
	Param string
	By    By // asks for it; omitted, the parameter is not looked at
	Keep  Keeper

	Enforces []By // requirements that Keep asks Holds about, besides By
}

// Keeper reads the value of a filter, once for a list, and gives what it asks of
// each record.
type Keeper func(c *Call, value string) func(rec *store.Record) bool
