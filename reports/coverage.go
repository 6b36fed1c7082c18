package reports

import (
	"maps"
	"slices"
	"strconv"
)

// Coverage is what the requests of a run exercised of one operation. A status or query
// parameter that the document names is there even when nobody met it.
type Coverage struct {
	Operation  string          `json:"operation"`
	Statuses   []StatusCount   `json:"statuses"`
	Parameters []ParameterUses `json:"parameters,omitempty"` // of the query
}

// StatusCount says how often an operation answered with a status.
type StatusCount struct {
	Status     int  `json:"status"`
	Documented bool `json:"documented"`
	Count      int  `json:"count"`
}

// ParameterUses says how often a parameter was sent.
type ParameterUses struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// AddCoverage sums up two accounts of the same operations, in the order of the first.
func AddCoverage(a, b []Coverage) []Coverage {
	sum := make([]Coverage, 0, len(a))
	for _, one := range a {
		at := slices.IndexFunc(b, func(c Coverage) bool { return c.Operation == one.Operation })
		if at >= 0 {
			one = one.plus(b[at])
		}
		sum = append(sum, one)
	}
	return sum
}

func (c Coverage) plus(other Coverage) Coverage {
	statuses, uses := map[int]StatusCount{}, map[string]int{}
	for _, s := range slices.Concat(c.Statuses, other.Statuses) {
		so := statuses[s.Status]
		statuses[s.Status] = StatusCount{s.Status, s.Documented || so.Documented, s.Count + so.Count}
	}
	for _, p := range slices.Concat(c.Parameters, other.Parameters) {
		uses[p.Name] += p.Count
	}
	c.Statuses, c.Parameters = nil, nil
	for _, status := range slices.Sorted(maps.Keys(statuses)) {
		c.Statuses = append(c.Statuses, statuses[status])
	}
	for _, name := range slices.Sorted(maps.Keys(uses)) {
		c.Parameters = append(c.Parameters, ParameterUses{name, uses[name]})
	}
	return c
}

// coverTable is the account as a picture: operations by statuses.
type coverTable struct {
	Statuses []int
	Rows     []coverRow
}

type coverRow struct {
	Operation  string
	Cells      []coverCell
	Parameters []coverCell
}

// coverCell is coloured like a verdict: met, named and not met, met and not named.
type coverCell struct {
	Text, Label string
	Tone        Verdict
}

func coverageOf(run *Run) coverTable {
	var table coverTable
	for _, c := range run.Coverage {
		for _, s := range c.Statuses {
			if !slices.Contains(table.Statuses, s.Status) {
				table.Statuses = append(table.Statuses, s.Status)
			}
		}
	}
	slices.Sort(table.Statuses)
	for _, c := range run.Coverage {
		row := coverRow{Operation: c.Operation}
		for _, status := range table.Statuses {
			row.Cells = append(row.Cells, c.cell(status))
		}
		for _, p := range c.Parameters {
			row.Parameters = append(row.Parameters,
				coverCell{Text: p.Name, Label: plural(p.Count, "time"), Tone: met(p.Count > 0)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (c Coverage) cell(status int) coverCell {
	for _, s := range c.Statuses {
		if s.Status == status {
			tone, label := met(s.Count > 0), "documented"
			if !s.Documented {
				tone, label = Missed, "not documented"
			}
			return coverCell{Text: strconv.Itoa(s.Count), Label: label, Tone: tone}
		}
	}
	return coverCell{}
}

func met(yes bool) Verdict {
	if yes {
		return Pass
	}
	return Undetermined
}
