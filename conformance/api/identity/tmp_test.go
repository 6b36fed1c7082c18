package identity_test

import (
	"testing"

	"rollcall/conformance"
	"rollcall/specs"
	"rollcall/specs/contract"
)

func TestTmp(t *testing.T) {
	c, err := contract.Load(specs.FS, "identity")
	if err != nil {
		t.Fatal(err)
	}
	found, err := conformance.Unchecked(c)
	t.Log(found, err)
	api, _ := conformance.API(c)
	seen := map[string]bool{}
	for _, x := range api.Cases {
		if seen[x.Requirement+x.Title] {
			t.Error("twice", x.Requirement, x.Title)
		}
		seen[x.Requirement+x.Title] = true
	}
	t.Log(len(api.Cases), len(c.Requirements))
}
