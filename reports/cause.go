package reports

import (
	"regexp"
	"slices"
	"strings"
)

// cause is one reason with every requirement it holds for.
type cause struct {
	Reason       string
	Requirements []string
}

// causes folds the results of one verdict by what stood in the way: a caller that is missing, or a set-up
// that is refused, is said once, with all that it keeps from being decided. A requirement whose cases have
// several causes stands under each.
func causes(results []Result, verdict Verdict) []cause {
	var out []cause
	var untitled []string
	steady, at := steadyText(), map[string]int{}
	for _, result := range results {
		if result.settled() != verdict {
			continue
		}
		for _, open := range result.basis(verdict) {
			key := stoodInTheWay(open.Reason, steady)
			i, seen := at[key]
			switch {
			case !seen:
				at[key] = len(out)
				untitled = append(untitled, open.Reason)
				out = append(out, cause{open.titled(), []string{result.Requirement}})
			case !slices.Contains(out[i].Requirements, result.Requirement):
				out[i].Reason = untitled[i] // it is no longer that of one case
				out[i].Requirements = append(out[i].Requirements, result.Requirement)
			}
		}
	}
	return out
}

// basis are the cases that a verdict rests on, or the result's own reason as one where it is not theirs.
func (r Result) basis(verdict Verdict) (found []CaseResult) {
	for _, c := range r.Cases {
		if c.Verdict == verdict && c.Reason != "" {
			found = append(found, c)
		}
	}
	if len(found) == 0 || !strings.HasPrefix(r.Reason, found[0].titled()) {
		return []CaseResult{{Reason: reasonOf(r)}}
	}
	return found
}

// titled is the reason of a case as the result has it.
func (c CaseResult) titled() string {
	if c.Title == "" {
		return c.Reason
	}
	return c.Title + ": " + c.Reason
}

var refused = regexp.MustCompile(`^[A-Z]+ \S+ -> [45]\d\d$`)

// stoodInTheWay is what causes are told apart by: the refusal that the reason shows, whatever it was in the
// way of, else the reason; without values that differ between requests.
func stoodInTheWay(reason string, steady func(string) string) string {
	lines := strings.Split(strings.TrimSpace(reason), "\n")
	if i := slices.IndexFunc(lines, refused.MatchString); i >= 0 {
		lines = lines[i:min(len(lines), i+2)]                     // and its body
		lines[0] = strings.ReplaceAll(steady(lines[0]), "/", " ") // so that only the part with an id is blanked
	}
	return value.ReplaceAllStringFunc(steady(strings.Join(lines, "\n")), blankLong)
}
