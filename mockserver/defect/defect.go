// Package defect names the ways in which the mock can be made to break a
// requirement on purpose, so that the suite can be proved to notice.
//
// It is an API for authors of contracts, and may change with any version.
package defect

import (
	"fmt"
	"strings"
)

// Op is what a defect does. The set is closed. The engine alone looks at
// which are active; the functions of a table ask it whether a requirement holds.
type Op string

// What can be broken where a rule refuses, where a request comes in, where
// state is kept, and in an answer.
const (
	Omit  Op = "omit"  // the rule or setting of the requirement is not in force
	Code  Op = "code"  // refused with another status
	Dirty Op = "dirty" // refused, but written all the same

	Accept Op = "accept" // a violation of the document is let through (Path: pointer, Value: keyword), or of a rule: no Value, or
	// "record:" and a member for Path, so that records with that Value are not held to it
	Refuse Op = "refuse" // a good request is refused: one whose body has the Value (raw JSON, "" for nothing) at the Path
	Ignore Op = "ignore" // a parameter or body member is not looked at (Path: its name)
	Open   Op = "open"   // no credential is asked for
	Serve  Op = "serve"  // an undocumented method is answered as if it were the documented one

	Mangle Op = "mangle" // a member of the body (Path) is written as another value, one of the ways below (Value)

	Lose  Op = "lose"  // answered, but not written; with the Value "back" only where the record becomes what it was once
	Touch Op = "touch" // a read that writes: Path of every record of the caller is set to Value
	Stale Op = "stale" // the answer does not see the last write

	// a write also changes or deletes (Value) another record: the one made before or after it, or the parent (Path)
	Neighbour Op = "neighbour"
	Fixed     Op = "fixed"   // answered as the first time, whatever is asked for; with a Path only where that parameter is sent
	Mixed     Op = "mixed"   // of the record read the id alone, all else of the one that was read before
	Unfound   Op = "unfound" // a miss (On, or a body that is Value) that was told once is told to whoever asks the same
	Shared    Op = "shared"  // whoever is refused (On) is answered as somebody was who asked for the same since the last write

	Frozen Op = "frozen" // the date is that on which the world began, for ever

	Drop    Op = "drop"    // a member is left out (Path)
	Null    Op = "null"    // a member is null (Path)
	Retype  Op = "retype"  // a member has another type (Path)
	Set     Op = "set"     // a member has another value (Path, Value as JSON)
	Status  Op = "status"  // another success status (Value)
	Type    Op = "type"    // another content type (Value)
	Empty   Op = "empty"   // no body
	Reorder Op = "reorder" // an array turned round (Path)
	Shorten Op = "shorten" // an array without its last item (Path)
	Repeat  Op = "repeat"  // an array with its first item twice (Path)
	Header  Op = "header"  // a header left out (Path) or replaced (Value)
)

// The ways to mangle a value.
const (
	MangleLetters = "letters" // those beyond ASCII become question marks
	MangleLength  = "length"  // a text ends after Longest letters
	MangleNumber  = "number"  // a number loses its fraction, and is Largest at most
	MangleLeap    = "leap"    // a 29 February becomes the day before
	MangleEpoch   = "epoch"   // a day before 1970 becomes the first of that year
	MangleOffset  = "offset"  // an instant is taken for one without an offset

	Longest = 40
	Largest = 1000
)

// All is Path for "every item": `*.name` is the member name of each item.
const All = "*"

// Defect is one way of breaking one requirement.
type Defect struct {
	Requirement string
	Name        string // unique under the requirement; "" means the Op's own name
	Op          Op
	Operations  []string // where; empty means wherever the requirement is in force
	Path, Value string
	OfRule      bool   // acts on the requirement's own rule only, not on whatever happens in the operations
	On          int    // only answers with this status; 0 means success
	Excuse      string // why no case can see it: an equivalent or unreachable defect
}

// ID is the name on the command line: the requirement, a slash, the operator.
func (d Defect) ID() string {
	if d.Name != "" {
		return d.Requirement + "/" + d.Name
	}
	return d.Requirement + "/" + string(d.Op)
}

// At tells whether the defect acts on an operation.
func (d Defect) At(operation string) bool {
	if len(d.Operations) == 0 {
		return true
	}
	for _, o := range d.Operations {
		if o == operation {
			return true
		}
	}
	return false
}

// Active is the set of defects a server was started with. The zero value is a
// server without any.
type Active struct{ all []Defect }

// NewActive makes the set.
func NewActive(d ...Defect) *Active { return &Active{d} }

// Any tells whether anything is broken at all.
func (a *Active) Any() bool { return a != nil && len(a.all) > 0 }

// On gives the first defect of a requirement with one of the operators that acts on the
// operation; outside any operation, "", all do.
func (a *Active) On(requirement, operation string, ops ...Op) (Defect, bool) {
	if a == nil {
		return Defect{}, false
	}
	for _, d := range a.all {
		if d.Requirement == requirement && (operation == "" || !d.OfRule || d.At(operation)) {
			for _, op := range ops {
				if d.Op == op {
					return d, true
				}
			}
		}
	}
	return Defect{}, false
}

// At gives the defects that name an operation, with one of the operators.
func (a *Active) At(operation string, ops ...Op) []Defect {
	if a == nil {
		return nil
	}
	var found []Defect
	for _, d := range a.all {
		for _, op := range ops {
			if d.Op == op && d.At(operation) {
				found = append(found, d)
			}
		}
	}
	return found
}

// Catalogue is every defect that is known, by name.
type Catalogue struct{ byID map[string]Defect }

// NewCatalogue indexes the defects.
func NewCatalogue(all []Defect) *Catalogue {
	c := &Catalogue{byID: make(map[string]Defect, len(all))}
	for _, d := range all {
		c.byID[strings.ToLower(d.ID())] = d
	}
	return c
}

// Find resolves names as given on the command line; an unknown one is an error
// that says where to look.
func (c *Catalogue) Find(names []string) ([]Defect, error) {
	var found []Defect
	for _, n := range names {
		d, ok := c.byID[strings.ToLower(n)]
		if !ok {
			return nil, fmt.Errorf("no defect is called %q; `rollcall list defects` prints them all", n)
		}
		found = append(found, d)
	}
	return found, nil
}
