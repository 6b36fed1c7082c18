package command

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// doctor and test say the same of a token that can't be had, also where nobody listens.
func TestDoctorAndTestAgreeOnATokenThatIsMissing(t *testing.T) {
	target := httptest.NewServer(http.NotFoundHandler())
	config := filepath.Join(t.TempDir(), "target.yaml")
	text := fmt.Sprintf("url: %s\npersonas: {default: {token: {command: [\"true\"]}}}\n", target.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, wants := range []string{
		"a run would not start: the token of the persona default could not be fetched", "cannot be tested",
	} {
		said := map[string]string{}
		for _, name := range []string{"doctor", "test"} {
			var errs strings.Builder
			code := Main([]string{name, "council", "--config", config}, Streams{
				Out: &strings.Builder{}, Err: &errs, Env: func(string) (string, bool) { return "", false }})
			if said[name] = errs.String(); code != int(ExitTarget) || !strings.Contains(said[name], wants) {
				t.Errorf("%s exits with %d and says %s, want %q", name, code, said[name], wants)
			}
		}
		if said["doctor"] != said["test"] {
			t.Errorf("doctor says %s and test %s", said["doctor"], said["test"])
		}
		target.Close()
	}
}
