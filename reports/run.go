package reports

import (
	"strings"

	"rollcall/specs/contract"
)

// Deciding says whether a failure of this requirement fails the target. An
// empty Decides counts as "verdict".
func (r Result) Deciding() bool { return r.Decides != contract.DecidesReport }

// Idle says whether it failed and decides nothing all the same, which its level doesn't tell.
func (r Result) Idle() bool { return r.Verdict == Fail && !r.Deciding() }

// Group is the middle part of the requirement id: "WARD" for "COU-WARD-06",
// "DOC" for a derived one. An id of another shape is its own group.
func (r Result) Group() string {
	parts := strings.SplitN(r.Requirement, "-", 3)
	if len(parts) < 3 {
		return r.Requirement
	}
	return parts[1]
}

// Summarise recomputes Summary from Results. A result without a known verdict
// counts as undetermined, so that the counts always add up.
func (r *Run) Summarise() {
	sum := tally(r.Results)
	sum.Outcome, sum.Headline = r.Outcome(), r.Headline()
	sum.Conformant = sum.Outcome == "conformant"
	sum.Decided = sum.Requirements - sum.Undetermined
	sum.Must, sum.Should = levelCounts(r.Results, contract.Must), levelCounts(r.Results, contract.Should)
	r.Summary = sum
}

// Exit is the exit code that the results call for: 1 when a requirement that
// decides the verdict failed; 5 when nothing passed (of single requirements asked
// for: when none was decided), when more than half of the applicable requirements
// stayed undetermined, or when a MUST that decides the verdict did; 0 otherwise. It
// reads Results, not Summary.
func (r *Run) Exit() int {
	sum := tally(r.Results)
	applicable := sum.Requirements - sum.NotApplicable
	switch {
	case r.decidingFailures() > 0:
		return 1
	case sum.Pass == 0 && !r.askedAndMissed(sum), 2*sum.Undetermined > applicable, r.openMusts() > 0:
		return 5
	}
	return 0
}

// askedAndMissed says whether a run that was asked for single requirements decided one of them, though none passed:
// of a whole run, nothing passes at what is no such service at all.
func (r *Run) askedAndMissed(sum Summary) bool {
	return sum.Missed > 0 && r.Options != nil && len(r.Options.Only) > 0
}

// Partial says whether the run decided less than the whole contract, or was made with
// something that keeps it from saying more of the target.
func (r *Run) Partial() bool {
	return r.Catalogue > len(r.Results) || r.Interrupted || len(r.narrowing()) > 0
}

// narrowing names what was asked of a run that keeps it from saying more of the target:
// what was left out, and how a mock was made to differ from what it is.
func (r *Run) narrowing() (why []string) {
	o := r.Options
	if o == nil {
		return nil
	}
	if len(o.Only) > 0 {
		why = append(why, "only "+strings.Join(o.Only, ", "))
	}
	if o.Profile != "" && o.Profile != "full" {
		why = append(why, "profile "+o.Profile)
	}
	if o.Shard != "" {
		why = append(why, "part "+o.Shard)
	}
	if o.ReadOnly {
		why = append(why, "read-only")
	}
	if len(o.Defects) > 0 {
		why = append(why, "a mock with the "+pluralOf(len(o.Defects), "defect")+" "+strings.Join(o.Defects, ", "))
	}
	if len(o.Variants) > 0 {
		why = append(why, "a mock with the "+pluralOf(len(o.Variants), "variant")+" "+strings.Join(o.Variants, ", "))
	}
	return why
}

// Outcome is Exit in words: "conformant", "partial", "not conformant" or "inconclusive".
func (r *Run) Outcome() string {
	switch r.Exit() {
	case 0:
		if r.Partial() {
			return "partial"
		}
		return "conformant"
	case 1:
		return "not conformant"
	}
	return "inconclusive"
}

func (r *Run) decidingFailures() int {
	count := 0
	for _, result := range r.Results {
		if result.Verdict == Fail && result.Deciding() {
			count++
		}
	}
	return count
}

// openMusts counts what has to be decided before a target may be called
// conformant, and was not.
func (r *Run) openMusts() int {
	count := 0
	for _, result := range r.Results {
		if result.open() {
			count++
		}
	}
	return count
}

// open says whether the requirement has to be decided, and was not.
func (r Result) open() bool {
	return r.settled() == Undetermined && r.Level == contract.Must && r.Deciding()
}

// Of is the count of one verdict, 0 for an unknown one.
func (s Summary) Of(v Verdict) int {
	switch v {
	case Pass:
		return s.Pass
	case Fail:
		return s.Fail
	case Missed:
		return s.Missed
	case Undetermined:
		return s.Undetermined
	case NotApplicable:
		return s.NotApplicable
	case Waived:
		return s.Waived
	}
	return 0
}

func tally(results []Result) Summary {
	sum := Summary{Requirements: len(results)}
	for _, result := range results {
		switch result.settled() {
		case Pass:
			sum.Pass++
		case Fail:
			sum.Fail++
		case Missed:
			sum.Missed++
		case NotApplicable:
			sum.NotApplicable++
		case Waived:
			sum.Waived++
		default:
			sum.Undetermined++
		}
	}
	return sum
}

// settled is the verdict to show: one that is missing or unknown decides nothing.
func (r Result) settled() Verdict {
	if r.Verdict.Known() {
		return r.Verdict
	}
	return Undetermined
}
