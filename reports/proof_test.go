package reports

import (
	"bytes"
	"strings"
	"testing"
)

// TestProofInThePage holds that a page says, of a matrix that is given, what was noticed and
// what was not, and that nothing of it stands there without one.
func TestProofInThePage(t *testing.T) {
	run := &Run{Contract: "council", ContractDigest: "sha256:a",
		Results: []Result{{Requirement: "COU-WARD-01", Text: "Wards are listed.", Verdict: Pass}}}
	m := &Matrix{Contract: "council", ContractDigest: "sha256:a", Killed: 3, Survived: []string{"COU-WARD-01/omit"},
		Excused: []Excuse{{"COU-WARD-01/code", "no <status> is wrong"}},
		ByRequirement: []RequirementMutants{{Requirement: "COU-WARD-01", Mutants: 5, Killed: 3,
			Survived: []string{"COU-WARD-01/omit"}}}}
	var file, page bytes.Buffer
	if err := WriteMatrixJSON(&file, m); err != nil {
		t.Fatal(err)
	}
	if err := WriteHTML(&page, run); err != nil || strings.Contains(page.String(), "How the suite was proved") {
		t.Fatalf("a page without a matrix speaks of one: %v", err)
	}
	var err error
	for _, text := range []string{file.String(), "[" + file.String() + "]"} {
		if run.Proof, err = ReadMatrix([]byte(text), "council", "sha256:a"); err != nil {
			t.Fatal(err)
		}
	}
	page.Reset()
	if err := WriteHTML(&page, run); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Of 5 planted faults in a server the suite noticed 3 and missed 1; 1 are excused",
		"Proof: 3 of 4 planted faults noticed", "<code>COU-WARD-01/omit</code>", "no &lt;status&gt; is wrong",
		`<th scope="row">WARD</th><td>5</td><td>3</td><td class="fail">1</td><td>1</td>`} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for name, row := range map[string]struct{ file, contract, digest, want string }{
		"another contract": {file.String(), "tenants", "", "the matrix has council, but nothing of tenants"},
		"another version":  {file.String(), "council", "sha256:b", "another version of council"},
		"a run file":       {`{"schema":"rollcall.run/v1"}`, "council", "", "no mutation matrix"},
		"an empty list":    {`[]`, "council", "", "nothing of council"},
		"nothing in it":    {`[null]`, "council", "", "no mutation matrix"},
		"no JSON":          {`{"schema":`, "council", "", "line 1"},
	} {
		if _, err := ReadMatrix([]byte(row.file), row.contract, row.digest); err == nil ||
			!strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
}
