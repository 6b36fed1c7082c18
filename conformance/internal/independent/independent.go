// Package independent says what an independent implementation of a contract is: a small
// server written from the documents alone, by somebody who has seen neither the mock nor
// the suite, with a table of habits that the documents leave open and a table of faults
// that they forbid. The suite has to call every habit conformant and to fail every fault.
package independent

import (
	"maps"
	"net/http"
	"slices"
)

// Implementation is one independent server of one contract.
type Implementation struct {
	Contract string
	New      func(active ...string) http.Handler // a fresh server with these habits and faults, by name
	Habits   []Habit
	Faults   []Fault
	Personas map[string]Persona // by name; "default" is always there
	Given    map[string]string  // what the suite has to know of the server's data
	Misses   []string           // recommendations that the plainest server already goes against
}

// Habit is one way to implement the contract that its documents leave open. With it the
// server is as right as without.
type Habit struct {
	Name     string
	Says     string             // what the server then does, a sentence
	Open     string             // what in the documents leaves it open: a line, or the silence
	Misses   []string           // recommendations (never demands) that it goes against, by requirement id
	Readings []string           // named readings of the contract that describe it, if any
	Paths    map[string]string  // operation id -> "METHOD /path", where the habit is another verb or path
	Excludes []string           // habits that contradict this one
	Personas map[string]Persona // callers, by name, who show themselves otherwise than Implementation.Personas do
	Given    map[string]string  // what is given beside or in place of Implementation.Given
	// Accepting says that the documents leave it open as the accepting reading takes them, and
	// that the strict one asks for more.
	Accepting bool
}

// Fault is one way to break the documents.
type Fault struct {
	Name   string
	Says   string
	Source string   // the sentence it breaks: seed line
	Breaks []string // requirements that must fail because of it
	Also   []string // requirements that it breaks on the way
}

// Persona is one caller.
type Persona struct {
	Headers map[string]string
	Info    map[string]string
}

// At is the persona to a server at the address: where its info leaves the url empty, what it
// calls is served there, too.
func (p Persona) At(address string) (headers, info map[string]string) {
	headers, info = maps.Clone(p.Headers), maps.Clone(p.Info)
	if url, asked := info["url"]; asked && url == "" {
		info["url"] = address
	}
	return headers, info
}

// Agree says whether habits can be had together.
func Agree(habits ...Habit) bool {
	for i, a := range habits {
		for _, b := range habits[i+1:] {
			if a.Name == b.Name || slices.Contains(a.Excludes, b.Name) || slices.Contains(b.Excludes, a.Name) {
				return false
			}
		}
	}
	return true
}
