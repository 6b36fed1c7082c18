package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// group is the results that share the middle part of their id.
type group struct {
	Name    string
	Results []Result
	Counts  Summary
}

// groups splits results by Group, in the order in which each first appears.
func groups(results []Result) []group {
	var out []group
	at := map[string]int{}
	for _, result := range results {
		name := result.Group()
		i, seen := at[name]
		if !seen {
			i = len(out)
			at[name] = i
			out = append(out, group{Name: name})
		}
		out[i].Results = append(out[i].Results, result)
	}
	for i := range out {
		out[i].Counts = tally(out[i].Results)
	}
	return out
}

// reasonOf never leaves a reader without one.
func reasonOf(result Result) string { return orUnexplained(result.Reason) }

// orUnexplained says so where the reason is missing.
func orUnexplained(reason string) string {
	if reason = strings.TrimSpace(reason); reason != "" {
		return reason
	}
	return "no reason was recorded"
}

// having are the results of one verdict.
func having(results []Result, verdict Verdict) []Result {
	var out []Result
	for _, result := range results {
		if result.Verdict == verdict {
			out = append(out, result)
		}
	}
	return out
}

func failures(results []Result) []Result { return having(results, Fail) }

// countsLine is "22 pass, 1 fail": the passes always, the rest where not zero.
func countsLine(sum Summary) string {
	parts := []string{fmt.Sprintf("%d pass", sum.Pass)}
	for _, verdict := range Verdicts()[1:] {
		if n := sum.Of(verdict); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, verdict.Label()))
		}
	}
	return strings.Join(parts, ", ")
}

// Counts is "createUser 2, createWard 3": how many of what, by the operation that made it.
func Counts(count map[string]int) string {
	parts := make([]string, 0, len(count))
	for _, name := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, count[name]))
	}
	return strings.Join(parts, ", ")
}

// CountEach counts the ids of each operation.
func CountEach(ids map[string][]string) map[string]int {
	count := map[string]int{}
	for operation, of := range ids {
		count[operation] = len(of)
	}
	return count
}

// CountsAndIDs names operations with how many records each has made, and their ids.
func CountsAndIDs(ids map[string][]string) string {
	parts := make([]string, 0, len(ids))
	for _, operation := range slices.Sorted(maps.Keys(ids)) {
		parts = append(
			parts,
			fmt.Sprintf("%s %d (%s)", operation, len(ids[operation]), Printable(oneLine(strings.Join(ids[operation], " ")))),
		)
	}
	return strings.Join(parts, ", ")
}

// broke says whether a requirement is open by an error of the suite.
func (r Result) broke() bool {
	return r.Verdict == Undetermined && slices.ContainsFunc(r.Cases, func(c CaseResult) bool { return c.Broke })
}

// brokeLine tells how much the suite could not decide by its own fault, "" when nothing.
func (r *Run) brokeLine() string {
	n := 0
	for _, result := range r.Results {
		if result.broke() {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s open by an error of the suite, not of the target: please report it with the run file",
		plural(n, "requirement"))
}

// leftLine tells what a run has left behind, "" when nothing.
func (r *Run) leftLine() string {
	if len(r.Left) == 0 {
		return ""
	}
	return "Left at the target, where the contract has no way to take it back, or the target did not take it: " + Counts(r.Left) +
		"; the run file (--json FILE) has their ids"
}

// plural is "1 requirement", "2 requirements".
func plural(n int, noun string) string {
	return fmt.Sprintf("%d %s", n, pluralOf(n, noun))
}

// pluralOf is the noun alone, as it follows the number.
func pluralOf(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
