package mockserver

import (
	"fmt"
	"slices"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/fault"
)

// Faults lists the faults of a world.
func (c control) Faults(id string) ([]fault.Fault, error) {
	u, ok := c.find(id)
	if !ok {
		return nil, admin.ErrNoWorld
	}
	return u.faults.All(), nil
}

// AddFault gives a world a fault. A name of a contract or operation that is not served is
// an error, which lists those that are.
func (c control) AddFault(id string, f fault.Fault) (fault.Fault, error) {
	u, ok := c.find(id)
	if !ok {
		return f, admin.ErrNoWorld
	}
	if f.Contract != "" && !slices.Contains(c.served(), f.Contract) {
		return f, fmt.Errorf("contract %.80q is not served here; %q are", f.Contract, c.served())
	}
	var known []string
	for _, p := range c.Places() {
		if f.Contract == "" || f.Contract == p.Contract {
			known = append(known, p.Operation)
		}
	}
	if f.Operation != "" && !slices.Contains(known, f.Operation) {
		return f, fmt.Errorf("there is no operation %.80q; there are %q", f.Operation, known)
	}
	return u.faults.Add(f)
}

// RemoveFaults lifts a fault of a world, or all with "".
func (c control) RemoveFaults(id, faultID string) error {
	u, ok := c.find(id)
	if !ok {
		return admin.ErrNoWorld
	}
	if !u.faults.Remove(faultID) {
		return fmt.Errorf("%w %.80q in this world", admin.ErrNoFault, faultID)
	}
	return nil
}
