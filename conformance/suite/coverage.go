package suite

import (
	"maps"
	"net/url"
	"slices"

	"rollcall/conformance/client"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// covered is what the exchanges of a case exercised, by operation.
func covered(exchanges []*client.Exchange) []reports.Coverage {
	statuses, uses := map[string]map[int]int{}, map[string]map[string]int{}
	for _, e := range exchanges {
		if e.Operation == nil || e.Status == 0 {
			continue
		}
		id := e.Operation.ID
		if statuses[id] == nil {
			statuses[id], uses[id] = map[int]int{}, map[string]int{}
		}
		statuses[id][e.Status]++
		if address, err := url.Parse(e.URL); err == nil {
			for name := range address.Query() {
				uses[id][name]++
			}
		}
	}
	var all []reports.Coverage
	for _, id := range slices.Sorted(maps.Keys(statuses)) {
		one := reports.Coverage{Operation: id}
		for status, n := range statuses[id] {
			one.Statuses = append(one.Statuses, reports.StatusCount{Status: status, Count: n})
		}
		for name, n := range uses[id] {
			one.Parameters = append(one.Parameters, reports.ParameterUses{Name: name, Count: n})
		}
		all = append(all, one)
	}
	return all
}

// documented is what could be exercised, with nothing met so far.
func documented(c *contract.Contract) []reports.Coverage {
	var all []reports.Coverage
	for _, op := range c.Operations {
		one := reports.Coverage{Operation: op.ID}
		for _, r := range op.Responses {
			one.Statuses = append(one.Statuses, reports.StatusCount{Status: r.Status, Documented: true})
		}
		for _, p := range op.Parameters {
			if p.In == "query" {
				one.Parameters = append(one.Parameters, reports.ParameterUses{Name: p.Name})
			}
		}
		all = append(all, one)
	}
	return all
}

func coverage(c *contract.Contract, outcomes []outcome) []reports.Coverage {
	sum := documented(c)
	for _, one := range outcomes {
		sum = reports.AddCoverage(sum, one.Coverage)
	}
	return sum
}
