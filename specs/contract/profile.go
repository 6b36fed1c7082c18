package contract

import (
	"fmt"
	"slices"
	"strings"
)

// Names of profiles: what a run decides of a contract.
const (
	ProfileCore     = "core"      // every MUST: what the documents demand
	ProfileFull     = "full"      // all
	ProfileReadOnly = "read-only" // what is about operations that change nothing
)

// Profiles lists the names that Profile knows.
func Profiles() []string { return []string{ProfileCore, ProfileFull, ProfileReadOnly} }

// Profile returns what says whether a requirement is part of a profile; "" is full.
func (c *Contract) Profile(name string) (func(*Requirement) bool, error) {
	switch name {
	case "", ProfileFull:
		return func(*Requirement) bool { return true }, nil
	case ProfileCore:
		return func(q *Requirement) bool { return q.Level == Must }, nil
	case ProfileReadOnly:
		return func(q *Requirement) bool {
			return !slices.ContainsFunc(q.Operations, func(id string) bool {
				op, ok := c.Operation(id)
				return ok && !op.Reads()
			})
		}, nil
	}
	return nil, fmt.Errorf("profile %q is unknown: use one of %s", name, strings.Join(Profiles(), ", "))
}
