// Package target is what a suite may know of what it tests, as data: where it is,
// who may call, which records are given. Both halves import it and nothing else of
// each other, so that a mock can hand itself to a suite in one process.
//
// It is an API for users: names stay, members are only added.
package target

import (
	"net/http"
	"strings"
)

// The two readings of a contract: strict asks for the one documented status,
// accepting also takes what the documents leave open.
const (
	Strict    = "strict"
	Accepting = "accepting"
)

// DefaultPersona is the one that calls unless a case says otherwise.
const DefaultPersona = "default"

// WorldHeader names the world that a request belongs to, on a target with worlds.
const WorldHeader = "Rollcall-World"

// Target is all that the suite knows of what it tests. It is read from a target
// file, from a mock's /__admin/targets/<contract>, or made by a mock in this process.
type Target struct {
	Contract     string             `json:"contract" yaml:"contract"`
	URL          string             `json:"url" yaml:"url"`
	Reading      string             `json:"reading,omitempty" yaml:"reading"`           // Strict or Accepting; "" = Accepting
	Readings     []string           `json:"readings,omitempty" yaml:"readings"`         // named readings of the contract that it follows
	Worlds       string             `json:"worlds,omitempty" yaml:"worlds"`             // URL of the worlds endpoint, "" = none
	WorldHeaders map[string]string  `json:"worldHeaders,omitempty" yaml:"worldHeaders"` // sent to it, e.g. its token
	Personas     map[string]Persona `json:"personas,omitempty" yaml:"personas"`
	Given        map[string]string  `json:"given,omitempty" yaml:"given"` // fixture ids and the like
	Paths        map[string]string  `json:"paths,omitempty" yaml:"paths"` // operation id -> "METHOD /path"
	Waivers      []Waiver           `json:"waivers,omitempty" yaml:"waivers"`

	Transport http.RoundTripper `json:"-" yaml:"-"` // for a target in this process; nil = the network
}

// Persona is one caller: the headers that say who it is, and what is known of it
// (tenantId, role, plan …).
type Persona struct {
	Headers map[string]string `json:"headers" yaml:"headers"`
	Info    map[string]string `json:"info,omitempty" yaml:"info"`
}

// Waiver accepts a failure for a while, in somebody's name.
type Waiver struct {
	Requirement string `json:"requirement" yaml:"requirement"`
	Reason      string `json:"reason" yaml:"reason"`
	Owner       string `json:"owner" yaml:"owner"`
	Expires     string `json:"expires" yaml:"expires"` // the last day it holds, 2006-01-02
}

// Has says whether a need is met: a persona or a given of that name, for
// "given:x" the given x, for "worlds" that each case has a world of its own.
func (t *Target) Has(need string) bool {
	if need == "worlds" {
		return t.Worlds != ""
	}
	if name, ok := strings.CutPrefix(need, "given:"); ok {
		return t.Given[name] != ""
	}
	_, persona := t.Personas[need]
	return persona || t.Given[need] != ""
}
