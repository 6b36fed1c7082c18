package judge

import (
	"net/http"
	"testing"

	"rollcall/specs"
	"rollcall/specs/contract"
)

func TestBareChallenge(t *testing.T) {
	rows := []struct {
		name, contract, operation string
		header                    http.Header
		body                      string
		findings                  int
	}{
		{"the challenge", "identity", "authenticate", http.Header{"Www-Authenticate": {"Bearer"}}, "", 0},
		{"neither challenge nor body", "identity", "authenticate", http.Header{}, "", 1},
		{"a bad body beside the challenge", "identity", "authenticate",
			http.Header{"Www-Authenticate": {"Bearer"}, "Content-Type": {"application/json"}}, `{"status":401}`, 1},
		{"a body is documented, the header is not", "council", "listWards", http.Header{"Www-Authenticate": {"Bearer"}}, "", 1},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c, err := contract.Load(specs.FS, row.contract)
			if err != nil {
				t.Fatal(err)
			}
			j, err := New(c)
			if err != nil {
				t.Fatal(err)
			}
			op, ok := c.Operation(row.operation)
			if !ok {
				t.Fatalf("there is no %s", row.operation)
			}
			got := j.Look(Answer{Operation: op.ID, Method: op.Method, Status: 401, Header: row.header, Body: []byte(row.body)})
			if len(got) != row.findings {
				t.Errorf("%d findings, want %d:\n%s", len(got), row.findings, text(got))
			}
		})
	}
}
