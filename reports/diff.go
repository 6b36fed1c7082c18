package reports

import "slices"

// Changes is what differs between two runs, each list in the order of the run
// that has the requirement (the later run where both have it).
type Changes struct {
	Before, After Edition
	New           []Change // only in the later run
	Removed       []Change // only in the earlier run
	Changed       []Change // in both, with another verdict
}

// Edition is the part of a run that says whether comparing it is fair.
type Edition struct {
	Contract, ContractDigest, SuiteVersion, Reading string
	Seed                                            uint64
}

// Change is one requirement whose verdict differs. From is empty for a new
// requirement, To for a removed one.
type Change struct {
	Requirement, Text string
	From, To          Verdict
	Reason            string // of the later verdict
	Deciding          bool   // a failure of it fails the target
}

// Diff compares the verdicts of two runs, a the earlier and b the later. It
// reads neither times nor evidence.
func Diff(a, b *Run) *Changes {
	changes := &Changes{Before: a.edition(), After: b.edition()}
	before, after := a.byRequirement(), b.byRequirement()
	for _, result := range b.Results {
		old, had := before[result.Requirement]
		switch {
		case !had:
			changes.New = append(changes.New, changeOf(result, "", result.settled()))
		case old.settled() != result.settled():
			changes.Changed = append(changes.Changed, changeOf(result, old.settled(), result.settled()))
		}
	}
	for _, result := range a.Results {
		if _, has := after[result.Requirement]; !has {
			gone := changeOf(result, result.settled(), "")
			gone.Reason = ""
			changes.Removed = append(changes.Removed, gone)
		}
	}
	return changes
}

// Empty says whether the two runs have the same requirements and verdicts.
func (c *Changes) Empty() bool { return len(c.New)+len(c.Removed)+len(c.Changed) == 0 }

// Comparable says whether the two are runs of one contract.
func (c *Changes) Comparable() bool { return c.Before.Contract == c.After.Contract }

// Regressions are the changes for the worse: what now fails and did not fail before. Failures
// that are only told are not among them.
func (c *Changes) Regressions() []Change { return c.those(Change.worse) }

// Lost are the requirements that the earlier run decided and the later one did not: they are
// undetermined there, or not in it.
func (c *Changes) Lost() []Change { return c.those(Change.lost) }

func (c *Changes) those(are func(Change) bool) (out []Change) {
	for _, change := range slices.Concat(c.Changed, c.New, c.Removed) {
		if are(change) {
			out = append(out, change)
		}
	}
	return out
}

func (c Change) worse() bool { return c.Deciding && c.To == Fail }

func (c Change) lost() bool {
	return c.Deciding && (c.To == Undetermined || c.To == "") && slices.Contains([]Verdict{Pass, Fail, Missed}, c.From)
}

func changeOf(result Result, from, to Verdict) Change {
	return Change{
		Requirement: result.Requirement, Text: result.Text,
		From: from, To: to, Reason: result.Reason, Deciding: result.Deciding(),
	}
}

func (r *Run) edition() Edition {
	return Edition{
		Contract: r.Contract, ContractDigest: r.ContractDigest,
		SuiteVersion: r.SuiteVersion, Reading: r.Target.Reading, Seed: r.Seed,
	}
}

func (r *Run) byRequirement() map[string]Result {
	out := make(map[string]Result, len(r.Results))
	for _, result := range r.Results {
		out[result.Requirement] = result
	}
	return out
}
