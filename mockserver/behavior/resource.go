package behavior

import (
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// Resource is one kind of record behind an API.
type Resource struct {
	Name     string           // also its table
	Schema   string           // the component its document follows, member for member
	Follows  *contract.Schema // that schema itself, where it is no component of an answer
	Free     bool             // members that the document does not name are kept, too
	Shared   bool             // other contracts of the same state declare the table, too
	IDPrefix string
	Owner    Owner
	Stamps   []Stamp
	Defaults []Default
	Private  []string // members that are kept but never answered
	Indexes  []store.Index
	Search   *store.Search                                    // may be nil
	View     func(c *Call, to []byte, r *store.Record) []byte // appends what is answered; nil: the stored document as it is

	NewID  func(c *Call, ordinal uint64) string // of a new record; nil: by IDPrefix or Number
	Locate func(*Call) (*store.Record, bool)    // what the path leads to; nil: the record whose id the parameter has

	Nest    Nest                                     // the record that these stand under, if any
	Number  uint64                                   // ids are integers above it; 0: they are texts
	Wrap    Wrap                                     // what a single record is wrapped into
	Trash   Trash                                    // deleted records are kept
	Numeric Denies                                   // an id that is no number is refused under it
	Facts   func(*store.Record) any                  // see store.Table
	Prepare Prepare                                  // may be nil
	Compute func(Basis, *store.Record) *store.Record // the members that follow from others, before it is stored; may be nil

	Uses     []any // the rows that Prepare, Compute and View go by, whose By and Denies are settings
	Enforces []By  // requirements that they ask Holds about besides
}

// Owner limits a resource to the caller's own records: the member Field must
// equal the same member of the credential's record.
type Owner struct {
	Field string
	Own   By     // a path shows and touches the owner's records only
	Lists By     // lists hold the owner's records only
	Items Denies // another owner's record is not found
}

// Stamp is a member the server sets.
type Stamp struct {
	Field string
	Make  func(*Call, *store.Record) string // raw JSON; the record has its id
	Touch bool                              // again on every update
	By    By                                // asks that an update moves it
}

// Default is the value of a member that was not sent on create.
type Default struct {
	Field, Value string // Value is raw JSON
	By           By
}

// Nest puts the records of a resource under a record of another one, named by
// a parameter of the path.
type Nest struct {
	Resource string           // of the parent
	Param    string           // path parameter with the parent's id
	Field    string           // member of a record that has the parent's id; private unless documented
	Index    string           // index whose keys begin with the parent's id
	Parents  Denies           // there is no such parent
	Items    Denies           // a record under another parent is not found
	Own      By               // a path shows and touches the parent's records only
	Lists    By               // lists hold the parent's records only
	Feeds    bool             // the parent's computed members depend on these records
	Absent   func(*Call) bool // the path of the call names no parent; nil: each does
}

// Wrap says what a single record is wrapped into.
type Wrap struct {
	Member string // "" means it is the body itself
	By     By     // asks for the wrapper; omitted, the record comes bare
	Bare   By     // asks that there is none; omitted, it is wrapped into "data"
	Loose  string // the variant that wraps it into "data"
}

// Trash keeps deleted records, hidden.
type Trash struct {
	Field  string // private member with the time of the deletion; "" means there is no trash
	Items  Denies // a deleted record is not found
	Twice  Denies // nor by another deletion
	Param  string // query parameter that shows them in lists
	Hidden By     // lists hide them
}

// Prepare turns the members sent into members stored, before the record is
// built: what it returns wins over what was sent. Before is nil on create.
type Prepare func(c *Call, before *store.Record, sent map[string]string) map[string]string

// Tick brings records up to date whose computed members depend on the date.
type Tick struct {
	Resource string
	Index    string                     // in order of the day on which something changes
	Due      func(*store.Record) string // that day, 2006-01-02
}
