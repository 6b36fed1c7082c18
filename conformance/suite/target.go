package suite

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// The words of package target, under which cases and rooms know them.
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
	if u, err := url.Parse(t.URL); err != nil || u.Scheme == "" || u.Host == "" {
		add("target url %q is not absolute: write it as http://host:port/base", t.URL)
	}
	if t.Reading != "" && t.Reading != Strict && t.Reading != Accepting {
		add("reading %q is unknown: use %s or %s", t.Reading, Strict, Accepting)
	}
	for id, line := range t.Paths {
		if _, ok := c.Operation(id); !ok {
			add("paths: there is no operation %q in %s", id, c.Name)
		}
		if method, path, ok := strings.Cut(line, " "); !ok || method == "" || !strings.HasPrefix(path, "/") {
			add("paths: %s is %q: write it as METHOD /path", id, line)
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
