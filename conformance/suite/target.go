package suite

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"rollcall/specs/contract"
	"rollcall/specs/secret"
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
	if t.Contract != "" && t.Contract != c.Name && t.Contract != c.Path {
		add("%s: the target is for contract %q, the run for %q: use the target's own file", t.At("contract"), t.Contract, c.Name)
	}
	if problem := URLProblem(t.URL); problem != "" {
		add("%s %s", t.At("url"), problem)
	}
	if problem := URLProblem(t.Worlds); t.Worlds != "" && problem != "" {
		add("%s %s", t.At("worlds"), problem)
	}
	found = append(found, headerProblems(t)...)
	found = append(found, commandProblems(t)...)
	if t.Reading != "" && t.Reading != Strict && t.Reading != Accepting {
		add("%s %q is unknown: use %s or %s", t.At("reading"), t.Reading, Strict, Accepting)
	}
	for _, id := range slices.Sorted(maps.Keys(t.Paths)) {
		op, ok := c.Operation(id)
		if !ok {
			add("%s: there is no operation %q in %s%s", t.At("paths", id), id, c.Name, near(id, operationIDs(c)))
			continue
		}
		if problem := pathProblem(op, t.Paths[id]); problem != "" {
			add("%s is %q: %s", t.At("paths", id), secret.Address(t.Paths[id]), problem)
		}
	}
	found = append(found, spanProblems(t)...)
	found = append(found, givenProblems(t, c)...)
	for _, id := range slices.Sorted(maps.Keys(t.Settle)) {
		if _, ok := c.Operation(id); !ok && id != "*" {
			add("%s: there is no operation %q in %s%s", t.At("settle", id), id, c.Name, near(id, operationIDs(c)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Query)) {
		if known := queryNames(c); !slices.Contains(known, name) {
			add("%s: there is no query parameter %q in %s%s", t.At("query", name), name, c.Name, near(name, known))
		}
	}
	if problem := RateProblem(t.Rate); problem != "" {
		add("%s is %v: %s", t.At("rate"), t.Rate, problem)
	}
	return append(found, waiverProblems(t, c)...)
}

func operationIDs(c *contract.Contract) (ids []string) {
	for _, op := range c.Operations {
		ids = append(ids, op.ID)
	}
	return ids
}

func queryNames(c *contract.Contract) (names []string) {
	for _, op := range c.Operations {
		for _, p := range op.Parameters {
			if p.In == "query" {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// Warnings are what a target's file says that keeps nothing from being run, and that its
// owner will want to know: waivers that have expired, and TLS that trusts anybody.
func Warnings(t *Target, now time.Time) (found []string) {
	if t.TLS != nil && t.TLS.Insecure {
		found = append(found, t.At("tls", "insecure")+": whoever answers is trusted; credentials may go to anybody")
	}
	for i, w := range t.Waivers {
		if _, known, holds := waiverOf(t, w.Requirement, now); known && !holds {
			found = append(found, fmt.Sprintf("%s: the waiver of %s for %s expired on %s",
				t.At("waivers", strconv.Itoa(i), "expires"), w.Owner, w.Requirement, w.Expires))
		}
	}
	return found
}

func waiverProblems(t *Target, c *contract.Contract) (found []string) {
	for i, w := range t.Waivers {
		add := func(key, format string, args ...any) {
			found = append(found, fmt.Sprintf("%s: ", t.At("waivers", strconv.Itoa(i), key))+fmt.Sprintf(format, args...))
		}
		if _, ok := c.Requirement(w.Requirement); !ok {
			var known []string
			for _, r := range c.Requirements {
				known = append(known, r.ID)
			}
			add("requirement", "there is no requirement %q in %s%s", w.Requirement, c.Name, near(w.Requirement, known))
		}
		if w.Reason == "" {
			add("reason", "the waiver of %q needs a reason", w.Requirement)
		}
		if w.Owner == "" {
			add("owner", "the waiver of %q needs an owner", w.Requirement)
		}
		if _, err := time.Parse(time.DateOnly, w.Expires); err != nil {
			add("expires", "%q is not a date: write it as 2006-01-31", w.Expires)
		}
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
