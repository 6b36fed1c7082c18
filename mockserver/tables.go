package mockserver

import (
	"fmt"
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// tables gives the tables of each state: those of every contract that lives in
// it. A table that two contracts declare must be marked as shared in both, so
// that nobody meets another one's records by accident; its indexes add up.
func (s *Server) tables() (map[string][]store.Table, error) {
	all, before := map[string][]store.Table{}, map[string][]*behavior.Plan{}
	for _, m := range s.mounts {
		merged, err := merge(all[m.state()], m.plan, before[m.state()])
		if err != nil {
			return nil, err
		}
		all[m.state()] = merged
		before[m.state()] = append(before[m.state()], m.plan)
	}
	return all, nil
}

// merge adds the tables of a plan to those of the plans before it.
func merge(have []store.Table, plan *behavior.Plan, before []*behavior.Plan) ([]store.Table, error) {
	for _, t := range plan.Tables {
		i := slices.IndexFunc(have, func(o store.Table) bool { return o.Name == t.Name })
		if i < 0 {
			have = append(have, t)
			continue
		}
		if !shares(plan, t.Name) || !slices.ContainsFunc(before, func(p *behavior.Plan) bool { return shares(p, t.Name) }) {
			return nil, fmt.Errorf("%s: another contract of its state declares the table %q, too; mark it as shared "+
				"in both, or rename one",
				plan.Contract.Name, t.Name)
		}
		if have[i].Facts != nil && t.Facts != nil {
			return nil, fmt.Errorf("%s: another contract of its state reads facts of the table %q, too; only one may",
				plan.Contract.Name, t.Name)
		}
		if have[i].Search != nil && t.Search != nil {
			return nil, fmt.Errorf("%s: another contract of its state searches the table %q, too; only one may",
				plan.Contract.Name, t.Name)
		}
		if have[i].Facts == nil {
			have[i].Facts = t.Facts
		}
		if have[i].Search == nil {
			have[i].Search = t.Search
		}
		have[i].Indexes = slices.Concat(have[i].Indexes, t.Indexes)
	}
	return have, nil
}

func shares(plan *behavior.Plan, table string) bool {
	r, ok := plan.Resource(table)
	return ok && r.Shared
}

// Companions lists the contracts that share the state of a contract, without
// itself: served together, what is written by one shows in the others.
func Companions(contract string) (names []string) {
	states := map[string]string{}
	for name, table := range apis() {
		states[name] = table().State
	}
	for name, state := range states {
		if state != "" && state == states[contract] && name != contract {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
