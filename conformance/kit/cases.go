// Package kit is what the rooms of cases share: one check asked of many operations,
// records that a case makes, calls that are valid but for one thing, the reads that
// tell whether a refused write was written, and comparisons of what documents name.
// It knows no contract: what a body holds and what a path is called, the room says.
//
// It is an API for authors of contracts, and may change with any version.
package kit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/conformance/suite"
)

// Check is what a case does.
type Check = func(ctx context.Context, env *suite.Env)

// CheckOf is what a case does about one row of a table, such as an operation.
type CheckOf[T any] = func(ctx context.Context, env *suite.Env, row T)

// One returns the only case of its kind, to stand in a row with Each.
func One(requirement, title string, check Check) []suite.Case {
	return []suite.Case{{Requirement: requirement, Title: title, Check: check}}
}

// Each returns a case of the requirement for each row, so that a report names the rows
// that fail. A title with a verb of fmt in it names the row there; any other comes after
// the row and a colon.
func Each[T any](requirement, title string, rows []T, check CheckOf[T]) []suite.Case {
	if !strings.Contains(title, "%") {
		title = "%v: " + title
	}
	cases := make([]suite.Case, len(rows))
	for i, row := range rows {
		cases[i] = suite.Case{Requirement: requirement, Title: fmt.Sprintf(title, row),
			Check: func(ctx context.Context, env *suite.Env) { check(ctx, env, row) }}
	}
	return cases
}

// Needing returns the cases with further needs of a target, such as a caller whom the requirement itself does not name:
// what is missing is told before a run, and by the name under which it is to be given.
func Needing(cases []suite.Case, needs ...string) []suite.Case {
	for i := range cases {
		cases[i].Needs = append(slices.Clip(cases[i].Needs), needs...)
	}
	return cases
}
