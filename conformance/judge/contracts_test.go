package judge

import (
	"net/http"
	"testing"

	"rollcall/specs"
	"rollcall/specs/contract"
)

// TestContractsPleaseTheJudge: both libraries read every contract, and the
// judge has nothing against the contract's own examples.
func TestContractsPleaseTheJudge(t *testing.T) {
	for _, name := range contract.Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			c, err := contract.Load(specs.FS, name)
			if err != nil {
				t.Fatalf("the contract itself does not load: %v", err)
			}
			j, err := New(c)
			if err != nil {
				t.Fatal(err)
			}
			for _, op := range c.Operations {
				for _, r := range op.Responses {
					a := Answer{Operation: op.ID, Method: op.Method, Status: r.Status, Body: r.Example, Header: http.Header{}}
					if r.MediaType != "" {
						a.Header.Set("Content-Type", r.MediaType)
					}
					for _, f := range j.Look(a) {
						if r.Status >= 500 && f.Check == StatusCode {
							continue // documented or not, never conformant
						}
						t.Errorf("%s %d: %s", op.ID, r.Status, text([]Finding{f}))
					}
				}
			}
		})
	}
}
