package mockserver

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

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
	if err := c.reaches(f); err != nil {
		return f, err
	}
	if u.lasting == nil {
		return u.faults.Add(f)
	}
	var made fault.Fault
	err = u.setFaults(func(s *fault.Set) (err error) { made, err = s.Add(f); return err })
	return made, err
}

// reaches says why no call of the contracts that are served is one that a fault is for, as far as that
// shows in what it says of operation, method and prefix.
func (c control) reaches(f fault.Fault) error {
	var methods []string
	for _, p := range c.Places() {
		if f.Contract != "" && f.Contract != p.Contract {
			continue
		}
		if p.Prefix != "" && strings.HasPrefix(f.Path, p.Prefix+"/") && !strings.HasPrefix(p.Path, p.Prefix+"/") {
			return fmt.Errorf("path is %.80q; give it without %s, where contract %s is served", f.Path, p.Prefix, p.Contract)
		}
		if f.Operation == p.Operation {
			methods = append(methods, p.Method)
		}
	}
	if f.Method == http.MethodHead && slices.Contains(methods, http.MethodGet) || len(methods) == 0 || f.Method == "" ||
		slices.Contains(methods, f.Method) {
		return nil
	}
	return fmt.Errorf("method is %.80q, and operation %s is called with %q; leave one of both out", f.Method, f.Operation,
		methods)
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
