// Package conformance is the one entry point of the suite: every contract's cases, Test
// and Decide to judge a target by them in a Go test or program, and Run for the command.
//
// Decide, Test and their options are an API for users: names stay, members are only
// added. The rest serves the command and may change.
package conformance

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/conformance/check"
	"rollcall/conformance/client"
	"rollcall/conformance/declared"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// API gives all cases of a contract: those of its package, or of its behavior where it has
// one, and those that the document itself imposes. A contract with neither is an error.
func API(c *contract.Contract) (suite.API, error) {
	if c.Behavior != nil {
		return complete(c, declared.API(c)), nil
	}
	for _, api := range APIs() {
		if api.Contract == c.Name {
			return complete(c, api), nil
		}
	}
	return suite.API{}, fmt.Errorf("contract %q has no cases: add conformance/api/%s and run `make contracts`", c.Name, c.Name)
}

// Lesson is what reads of a target say of one line of a behavior; see Learn.
type Lesson = declared.Lesson

// Learn looks by reads alone how a target names, wraps and refuses, and compares that with the behavior of a contract of
// one's own. It returns a *suite.ConfigError where the target can't be asked.
func Learn(ctx context.Context, config suite.Config) (lessons []Lesson, err error) {
	err = suite.Reads(ctx, config, func(read suite.Reader) {
		lessons = declared.Learn(config.Contract, config.Target.Given, read)
	})
	return lessons, err
}

// complete adds the cases that the document imposes.
func complete(c *contract.Contract, api suite.API) suite.API {
	api.Cases = slices.Concat(api.Cases, check.Cases(c, api.Samples, api.Excuses))
	return api
}

// Run judges a target; see suite.Run. The config's API is filled in. Its runner belongs to
// the process, so that two at once end it: Go tests call Test or Decide.
func Run(ctx context.Context, config suite.Config) (*reports.Run, error) {
	api, err := API(config.Contract)
	if err != nil {
		return nil, err
	}
	config.API = api
	return suite.Run(ctx, config)
}

// Calls are the pairs of requirement and operation in which a case of the requirement
// called the operation.
type Calls map[[2]string]bool

// Watch runs every case against a target and returns which operations each requirement's
// cases called there.
func Watch(ctx context.Context, c *contract.Contract, target suite.Target) (Calls, error) {
	api, err := API(c)
	if err != nil {
		return nil, err
	}
	calls := Calls{}
	_, err = suite.RunPlain(ctx, suite.Config{Contract: c, API: api, Target: target, Seed: 1, Observe: func(e *client.Exchange) {
		if e.Operation != nil {
			calls[[2]string{e.Case, e.Operation.ID}] = true
		}
	}})
	return calls, err
}

// Unchecked lists the requirements without a case, the pairs of requirement and operation
// that no case calls, where neither has a written reason (of "ID" or "ID@operation"), the
// cases of requirements that do not exist, and what in the document has no authority. Nil
// calls stand for nobody having watched.
func Unchecked(c *contract.Contract, calls Calls) ([]string, error) {
	api, err := API(c)
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	found := slices.Concat(c.Unattributed(), c.Contrary())
	for _, one := range api.Cases {
		has[one.Requirement] = true
		if _, ok := c.Requirement(one.Requirement); !ok {
			found = append(found, fmt.Sprintf("%s: case %q is of a requirement that the catalogue does not have", one.Requirement,
				one.Title))
		}
	}
	for _, r := range c.Requirements {
		switch {
		case strings.TrimSpace(api.Excuses[r.ID]) != "":
			continue
		case !has[r.ID]:
			found = append(found, fmt.Sprintf("%s: no case checks it (requirement at line %d); add one to conformance/api/%s",
				r.ID, r.Line, c.Name))
			continue
		}
		for _, op := range r.Operations {
			if calls != nil && !calls[[2]string{r.ID, op}] && strings.TrimSpace(api.Excuses[r.ID+"@"+op]) == "" {
				found = append(found,
					fmt.Sprintf("%s: no case of it calls %s (requirement at line %d); add one to conformance/api/%s, "+
						"or a reason to its Excuses",
						r.ID, op, r.Line, c.Name))
			}
		}
	}
	return found, nil
}
