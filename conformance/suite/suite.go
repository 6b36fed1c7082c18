// Package suite turns cases into verdicts. A Case is an ordinary function over an
// Env; Run puts the cases into a Ginkgo tree, RunPlain into a loop, and both
// return the same reports.Run.
package suite

import (
	"context"

	"rollcall/conformance/client"
)

// Case checks one requirement in one way. A requirement may have several: the
// worst of them is its verdict.
type Case struct {
	Requirement string   // id in the catalogue, derived ids included
	Title       string   // a sentence, unique among the requirement's cases
	Needs       []string // on top of the requirement's own
	Check       func(ctx context.Context, env *Env)
}

// API is one contract's room in conformance/api.
type API struct {
	Contract string
	Cases    []Case
	Samples  map[string]Sample  // by operation id
	Readings map[string]Reading // by name; a target names those it follows
	Excuses  map[string]string  // requirement id, or "id: title" of one derived case -> why it applies to no target
}

// Sample makes what a valid request of one operation needs (through env) and
// returns the options of that request. Called twice, it returns a second request
// that is as valid as the first.
type Sample func(ctx context.Context, env *Env) []client.Option
