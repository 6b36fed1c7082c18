package suite

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// The words of package target, under which cases know them.
type (
	Target  = target.Target
	Persona = target.Persona
	Waiver  = target.Waiver
)

// See package target.
const (
	Strict         = target.Strict
	Accepting      = target.Accepting
	DefaultPersona = target.DefaultPersona
)

// strict says whether the target is read strictly.
func (s *session) strict() bool { return s.target.Reading == Strict }

// targetProblems lists what is wrong with the target for that contract, in words that
// say what to do.
func targetProblems(t *Target, c *contract.Contract) []string {
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
	found = append(found, headerProblems(t)...)
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
		for _, problem := range waiverProblems(waiver, c) {
			add("waiver of %q: %s", waiver.Requirement, problem)
		}
	}
	return found
}

func waiverProblems(w Waiver, c *contract.Contract) []string {
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

// waiverOf returns the waiver of a requirement, and whether it still holds at now.
func waiverOf(t *Target, requirement string, now time.Time) (w Waiver, found, holds bool) {
	for _, w := range t.Waivers {
		if w.Requirement == requirement {
			last, err := time.Parse(time.DateOnly, w.Expires)
			return w, true, err == nil && now.Before(last.AddDate(0, 0, 1))
		}
	}
	return Waiver{}, false, false
}
