package suite

import (
	"fmt"
	"slices"
	"strings"

	"rollcall/reports"
	"rollcall/specs/contract"
)

// results gives every requirement of the plan its verdict, in the contract's
// order.
func (s *session) results(p *plan, outcomes []outcome, undecided string) []reports.Result {
	of, found := p.sort(outcomes, undecided)
	results := make([]reports.Result, 0, len(p.requirements))
	for _, requirement := range p.requirements {
		result := emptyResult(s.contract.Name, requirement)
		if excuse := p.excuses[requirement.ID]; excuse != "" {
			result.Verdict, result.Reason = reports.NotApplicable, excuse
			results = append(results, result)
			continue
		}
		decided := of[requirement.ID]
		if p.elsewhere(requirement.ID) && found[requirement.ID] == nil {
			continue
		}
		if failing, ok := found.against(requirement.ID); ok {
			decided = append(decided, failing)
		}
		combine(&result, decided, undecided)
		s.waive(&result)
		if result.Verdict == reports.Fail && result.Level == contract.Should &&
			!(s.failOn == reports.FailOnShould && result.Deciding()) {
			result.Verdict = reports.Missed
		}
		results = append(results, result)
	}
	return results
}

// sort puts the outcomes under their requirements and the judge's findings
// together, all in the plan's order: neither chance nor the number of processes
// shows in a run. Of a requirement whose cases were not all run, those that were
// not are undetermined.
func (p *plan) sort(outcomes []outcome, undecided string) (map[string][]outcome, findings) {
	found := findings{}
	byTitle, ran := map[[2]string]outcome{}, map[string]bool{}
	for _, one := range outcomes {
		if one.Requirement == "" {
			found.add(one.Findings)
			continue
		}
		byTitle[[2]string{one.Requirement, one.Result.Title}] = one
		ran[one.Requirement] = true
	}
	of := map[string][]outcome{}
	for _, item := range p.cases {
		one, ok := byTitle[[2]string{item.Requirement, item.Title}]
		switch {
		case ok:
			found.add(one.Findings)
		case ran[item.Requirement]:
			one = outcome{Result: reports.CaseResult{Title: item.Title, Verdict: reports.Undetermined, Reason: undecided}}
		default:
			continue
		}
		of[item.Requirement] = append(of[item.Requirement], one)
	}
	return of, found
}

// fails says whether an outcome alone makes the requirement fail. Its own cases
// and the judge's findings do, as results combines them; of an excused one neither
// counts.
func (p *plan) fails(id string, one outcome) bool {
	if id == "" || p.excuses[id] != "" {
		return false
	}
	return one.Requirement == id && one.Result.Verdict == reports.Fail || one.Findings[id] != nil
}

// brokenOff says whether cases were not run because the run was told to end.
func brokenOff(results []reports.Result) bool {
	return slices.ContainsFunc(results, func(result reports.Result) bool {
		return result.Reason == interrupted ||
			slices.ContainsFunc(result.Cases, func(c reports.CaseResult) bool { return c.Reason == interrupted })
	})
}

func passes(results []reports.Result) bool {
	return slices.ContainsFunc(results, func(result reports.Result) bool { return result.Verdict == reports.Pass })
}

// discredit takes back what passed at a target that never gave an answer of
// substance: one that refuses everything keeps every refusal, and one that says
// yes to everything every success without a body.
func discredit(results []reports.Result) {
	for i := range results {
		if results[i].Verdict == reports.Pass {
			results[i].Verdict = reports.Undetermined
			results[i].Reason = "does not count: the target did nothing yet that shows it at work. It neither answered two " +
				"different questions with success, nor said again what it was told before, and a target that refuses " +
				"everything, or says yes to everything, passes this as well. What failed first says why"
		}
	}
}

func emptyResult(name string, requirement *contract.Requirement) reports.Result {
	return reports.Result{
		Requirement: requirement.ID, Level: requirement.Level, Decides: requirement.Decides,
		Text: requirement.Text, Source: requirement.Source, Document: requirement.File(name), Line: requirement.Line,
		Operations: requirement.Operations,
		Cases:      []reports.CaseResult{}, Evidence: []reports.Evidence{},
	}
}

// combine makes the worst case the verdict, and its reason the reason. Evidence
// is that of the cases which decided.
func combine(result *reports.Result, outcomes []outcome, undecided string) {
	if len(outcomes) == 0 {
		result.Verdict, result.Reason = reports.Undetermined, undecided
		return
	}
	for _, item := range outcomes {
		result.Cases = append(result.Cases, item.Result)
		result.Verdict = reports.Worst(result.Verdict, item.Result.Verdict)
	}
	var reasons []string
	for _, item := range outcomes {
		if item.Result.Verdict != result.Verdict {
			continue
		}
		if item.Result.Reason != "" {
			reasons = append(reasons, item.Result.Title+": "+item.Result.Reason)
		}
		if result.Verdict != reports.Pass || len(result.Evidence) == 0 {
			result.Evidence = append(result.Evidence, item.Evidence...)
		}
	}
	result.Reason = strings.Join(reasons, "\n")
}

// waive turns a failure that the target's owner has accepted into waived. An
// expired waiver is said, not followed; neither is one that nothing needs.
func (s *session) waive(result *reports.Result) {
	waiver, found, holds := waiverOf(&s.target, result.Requirement, s.now())
	switch {
	case !found:
	case (result.Verdict == reports.Fail || result.Verdict == reports.Undetermined) && holds:
		result.Verdict = reports.Waived
		result.Reason = fmt.Sprintf("waived by %s until %s: %s\n%s", waiver.Owner, waiver.Expires, waiver.Reason, result.Reason)
	case result.Verdict == reports.Fail || result.Verdict == reports.Undetermined:
		result.Reason = fmt.Sprintf("the waiver of %s expired on %s\n%s", waiver.Owner, waiver.Expires, result.Reason)
	case result.Verdict == reports.Pass:
		result.Reason = fmt.Sprintf("passes: the waiver of %s (until %s) can be taken out", waiver.Owner, waiver.Expires)
	}
}
