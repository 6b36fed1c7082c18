package behavior

import (
	"rollcall/mockserver/rule"
)

// Rule is one row: a requirement and the kind that enforces it.
type Rule struct {
	Requirement string
	On          string // resource
	When        rule.Event
	Kind        rule.Kind
	Status      int      // 0: the status the requirement expects
	Operations  []string // only in these; empty means in all
}

// Attribution gives violations of the document to a requirement of the catalogue.
type Attribution struct {
	Requirement string
	Operations  []string
	In          string                  // "" means body
	Pointer     string                  // "*" means any
	Keywords    []string                // empty means any
	When        func(value string) bool // nil means any value; else asked about the raw JSON at the pointer
}
