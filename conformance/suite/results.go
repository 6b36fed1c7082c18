package suite

import (
	"fmt"
	"strings"

	"rollcall/reports"
	"rollcall/specs/contract"
)

// results gives every requirement of the plan its verdict, in the contract's
// order.
func (s *session) results(p *plan, outcomes []outcome, undecided string) []reports.Result {
	byRequirement := map[string][]outcome{}
	for _, item := range outcomes {
		byRequirement[item.requirement] = append(byRequirement[item.requirement], item)
	}
	results := make([]reports.Result, 0, len(p.requirements))
	for _, requirement := range p.requirements {
		result := blank(requirement)
		if excuse := p.excuses[requirement.ID]; excuse != "" {
			result.Verdict, result.Reason = reports.NotApplicable, excuse
			results = append(results, result)
			continue
		}
		of := inOrder(p, byRequirement[requirement.ID])
		if found, ok := s.findings.against(requirement.ID); ok {
			of = append(of, found)
		}
		combine(&result, of, undecided)
		s.waive(&result)
		results = append(results, result)
	}
	return results
}

func blank(requirement *contract.Requirement) reports.Result {
	return reports.Result{
		Requirement: requirement.ID, Level: requirement.Level, Decides: requirement.Decides,
		Text: requirement.Text, Operations: requirement.Operations,
		Cases: []reports.CaseResult{}, Evidence: []reports.Evidence{},
	}
}

// inOrder puts a requirement's outcomes back into the plan's order, which a
// random run has lost.
func inOrder(p *plan, outcomes []outcome) []outcome {
	if len(outcomes) < 2 {
		return outcomes
	}
	var ordered []outcome
	for _, item := range p.cases {
		for _, candidate := range outcomes {
			if candidate.requirement == item.Requirement && candidate.result.Title == item.Title {
				ordered = append(ordered, candidate)
			}
		}
	}
	return ordered
}

// combine makes the worst case the verdict, and its reason the reason. Evidence
// is that of the cases which decided.
func combine(result *reports.Result, outcomes []outcome, undecided string) {
	if len(outcomes) == 0 {
		result.Verdict, result.Reason = reports.Undetermined, undecided
		return
	}
	for _, item := range outcomes {
		result.Cases = append(result.Cases, item.result)
		result.Verdict = reports.Worst(result.Verdict, item.result.Verdict)
	}
	var reasons []string
	for _, item := range outcomes {
		if item.result.Verdict != result.Verdict {
			continue
		}
		if item.result.Reason != "" {
			reasons = append(reasons, item.result.Title+": "+item.result.Reason)
		}
		if result.Verdict != reports.Pass || len(result.Evidence) == 0 {
			result.Evidence = append(result.Evidence, item.evidence...)
		}
	}
	result.Reason = strings.Join(reasons, "\n")
}

// waive turns a failure that the target's owner has accepted into waived. An
// expired waiver is said, not followed; neither is one that nothing needs.
func (s *session) waive(result *reports.Result) {
	waiver, found, holds := s.target.waiver(result.Requirement, s.now())
	switch {
	case !found:
	case result.Verdict == reports.Fail && holds:
		result.Verdict = reports.Waived
		result.Reason = fmt.Sprintf("waived by %s until %s: %s\n%s", waiver.Owner, waiver.Expires, waiver.Reason, result.Reason)
	case result.Verdict == reports.Fail:
		result.Reason = fmt.Sprintf("the waiver of %s expired on %s\n%s", waiver.Owner, waiver.Expires, result.Reason)
	case result.Verdict == reports.Pass:
		result.Reason = fmt.Sprintf("passes: the waiver of %s (until %s) can be taken out", waiver.Owner, waiver.Expires)
	}
}
