package volunteers

import (
	"testing"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// TestCompiles holds the table against the contract, and asks that every
// requirement can be broken.
func TestCompiles(t *testing.T) {
	c, err := contract.Load(specs.FS, "volunteers")
	if err != nil {
		t.Fatal(err)
	}
	api := API()
	p, err := behavior.Compile(c, &api)
	if err != nil {
		t.Fatal(err)
	}
	for _, missing := range mutants.Unbreakable(p) {
		t.Error(missing)
	}
}
