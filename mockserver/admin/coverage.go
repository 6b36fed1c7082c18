package admin

import (
	"net/http"

	"github.com/julienschmidt/httprouter"
)

// Coverage is what of the contracts the calls of a world, or of all, have met.
type Coverage struct {
	Answers   map[string]int     `json:"answers"` // by "contract operation status"
	Forced    map[string]int     `json:"forced"`  // answers of faults and preferences, which are no behaviour
	Contracts []ContractCoverage `json:"contracts"`
}

// ContractCoverage is what of a contract was met, of what there is.
type ContractCoverage struct {
	Contract     string              `json:"contract"`
	Shares       Shares              `json:"shares"`
	Operations   []OperationCoverage `json:"operations"`
	Requirements []Count             `json:"requirements"` // rows of its catalogue
}

// OperationCoverage counts what was answered and sent. What the document names is there even
// when nobody met it.
type OperationCoverage struct {
	Operation  string        `json:"operation"`
	Statuses   []StatusCount `json:"statuses"`
	Parameters []Count       `json:"parameters"`
}

// StatusCount says how often an operation answered with a status.
type StatusCount struct {
	Status     int  `json:"status"`
	Documented bool `json:"documented"`
	Count      int  `json:"count"`
}

// Count says how often something was met.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Shares are the account of a contract in four numbers.
type Shares struct {
	Operations   Share `json:"operations"` // that were answered at all
	Statuses     Share `json:"statuses"`   // documented ones of each operation
	Parameters   Share `json:"parameters"` // of each operation
	Requirements Share `json:"requirements"`
}

// Share is how many were met of how many there are.
type Share struct {
	Met int `json:"met"`
	Of  int `json:"of"`
}

// Add counts one more.
func (s *Share) Add(met bool) {
	s.Of++
	if met {
		s.Met++
	}
}

// Plus adds up the accounts of two contracts.
func (s Shares) Plus(other Shares) Shares {
	plus := func(a, b Share) Share { return Share{a.Met + b.Met, a.Of + b.Of} }
	return Shares{plus(s.Operations, other.Operations), plus(s.Statuses, other.Statuses),
		plus(s.Parameters, other.Parameters), plus(s.Requirements, other.Requirements)}
}

// Sum adds up what Shares has of everything.
func (s Shares) Sum() (sum Share) {
	for _, one := range []Share{s.Operations, s.Statuses, s.Parameters, s.Requirements} {
		sum.Met, sum.Of = sum.Met+one.Met, sum.Of+one.Of
	}
	return sum
}

func (a api) coverage(w http.ResponseWriter, q *http.Request, _ httprouter.Params) {
	query := q.URL.Query()
	c, err := a.control.Coverage(query.Get("world"))
	if err != nil {
		a.failed(w, query.Get("world"), err)
		return
	}
	send(w, http.StatusOK, c)
}
