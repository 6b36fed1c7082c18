package reports

import (
	"regexp"
	"time"
)

// Comparable is a deep copy without what differs between two runs of the same
// suite on the same target: times, durations, the target's URL, and of every
// exchange all but its case, method, status and note. In reasons and notes,
// hosts, UUIDs and times are replaced by a word.
func (r *Run) Comparable() *Run {
	steady := steadyText()
	out := *r
	out.Target.URL, out.Target.Worlds, out.Coverage = "", "", nil
	out.Started, out.Ended = time.Time{}, time.Time{}
	out.DurationMS, out.HTTPMS, out.Requests, out.LatencyMS = 0, 0, 0, 0
	out.Results = make([]Result, len(r.Results))
	for i, result := range r.Results {
		out.Results[i] = result.steadied(steady)
	}
	return &out
}

func (r Result) steadied(steady func(string) string) Result {
	r.Reason = steady(r.Reason)
	r.Operations = append([]string{}, r.Operations...)
	cases := make([]CaseResult, len(r.Cases))
	for i, c := range r.Cases {
		cases[i] = CaseResult{Title: c.Title, Verdict: c.Verdict, Reason: steady(c.Reason)}
	}
	evidence := make([]Evidence, len(r.Evidence))
	for i, e := range r.Evidence {
		evidence[i] = Evidence{Case: e.Case, Method: e.Method, Status: e.Status, Note: steady(e.Note)}
	}
	r.Cases, r.Evidence = cases, evidence
	return r
}

// steadyText returns the function that blanks per-run values in free text.
func steadyText() func(string) string {
	moving := []struct {
		pattern *regexp.Regexp
		word    string
	}{
		{regexp.MustCompile(`https?://[^/\s"'<>]+`), "<host>"},
		{regexp.MustCompile(`(?i)\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`), "<uuid>"},
		{regexp.MustCompile(`\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?`), "<time>"},
		{regexp.MustCompile(`\b(127\.0\.0\.1|localhost|\[::1\]):\d+`), "<host>"},
	}
	return func(text string) string {
		for _, m := range moving {
			text = m.pattern.ReplaceAllString(text, m.word)
		}
		return text
	}
}
