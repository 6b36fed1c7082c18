// Package conformance is the one entry point of the suite: every contract's
// cases, and Run to judge a target by them, for the command and for Go tests.
package conformance

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/conformance/api/council"
	"rollcall/conformance/api/identity"
	"rollcall/conformance/api/probation"
	"rollcall/conformance/api/tenants"
	"rollcall/conformance/api/volunteers"
	"rollcall/conformance/check"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// APIs lists the room of every contract the suite can judge.
func APIs() []suite.API {
	return []suite.API{council.API(), identity.API(), probation.API(), tenants.API(), volunteers.API()}
}

// API gives all cases of a contract: those of its room, and those that the
// document itself imposes. A contract without a room is an error.
func API(c *contract.Contract) (suite.API, error) {
	for _, api := range APIs() {
		if api.Contract == c.Name {
			api.Cases = slices.Concat(api.Cases, check.Cases(c, api.Samples, api.Excuses))
			return api, nil
		}
	}
	return suite.API{}, fmt.Errorf("contract %q has no cases: add conformance/api/%s", c.Name, c.Name)
}

// Run judges a target; see suite.Run. The config's API is filled in.
func Run(ctx context.Context, config suite.Config) (*reports.Run, error) {
	api, err := API(config.Contract)
	if err != nil {
		return nil, err
	}
	config.API = api
	return suite.Run(ctx, config)
}

// Unchecked lists the requirements that no case checks and no written reason
// excuses, and the cases of requirements that do not exist.
func Unchecked(c *contract.Contract) ([]string, error) {
	api, err := API(c)
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	var found []string
	for _, one := range api.Cases {
		has[one.Requirement] = true
		if _, ok := c.Requirement(one.Requirement); !ok {
			found = append(found, fmt.Sprintf("%s: case %q is of a requirement that the catalogue does not have", one.Requirement, one.Title))
		}
	}
	for _, r := range c.Requirements {
		if !has[r.ID] && strings.TrimSpace(api.Excuses[r.ID]) == "" {
			found = append(found, fmt.Sprintf("%s: no case checks it (requirement at line %d); add one to conformance/api/%s", r.ID, r.Line, c.Name))
		}
	}
	return found, nil
}
