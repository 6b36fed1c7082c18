// Package suite turns cases into verdicts. A Case is an ordinary function over an
// Env; Run puts the cases into a Ginkgo tree, RunPlain into a loop, and both
// return the same reports.Run.
//
// It is an API for authors of contracts, and may change with any version.
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

// API is what one contract's package in conformance/api has to say.
type API struct {
	Contract string
	Cases    []Case
	Samples  map[string]Sample  // by operation id
	Ways     map[string]Ways    // by operation id, of what can also be asked for otherwise than the sample does
	Readings map[string]Reading // by name; a target names those it follows
	Spell    Spelling           // nil where every answer has one
	Scenes   map[string]SceneOf // by operation id, of writes whose neighbours the paths don't tell
	Undo     map[string]Undo    // by operation id, of what makes a record that another call takes back, whichever case makes it
	Beside   Bystanders         // what else no write may touch, nil where the scenes have it all
	Apart    string             // the persona whose records no other one's writes touch, "" where there is none
	Pairs    map[string]Pair    // by operation id, of reads whose samples are all of one record
	Pages    NextPage           // nil where every list comes whole
	Volatile []string           // members, at any depth, that each answer may have anew, such as signed addresses
	// what cases take from a target's given, and what it is for: all that the contract's mock does not
	// give, and of the rest what a name does not tell
	Given   map[string]string
	Info    map[string]map[string]Known // by persona and name, what cases take from its info
	Callers map[string]string           // by persona, who that is, for whoever has to give one
	Excuses map[string]string           // requirement id, or "id: title" of one derived case -> why it applies to no target
}

// Known is a member of a persona's info: what it is, and the requirements that stay open without it.
type Known struct {
	Text         string
	Requirements []string
}

// NextPage is what asks for the page of a number after the page before it, besides what
// asked for the list; nil when that was the last.
type NextPage func(last *client.Exchange, number int) []client.Option

// Spelling writes in one way what of a JSON answer the documents show in several, such as
// a count that is a number here and a text there. What it leaves alone it returns as it is.
type Spelling func(body []byte, strict bool) []byte

// Scene is a write that is about to be sent, and reads of what it must leave alone.
type Scene struct {
	Request   []client.Option
	Untouched []Read
	More      [][]client.Option // further requests of the operation, which may be refused, and touch nothing else either
}

// Bystanders makes records of other kinds and owners than the one that the request of a write is
// about, and returns reads of what must stay as it is of them.
type Bystanders func(ctx context.Context, env *Env, operation string, request []client.Option) []Read

// Undo sees to it, by TrackCall, that a record which a request has just made is taken back after the case.
type Undo func(env *Env, request client.Request, made *client.Exchange)

// SceneOf makes a scene. Pair makes the requests for two records that differ.
type (
	SceneOf func(ctx context.Context, env *Env) Scene
	Pair    func(ctx context.Context, env *Env) (one, other []client.Option)
)

// Sample makes what a valid request of one operation needs (through env) and
// returns the options of that request. Called twice, it returns a second request
// that is as valid as the first.
type Sample func(ctx context.Context, env *Env) []client.Option

// Ways makes valid requests of one operation that ask by other parameters than its sample
// does: what holds of the operation holds whichever of them is sent.
type Ways func(ctx context.Context, env *Env) [][]client.Option
