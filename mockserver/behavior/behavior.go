// Package behavior declares how the mock does what a contract says: one table
// per contract, compiled against it so that every name in it is known to exist.
//
// It is an API for authors of contracts, and may change with any version.
package behavior

import (
	"net/http"

	"rollcall/mockserver/defect"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// By is the requirement that asks for a setting. A setting is in force unless
// the requirement's "omit" defect is active; "" is always in force.
type By string

// Denies is the requirement behind a refusal. Each gives three defects: the
// refusal is omitted, has a wrong status, or is written all the same.
type Denies string

// API is the table of one contract.
type API struct {
	Contract   string
	State      string  // the store it lives in; "" means its own. Two contracts may share one
	Stages     []Stage // the order of checks before the operation itself
	Resources  []Resource
	Operations []Operation
	Rules      []Rule
	Claims     []Claim           // which requirement owns which violation of the document
	Breaks     []defect.Defect   // how requirements without a rule are broken in the answer
	Never      []Never           // documented answers that the mock has no occasion for
	Excuses    map[string]string // requirement -> why no defect can break it; defect -> why no case can see it

	Enforces []By     // requirements that the functions below ask Holds about
	Refuses  []Denies // requirements that they refuse under
	Media    Denies   // the requirement that asks for the body's media type; "" means any type will do

	Forbids map[string]string // variant -> the requirement that leaves no room for it

	Ticks   []Tick // what depends on the date
	Unknown By     // asks that unknown members of a body are ignored

	Authenticate func(*Call) (*store.Record, *Refusal)
	Guest        func(*Call) *store.Record       // who calls when a defect opens the door
	Authorize    func(*Call, Operation) *Refusal // nil: whoever is authenticated may
	Invalid      func(contract.Violation) int    // the status for a violation of the document
	Render       func(*Call, *Refusal) Answer    // the contract's error shape
}

// Never is an answer that the document lists and the mock never gives, so that a
// defect in it can't be reached.
type Never struct {
	Status     int
	Operations []string
	Reason     string
}

// Stage is one step before the operation.
type Stage string

// The stages a contract may order.
const (
	Authenticate Stage = "authenticate"
	Route        Stage = "route"
	Authorize    Stage = "authorize"
	Validate     Stage = "validate"
)

// Resource is one kind of record behind an API.
type Resource struct {
	Name     string // also its table
	Schema   string // the component its document follows, member for member
	Shared   bool   // other contracts of the same state declare the table, too
	IDPrefix string
	Owner    Owner
	Stamps   []Stamp
	Defaults []Default
	Private  []string // members that are kept but never answered
	Indexes  []store.Index
	Groups   []store.Group
	View     func(c *Call, to []byte, r *store.Record) []byte // appends what is answered; nil: the stored document as it is

	Nest    Nest                                     // the record that these stand under, if any
	Number  uint64                                   // ids are integers above it; 0: they are texts
	Wrap    Wrap                                     // what a single record is wrapped into
	Trash   Trash                                    // deleted records are kept
	Numeric Denies                                   // an id that is no number is refused under it
	Facts   func(*store.Record) any                  // see store.Table
	Prepare Prepare                                  // may be nil
	Derive  func(*Call, *store.Record) *store.Record // completes a record before it is stored; may be nil
}

// Owner limits a resource to the caller's own records: the member Field must
// equal the same member of the credential's record.
type Owner struct {
	Field string
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

// Rule is one row: a requirement and the kind that enforces it.
type Rule struct {
	Requirement string
	On          string // resource
	When        rule.Event
	Kind        rule.Kind
	Status      int      // "" 0: the status the requirement expects
	Operations  []string // only in these; empty means in all
}

// Claim gives violations of the document to a requirement of the catalogue.
type Claim struct {
	Requirement string
	Operations  []string
	In          string                  // "" means body
	Pointer     string                  // "*" means any
	Keywords    []string                // empty means any
	When        func(value string) bool // nil means any value; else asked about the raw JSON at the pointer
}

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
}

// Verb is one of List, Create, Get, Update, Delete, Func.
type Verb interface{ Writes() bool }

// List answers records in index order.
type List struct {
	Index   string
	Page    *Paging // nil: all of them, as an array
	Filters []Filter
	Hides   func(*Call, *store.Record) bool // may be nil
	HidesBy By
	Descend func(*Call) bool // from the end; may be nil
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
	Partial By // members that were not sent stay
	Ignores By
	Keeps   []Keep
}

// Delete removes one record, or puts it into the trash.
type Delete struct {
	Param string
	Gone  By // asks that it is gone afterwards
}

// Func is an ordinary function for what no verb can state.
type Func struct {
	Run      func(*Call) (Answer, *Refusal)
	Write    bool
	Enforces []By     // the requirements it asks Holds about
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

// Writes tells whether the verb needs a transaction.
func (Delete) Writes() bool { return true }

// Writes tells whether the function changes records.
func (f Func) Writes() bool { return f.Write }

// Answer is what goes back.
type Answer struct {
	Status      int
	ContentType string // "" means application/json when there is a body
	Header      http.Header
	Body        []byte
	Borrowed    bool // the body was built in the call\'s scratch, which is used again once it is written
}

// Refusal is a request that is not carried out.
type Refusal struct {
	Requirement string
	Told        string // the requirement that the caller is told of; "" means the same
	Status      int    // 0: the status the requirement expects
	Message     string
	In, Pointer string // where in the request
	Keyword     string // of the schema, when the document was broken
	Hint        string
	Line        int // of the document
	Details     []byte
	Own         bool // the operation itself says so, in the service's own words
	Header      http.Header
	Violations  []contract.Violation
}
