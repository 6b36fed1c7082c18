// Package behavior declares how the mock does what a contract says: one table
// per contract, compiled against it so that every name in it is known to exist.
//
// It is an API for authors of contracts, and may change with any version.
package behavior

import (
	"rollcall/fixtures"
	"rollcall/mockserver/defect"
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
	Contract     string
	State        string             // the store it lives in; "" means its own. Two contracts may share one
	Data         fixtures.Generator // what the store begins with; contracts that share one name the same
	Stages       []Stage            // the order of checks before the operation itself
	Resources    []Resource
	Operations   []Operation
	Rules        []Rule
	Attributions []Attribution     // which requirement owns which violation of the document
	Breaks       []defect.Defect   // how requirements without a rule are broken in the answer
	Never        []Never           // documented answers that the mock has no occasion for
	Excuses      map[string]string // requirement -> why no defect can break it; defect -> why no case can see it

	Excused func(defect.Defect) string // why no case can see a defect, by a rule for all of its sort; may be nil

	Uses     []any    // what the functions below work by: By and Denies members of these values are rows as well
	Enforces []By     // requirements that the functions below ask Holds about besides
	Refuses  []Denies // requirements that they refuse under besides
	Media    Denies   // the requirement that asks for the body's media type; "" means any type will do

	Variants []string          // ways to answer otherwise that only this contract has; see Server.Variant
	Forbids  map[string]string // variant -> the requirement that leaves no room for it

	Ticks   []Tick // what depends on the date
	Kept    Kept   // what writes keep of what they were sent
	Unknown By     // asks that unknown members of a body are ignored

	Authenticate func(*Call) (*store.Record, *Refusal)
	Guest        func(*Call) *store.Record       // who calls when a defect opens the door
	Authorize    func(*Call, Operation) *Refusal // nil: whoever is authenticated may
	Invalid      func(contract.Violation) int    // the status for a violation of the document
	Render       func(*Call, *Refusal) Answer    // the contract's error shape
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

// Never is an answer that the document lists and the mock never gives, so that a
// defect in it can't be reached.
type Never struct {
	Status     int
	Operations []string
	Reason     string
}

// Kept asks that a write keeps what it was sent, whatever the value.
type Kept struct {
	By     By                // a requirement that names the writes
	Excuse map[string]string // member, or operation and "/" and member, to why nobody can ask it to be kept
}
