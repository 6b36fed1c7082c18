package mockserver

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"rollcall/mockserver/admin"
	"rollcall/specs/contract"
)

// Coverage tells what of the contracts the calls of a world have met, or with "" those of
// all that there are and were.
func (c control) Coverage(id string) (admin.Coverage, error) {
	var sum coverage
	if id != "" {
		u, err := c.find(id)
		if err != nil {
			return admin.Coverage{}, err
		}
		return c.account(u.coverage.copied()), nil
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	sum.add(&c.coverage)
	for _, u := range c.worlds {
		sum.add(&u.coverage)
	}
	return c.account(sum.copied()), nil
}

// account puts counts beside what the contracts have.
func (s *Server) account(seen map[met]int) admin.Coverage {
	all := admin.Coverage{Answers: map[string]int{}, Forced: map[string]int{}, Contracts: []admin.ContractCoverage{}}
	for m, n := range seen {
		if m.what != metAnswer {
			continue
		}
		counts := all.Answers
		if m.forced {
			counts = all.Forced
		}
		counts[fmt.Sprintf("%s %s %d", m.contract, cmp.Or(m.operation, "(no operation)"), m.status)] += n
	}
	for _, m := range s.mounts {
		all.Contracts = append(all.Contracts, accountOf(m.plan.Contract, seen))
	}
	slices.SortFunc(all.Contracts, func(a, b admin.ContractCoverage) int { return cmp.Compare(a.Contract, b.Contract) })
	return all
}

func accountOf(c *contract.Contract, seen map[met]int) admin.ContractCoverage {
	own := admin.ContractCoverage{Contract: c.Name, Operations: []admin.OperationCoverage{}, Requirements: []admin.Count{}}
	shares, asked := &own.Shares, map[string]int{}
	answers := map[string]map[int]int{}
	for m, n := range seen {
		switch {
		case m.contract != c.Name:
		case m.what == metRequirement:
			asked[m.name] += n
		case m.what == metAnswer && !m.forced:
			if answers[m.operation] == nil {
				answers[m.operation] = map[int]int{}
			}
			answers[m.operation][m.status] += n
		}
	}
	for _, op := range c.Operations {
		one := accountOfOperation(c.Name, op, answers[op.ID], seen)
		shares.Operations.Add(len(answers[op.ID]) > 0)
		for _, s := range one.Statuses {
			if s.Documented {
				shares.Statuses.Add(s.Count > 0)
			}
		}
		for _, p := range one.Parameters {
			shares.Parameters.Add(p.Count > 0)
		}
		own.Operations = append(own.Operations, one)
	}
	for _, r := range c.Requirements {
		if r.Check == "" {
			n := shown(r, asked, answers)
			shares.Requirements.Add(n > 0)
			own.Requirements = append(own.Requirements, admin.Count{Name: r.ID, Count: n})
		}
	}
	return own
}

func accountOfOperation(of string, op *contract.Operation, answers map[int]int, seen map[met]int) admin.OperationCoverage {
	one := admin.OperationCoverage{Operation: op.ID, Statuses: []admin.StatusCount{}, Parameters: []admin.Count{}}
	statuses := map[int]bool{}
	for status := range answers {
		statuses[status] = false
	}
	for _, r := range op.Responses {
		statuses[r.Status] = true
	}
	for _, status := range slices.Sorted(maps.Keys(statuses)) {
		one.Statuses = append(one.Statuses, admin.StatusCount{Status: status, Documented: statuses[status],
			Count: answers[status]})
	}
	calls := 0
	for _, n := range answers {
		calls += n
	}
	for _, p := range op.Parameters {
		n := calls
		if p.In != "path" {
			n = seen[met{contract: of, operation: op.ID, what: metParameter, name: p.Name}]
		}
		one.Parameters = append(one.Parameters, admin.Count{Name: p.Name, Count: n})
	}
	return one
}

// shown counts how often a requirement showed: when the mock asked it, or refused by it. What
// a success has to be like is asked of nobody; it showed with each success of its operations.
func shown(r *contract.Requirement, asked map[string]int, answers map[string]map[int]int) int {
	n := asked[r.ID]
	if n > 0 || r.Expect.Status >= http.StatusBadRequest {
		return n
	}
	for _, op := range r.Operations {
		for status, times := range answers[op] {
			if status == r.Expect.Status || r.Expect.Status == 0 && status < http.StatusBadRequest {
				n += times
			}
		}
	}
	return n
}
