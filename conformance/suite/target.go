package suite

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"rollcall/specs/contract"
)

// The two readings of a contract: strict asks for the one documented status,
// accepting also takes what the documents leave open.
const (
	Strict    = "strict"
	Accepting = "accepting"
)

// DefaultPersona is the one that calls unless a case says otherwise.
const DefaultPersona = "default"

// Target is all that the suite knows of what it tests. It is read from a target
// file, or from a mock's /__admin/targets/<contract>.
type Target struct {
	Contract     string             `json:"contract" yaml:"contract"`
	URL          string             `json:"url" yaml:"url"`
	Reading      string             `json:"reading,omitempty" yaml:"reading"`           // strict or accepting; "" = accepting
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

// strict says whether the target is read strictly.
func (t *Target) strict() bool { return t.Reading == Strict }

// problems lists what is wrong with the target for that contract, in words that
// say what to do.
func (t *Target) problems(c *contract.Contract) []string {
	var found []string
	add := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	if t.Contract != "" && t.Contract != c.Name {
		add("the target is for contract %q, the run for %q: use the target's own file", t.Contract, c.Name)
	}
	if problem := URLProblem(t.URL); problem != "" {
		add("target url %s", problem)
	}
	if problem := URLProblem(t.Worlds); t.Worlds != "" && problem != "" {
		add("worlds %s", problem)
	}
	found = append(found, t.headerProblems()...)
	if t.Reading != "" && t.Reading != Strict && t.Reading != Accepting {
		add("reading %q is unknown: use %s or %s", t.Reading, Strict, Accepting)
	}
	for _, id := range slices.Sorted(maps.Keys(t.Paths)) {
		op, ok := c.Operation(id)
		if !ok {
			add("paths: there is no operation %q in %s", id, c.Name)
			continue
		}
		if problem := pathProblem(op, t.Paths[id]); problem != "" {
			add("paths: %s is %q: %s", id, t.Paths[id], problem)
		}
	}
	for _, waiver := range t.Waivers {
		for _, problem := range waiver.problems(c) {
			add("waiver of %q: %s", waiver.Requirement, problem)
		}
	}
	return found
}

func (w Waiver) problems(c *contract.Contract) []string {
	var found []string
	if _, ok := c.Requirement(w.Requirement); !ok {
		found = append(found, "there is no such requirement in "+c.Name)
	}
	if w.Reason == "" || w.Owner == "" {
		found = append(found, "it needs a reason and an owner")
	}
	if _, err := time.Parse(time.DateOnly, w.Expires); err != nil {
		found = append(found, fmt.Sprintf("expires %q is not a date: write it as 2006-01-31", w.Expires))
	}
	return found
}

// waiver returns the waiver of a requirement, and whether it still holds at now.
func (t *Target) waiver(requirement string, now time.Time) (w Waiver, found, holds bool) {
	for _, w := range t.Waivers {
		if w.Requirement == requirement {
			last, err := time.Parse(time.DateOnly, w.Expires)
			return w, true, err == nil && now.Before(last.AddDate(0, 0, 1))
		}
	}
	return Waiver{}, false, false
}
