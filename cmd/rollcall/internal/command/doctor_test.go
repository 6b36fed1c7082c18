package command

import (
	"slices"
	"testing"

	"rollcall/conformance/suite"
	"rollcall/reports"
)

// What a rehearsal leaves open for want of something that no requirement lists is missing, too,
// so that doctor does not count it among what can be decided.
func TestWhatARehearsalMissesIsMissing(t *testing.T) {
	const wants = "two records are told apart: needs given:otherUsername, which the target does not give"
	for _, row := range []struct {
		name    string
		result  reports.Result
		listed  []string // under the need already
		given   string
		missing []string
	}{
		{"by a case on its way", reports.Result{Requirement: "A-1", Verdict: reports.Undetermined, Reason: wants}, nil, "",
			[]string{"A-1"}},
		{"beside what a requirement lists", reports.Result{Requirement: "A-1", Verdict: reports.Undetermined, Reason: wants},
			[]string{"A-2"}, "", []string{"A-2", "A-1"}},
		{"what is listed is not listed twice", reports.Result{Requirement: "A-1", Verdict: reports.Undetermined, Reason: wants},
			[]string{"A-1"}, "", []string{"A-1"}},
		{"what the target gives", reports.Result{Requirement: "A-1", Verdict: reports.Undetermined, Reason: wants},
			nil, "p.raman", nil},
		{"what was decided all the same", reports.Result{Requirement: "A-1", Verdict: reports.Pass, Reason: wants}, nil, "", nil},
		{"what is open for another reason", reports.Result{Requirement: "A-1", Verdict: reports.Undetermined,
			Reason: "the valid request is refused as well"}, nil, "", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			const need = "given:otherUsername"
			d := &diagnosis{Missing: map[string][]string{}}
			if row.listed != nil {
				d.Missing[need] = row.listed
			}
			target := suite.Target{Given: map[string]string{}}
			if row.given != "" {
				target.Given["otherUsername"] = row.given
			}
			d.missed(&reports.Run{Results: []reports.Result{row.result}}, target)
			if !slices.Equal(d.Missing[need], row.missing) {
				t.Errorf("missing for want of it: %v, want %v", d.Missing[need], row.missing)
			}
		})
	}
}
