package mockserver

import (
	"fmt"
	"slices"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/internal/fault"
)

// Faults lists the faults of a world.
func (c control) Faults(id string) ([]fault.Fault, error) {
	u, err := c.find(id)
	if err != nil {
		return nil, err
	}
	return u.faults.All(), nil
}

// AddFault gives a world a fault. A name of a contract or operation that is not served is
// an error, which lists those that are.
func (c control) AddFault(id string, f fault.Fault) (fault.Fault, error) {
	u, err := c.find(id)
	if err != nil {
		return f, err
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
	if u.lasting == nil {
		return u.faults.Add(f)
	}
	var made fault.Fault
	err = u.setFaults(func(s *fault.Set) (err error) { made, err = s.Add(f); return err })
	return made, err
}

// RemoveFaults lifts a fault of a world, or all with "".
func (c control) RemoveFaults(id, faultID string) error {
	u, err := c.find(id)
	if err != nil {
		return err
	}
	removed := false
	if u.lasting == nil {
		removed = u.faults.Remove(faultID)
	} else if err := u.setFaults(func(s *fault.Set) error { removed = s.Remove(faultID); return nil }); err != nil {
		return err
	}
	if !removed {
		return fmt.Errorf("%w %.80q in this world", admin.ErrNoFault, faultID)
	}
	return nil
}
