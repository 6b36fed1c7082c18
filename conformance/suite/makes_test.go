package suite

import (
	"net/http"
	"testing"

	"rollcall/conformance/client"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// A lookup by POST leaves nothing at the target, whatever stands below its path; nor does an
// operation that is refused.
func TestWhatMakesSomething(t *testing.T) {
	for _, row := range []struct {
		contract, operation string
		status              int
		want                bool
	}{
		{"council", "createWard", http.StatusCreated, true},
		{"council", "createWard", http.StatusOK, true},
		{"council", "createWard", http.StatusConflict, false},
		{"council", "listWards", http.StatusOK, false},
		{"probation", "findStaffForUsernames", http.StatusOK, false},
		{"probation", "findStaffForUsernames", http.StatusCreated, false},
		{"probation", "findCommunityManagerEmails", http.StatusOK, false},
		{"probation", "addRole", http.StatusOK, false},
	} {
		c, err := contract.Load(specs.FS, row.contract)
		if err != nil {
			t.Fatal(err)
		}
		op, ok := c.Operation(row.operation)
		if !ok {
			t.Fatalf("%s has no %s", row.contract, row.operation)
		}
		run := &caseRun{session: &session{contract: c}}
		if got := run.makes(&client.Exchange{Operation: op, Method: op.Method, Status: row.status}); got != row.want {
			t.Errorf("%s answered %d makes something: %t", row.operation, row.status, got)
		}
	}
}
