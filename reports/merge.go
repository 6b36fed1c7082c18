package reports

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// FoundTitle is the title of what was found in any answer of a run, beside the cases of a
// requirement.
const FoundTitle = "the answers that the run saw keep the document"

// Merge puts the parts of a run together: run files of the same contract, target and
// options, one for each shard. order lists the requirements of the contract. The result is
// that of one run, but for times and for how many like findings were counted.
func Merge(parts []*Run, order []string) (*Run, error) {
	if len(parts) == 0 {
		return nil, fmt.Errorf("there is nothing to merge")
	}
	if err := fitting(parts); err != nil {
		return nil, err
	}
	slices.SortFunc(parts, func(a, b *Run) int { return number(a) - number(b) })
	whole := *parts[0]
	whole.Options, whole.Results, whole.Left, whole.LeftRecords = unsharded(whole.Options), nil, nil, nil
	whole.DurationMS, whole.HTTPMS, whole.Requests, whole.LatencyMS = 0, 0, 0, 0
	for i, part := range parts {
		if i > 0 {
			whole.Coverage = AddCoverage(whole.Coverage, part.Coverage)
		}
		whole.DurationMS, whole.HTTPMS = whole.DurationMS+part.DurationMS, whole.HTTPMS+part.HTTPMS
		whole.Interrupted = whole.Interrupted || part.Interrupted
		whole.Requests, whole.LatencyMS = whole.Requests+part.Requests, whole.LatencyMS+part.LatencyMS/float64(len(parts))
		if part.Started.Before(whole.Started) {
			whole.Started = part.Started
		}
		if part.Ended.After(whole.Ended) {
			whole.Ended = part.Ended
		}
		for operation, n := range part.Left {
			if whole.Left == nil {
				whole.Left = map[string]int{}
			}
			whole.Left[operation] += n
			if ids := part.LeftRecords[operation]; len(ids) > 0 {
				if whole.LeftRecords == nil {
					whole.LeftRecords = map[string][]string{}
				}
				whole.LeftRecords[operation] = append(whole.LeftRecords[operation], ids...)
			}
		}
	}
	merged := map[string]Result{}
	next := 0 // of the cases, in the order in which they were dealt out
	for _, id := range slices.Sorted(slices.Values(order)) {
		result, found := gathered(parts, id, &next)
		if found {
			merged[id] = result
		}
	}
	for _, id := range order {
		if result, ok := merged[id]; ok {
			whole.Results = append(whole.Results, result)
		}
	}
	whole.Summarise()
	return &whole, nil
}

// gathered is a requirement as all parts have it.
func gathered(parts []*Run, id string, next *int) (all Result, found bool) {
	var own []*Result
	cases, total := make([][]CaseResult, len(parts)), 0
	var seen []CaseResult
	for i, part := range parts {
		at := slices.IndexFunc(part.Results, func(r Result) bool { return r.Requirement == id })
		if at < 0 {
			continue
		}
		own = append(own, &part.Results[at])
		for _, one := range part.Results[at].Cases {
			if one.Title == FoundTitle {
				seen = append(seen, one)
				continue
			}
			cases[i], total = append(cases[i], one), total+1
		}
	}
	if len(own) == 0 {
		return Result{}, false
	}
	all = *own[0]
	if total+len(seen) == 0 { // no case decides it, for every target alike
		return all, true
	}
	all.Cases, all.Evidence, all.Reason, all.Verdict = []CaseResult{}, []Evidence{}, "", ""
	for range total {
		shard := *next % len(parts)
		for len(cases[shard]) == 0 { // a part that was not run to its end
			shard = (shard + 1) % len(parts)
		}
		all.Cases, cases[shard] = append(all.Cases, cases[shard][0]), cases[shard][1:]
		*next++
	}
	if len(seen) > 0 {
		all.Cases = append(all.Cases, seen[0])
	}
	shown := map[string][]Evidence{}
	for _, one := range own {
		all.Verdict = Worst(all.Verdict, one.Verdict)
		for _, e := range one.Evidence {
			shown[e.Case] = append(shown[e.Case], e)
		}
	}
	var reasons []string
	for _, one := range all.Cases {
		if one.Verdict != all.Verdict && !(one.Verdict == Fail && (all.Verdict == Missed || all.Verdict == Waived)) {
			continue
		}
		if one.Reason != "" {
			reasons = append(reasons, one.Title+": "+one.Reason)
		}
		if all.Verdict != Pass || len(all.Evidence) == 0 {
			all.Evidence = append(all.Evidence, shown[one.Title]...)
		}
	}
	all.Reason = strings.Join(reasons, "\n")
	for _, one := range own {
		if all.Verdict == Waived && one.Verdict == Waived {
			all.Reason = one.Reason
		}
	}
	return all, true
}

// fitting says why parts are not those of one run.
func fitting(parts []*Run) error {
	first, seen, of := parts[0], map[int]bool{}, 0
	for _, part := range parts {
		n, m := numbers(part)
		switch {
		case m == 0:
			return fmt.Errorf("a run file is no part of a run: make the parts with --shard")
		case of != 0 && m != of:
			return fmt.Errorf("one run file is of %d parts and another of %d", of, m)
		case seen[n]:
			return fmt.Errorf("part %d of %d is there twice", n, m)
		case part.Contract != first.Contract || part.ContractDigest != first.ContractDigest:
			return fmt.Errorf("the parts are of different contracts, or of two versions of one")
		case part.SuiteVersion != first.SuiteVersion || part.SuiteCommit != first.SuiteCommit || part.Seed != first.Seed ||
			part.FailOn != first.FailOn ||
			!reflect.DeepEqual(part.Target, first.Target) ||
			!reflect.DeepEqual(unsharded(part.Options), unsharded(first.Options)):
			return fmt.Errorf("the parts differ in their target, seed, options or version of the suite")
		}
		seen[n], of = true, m
	}
	if len(parts) != of {
		return fmt.Errorf("%d of %d parts are there", len(parts), of)
	}
	return nil
}

func number(r *Run) int { n, _ := numbers(r); return n }

func numbers(r *Run) (n, m int) {
	if r.Options == nil {
		return 0, 0
	}
	number, of, _ := strings.Cut(r.Options.Shard, "/")
	n, _ = strconv.Atoi(number) // what is no number is 0, which is no part
	m, _ = strconv.Atoi(of)
	return n, m
}

// unsharded are options without the part, nil when nothing is left.
func unsharded(o *Options) *Options {
	if o == nil {
		return nil
	}
	rest := *o
	rest.Shard = ""
	if reflect.DeepEqual(rest, Options{}) {
		return nil
	}
	return &rest
}
