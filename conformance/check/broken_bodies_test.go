package check_test

import (
	"slices"
	"testing"

	"rollcall/conformance/check"
	"rollcall/conformance/internal/toy"
	"rollcall/specs"
	"rollcall/specs/contract"
)

func TestMutationsOfTheToy(t *testing.T) {
	op, _ := toy.Contract(t).Operation("createThing")
	body := []byte(`{"name":"lamp","kind":"plain","size":3,"note":"n","made":"2024-01-31"}` + "\n")
	if found := op.CheckBody(body); len(found) > 0 {
		t.Fatalf("the body itself is broken: %v", found)
	}
	var got []string
	for _, mutation := range check.BrokenBodies(op.Body.Schema, body, "abcd") {
		got = append(got, mutation.Pointer+" "+mutation.Keyword)
		if found := op.CheckBody(mutation.Body); len(found) == 0 {
			t.Errorf("%s %s is no fault: %s", mutation.Pointer, mutation.Keyword, mutation.Body)
		}
	}
	want := []string{
		" json", " type", " null", "/name required", "/kind required",
		"/name type", "/name null", "/name minLength", "/name maxLength",
		"/kind type", "/kind null", "/kind enum",
		"/size type", "/size null", "/size integer", "/size minimum", "/size format int32",
		"/note type", "/made type", "/made null", "/made format date",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// What the checks call a fault in a request is one to the contract's own
// validators too, which read the same schema by another way.
func TestMutationsOfTheRealContracts(t *testing.T) {
	for _, name := range contract.Names(specs.FS) {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			t.Logf("%s does not load yet: %v", name, err)
			continue
		}
		for _, op := range c.Operations {
			if op.Body == nil {
				continue
			}
			body := skeleton(op.Body.Schema, 0)
			for _, mutation := range check.BrokenBodies(op.Body.Schema, body, "abcd") {
				if found := op.CheckBody(mutation.Body); len(found) == 0 {
					t.Errorf("%s %s: %s %s is no fault: %s", name, op.ID, mutation.Pointer, mutation.Keyword, mutation.Body)
				}
			}
		}
	}
}
