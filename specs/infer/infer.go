// Package infer guesses from an API's document alone what is behind its operations: the
// records there are, and what each operation does with them. It never guesses a rule
// that refuses something, such as uniqueness, and says of each line how sure it is.
//
// It is an API for authors of contracts, and may change with any version.
package infer

import (
	"rollcall/specs/contract"
)

// How sure a line is.
const (
	sure   = 3
	likely = 2
	guess  = 1
)

// reader is what is known of one contract while it is read.
type reader struct {
	*lexicon
	contract *contract.Contract
	root     *place
	at       map[*contract.Operation]*place
	groups   []*group // as their paths come first
	loose    bool     // the document says of no list that it is one
	behavior *contract.Behavior
}

// isLoose says whether there are many answers and not one list, as in documents made from
// code that knows no lists.
func (r *reader) isLoose() bool {
	told, least := 0, 5
	for _, op := range r.contract.Operations {
		if of := r.told(op, r.at[op].word, false); of.list {
			return false
		} else if op.Method == "GET" && of.entity != nil {
			told++
		}
	}
	return told >= least
}

// Behavior gives what the contract's document lets one expect of its operations: one act
// for each, in the contract's order. What can't be told is a reply with the document's
// example, and a guess.
func Behavior(c *contract.Contract) *contract.Behavior {
	r := &reader{lexicon: newLexicon(), contract: c, behavior: &contract.Behavior{}}
	r.root, r.at = tree(c)
	r.loose = r.isLoose()
	r.find(r.root, nil)
	r.settle()
	for _, op := range c.Operations {
		r.behavior.Operations = append(r.behavior.Operations, r.act(op))
	}
	for _, g := range r.groups {
		if g.home == g {
			r.describe(g)
		}
	}
	r.sweep()
	r.behavior.Answers = r.answers()
	r.behavior.Auth = r.auth()
	return r.behavior
}
